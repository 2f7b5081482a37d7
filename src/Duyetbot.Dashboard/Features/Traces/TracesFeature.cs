namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>What the Traces feature registers.</summary>
public static class TracesFeature
{
    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddTraces(this IServiceCollection services) => services
        .AddSingleton(EventFigureQueries.Rollup)
        .AddSingleton<CompareQueries>()
        .AddSingleton<EventQueries>()
        .AddSingleton<FacetQueries>()
        .AddSingleton<PointQueries>()
        .AddSingleton<StepSumQueries>()
        .AddSingleton<TraceQueries>();

    /// <summary>Maps the HTTP API.</summary>
    public static void MapTraces(this IEndpointRouteBuilder api) => TracesApi.Map(api);
}

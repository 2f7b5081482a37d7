namespace Duyetbot.Dashboard.Features.Quality;

/// <summary>What the Quality feature registers.</summary>
public static class QualityFeature
{
    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddQuality(this IServiceCollection services) => services.AddSingleton<ChainQueries>().AddSingleton<QualityQueries>();

    /// <summary>Maps the HTTP API.</summary>
    public static void MapQuality(this IEndpointRouteBuilder api)
    {
        api.MapGet("/quality", QualityApi.GetAsync);
        api.MapGet("/quality.csv", QualityApi.GetCsvAsync);
    }
}

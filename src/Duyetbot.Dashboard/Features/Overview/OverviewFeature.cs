namespace Duyetbot.Dashboard.Features.Overview;

/// <summary>What the Overview feature registers.</summary>
public static class OverviewFeature
{
    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddOverview(this IServiceCollection services) => services;

    /// <summary>Maps the HTTP API.</summary>
    public static void MapOverview(this IEndpointRouteBuilder api)
    {
    }
}

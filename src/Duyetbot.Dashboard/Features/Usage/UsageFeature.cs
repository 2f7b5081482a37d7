namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>What the Usage feature registers.</summary>
public static class UsageFeature
{
    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddUsage(this IServiceCollection services) => services.AddSingleton<UsageQueries>();

    /// <summary>Maps the HTTP API.</summary>
    public static void MapUsage(this IEndpointRouteBuilder api)
    {
        api.MapGet("/usage", UsageEndpoints.GetAsync);
        api.MapGet("/usage.csv", UsageEndpoints.GetCsvAsync);
    }
}

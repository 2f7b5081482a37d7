namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>What the Usage feature registers.</summary>
public static class UsageFeature
{
    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddUsage(this IServiceCollection services) => services;

    /// <summary>Maps the HTTP API.</summary>
    public static void MapUsage(this IEndpointRouteBuilder api)
    {
    }
}

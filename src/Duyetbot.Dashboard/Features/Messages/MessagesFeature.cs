namespace Duyetbot.Dashboard.Features.Messages;

/// <summary>What the Messages feature registers.</summary>
public static class MessagesFeature
{
    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddMessages(this IServiceCollection services) => services;

    /// <summary>Maps the HTTP API.</summary>
    public static void MapMessages(this IEndpointRouteBuilder api)
    {
    }
}

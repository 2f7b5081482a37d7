namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>What the Conversations feature registers.</summary>
public static class ConversationsFeature
{
    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddConversations(this IServiceCollection services) => services;

    /// <summary>Maps the HTTP API.</summary>
    public static void MapConversations(this IEndpointRouteBuilder api)
    {
    }
}

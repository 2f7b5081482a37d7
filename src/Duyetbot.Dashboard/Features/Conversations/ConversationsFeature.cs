using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>What the Conversations feature registers: the list, the exchange, the drill-down into a message.</summary>
public static class ConversationsFeature
{
    /// <summary>The figures that lists filter and sort by, kept per conversation.</summary>
    public static readonly Rollup Rollup = new(
        "conversation_rollup",
        "analytics_conversations_view",
        "conversation_id",
        "conversation_dirty",
        ["conversation_id", "user_id", "platform", "visibility", "is_archived", "message_count", "total_tokens", "first_message_at", "last_message_at", "username", "models", "error_count"],
        Data.Rollup.Conversations);

    /// <summary>The figures that prices change or that are only shown; they follow <see cref="Rollup"/>.</summary>
    public static readonly Rollup Figures = new(
        "conversation_figures",
        "analytics_conversations_view",
        "conversation_id",
        "conversation_figures_dirty",
        ["conversation_id", "created_at", "updated_at", "input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens", "estimated_cost_usd", "unpriced_tokens"],
        Data.Rollup.Conversations);

    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddConversations(this IServiceCollection services) => services
        .AddSingleton(Rollup)
        .AddSingleton(Figures)
        .AddSingleton<ConversationQueries>()
        .AddSingleton<ConversationFacetQueries>()
        .AddSingleton<ConversationListings>()
        .AddSingleton<ConversationMessageQueries>()
        .AddSingleton<MessageDetailQueries>()
        .AddSingleton<ConversationStore>()
        .AddSingleton<MessageStore>()
        .AddSingleton<AnnotationUndoStore>()
        .AddSingleton<ExportQueries>()
        .AddSingleton<ConversationSharing>()
        .AddScoped<Annotator>();

    /// <summary>Maps the HTTP API.</summary>
    public static void MapConversations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/conversations", ConversationsApi.ListAsync);
        api.MapGet("/conversations.csv", ConversationsApi.ListCsv);
        api.MapGet("/conversations/{conversation_id}", ConversationsApi.GetAsync);
        api.MapPatch("/conversations/{conversation_id}", ConversationsApi.PatchAsync);
        api.MapGet("/conversations/{conversation_id}/messages", ConversationsApi.ListMessagesAsync);
        api.MapGet("/conversations/{conversation_id}/export", ConversationsApi.ExportAsync);
        api.MapGet("/messages/{message_id}", ConversationsApi.GetMessageAsync);
        api.MapPatch("/messages/{message_id}", ConversationsApi.PatchMessageAsync);
        api.MapGet("/messages/{message_id}/content", ConversationsApi.GetMessageTextAsync);
    }
}

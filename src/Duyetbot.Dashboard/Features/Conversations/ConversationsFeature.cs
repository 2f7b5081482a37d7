using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared.Api;

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
        ApiParameter[] list = [.. ApiParameters.ConversationWords, .. ApiParameters.Range("the last message"), ApiParameter.Sort("last_message_at", ConversationSort.Columns)];
        api.MapGet("/conversations", ConversationsApi.ListAsync).Describe(ApiOperation.List<ConversationRow>("Conversations with their figures", list));
        api.MapGet("/conversations.csv", ConversationsApi.ListCsv).Describe(ApiOperation.Csv("Every conversation of the filter", list));
        api.MapGet("/conversations/{conversation_id}", ConversationsApi.GetAsync).Describe(ApiOperation.Get<ConversationRow>("A conversation with its figures"));
        api.MapPatch("/conversations/{conversation_id}", ConversationsApi.PatchAsync).Describe(ApiOperation.Change<ConversationRow>("Changes what is named; the rest stays", typeof(ConversationPatch)));
        api.MapGet("/conversations/{conversation_id}/messages", ConversationsApi.ListMessagesAsync).Describe(ApiOperation.List<MessageRow>(
            "Messages of a conversation, in its order",
            new ApiParameter("after", "Only messages with a higher sequence.", ApiKind.Whole),
            new ApiParameter("q", "A text to find in the messages.")));
        api.MapGet("/conversations/{conversation_id}/export", ConversationsApi.ExportAsync).Describe(new ApiOperation("A conversation with its traces as a download")
        {
            Answer = typeof(System.Text.Json.JsonElement),
            Files = ["text/markdown", "text/html"],
            Parameters =
            [
                ApiParameter.OneOf("format", "The kind of file.", [ShareOptions.Json, ShareOptions.Markdown, ShareOptions.Html], ShareOptions.Json),
                new("traces", "With the traces of its messages, or without.", ApiKind.Flag) { Default = "true" },
                new("redact", "What is replaced by pseudonyms: users, ids, numbers, parted by commas."),
                new("redact_word", "A word that is replaced too.") { IsRepeated = true },
            ],
        });
        api.MapGet("/messages/{message_id}", ConversationsApi.GetMessageAsync).Describe(ApiOperation.Get<MessageDetail>("A message with its event and steps"));
        api.MapPatch("/messages/{message_id}", ConversationsApi.PatchMessageAsync).Describe(ApiOperation.Change<MessageDetail>("Changes what is named; the rest stays", typeof(MessagePatch)));
        api.MapGet("/messages/{message_id}/content", ConversationsApi.GetMessageTextAsync).Describe(new ApiOperation("The message's text as it is stored") { Files = ["text/plain"] });
    }
}

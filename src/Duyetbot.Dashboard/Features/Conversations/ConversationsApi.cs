using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>The HTTP API of conversations.</summary>
internal static class ConversationsApi
{
    public static async Task<Page<ConversationRow>> ListAsync(HttpRequest request, ConversationQueries queries, CancellationToken token)
    {
        var reader = new QueryReader(request.Query);
        var (filter, sort) = Read(reader);
        var limit = (int)(reader.Whole("limit", 1, 500) ?? 50);
        var cursor = reader.Text("cursor");
        reader.RejectUnknown();
        return await queries.ListAsync(filter, sort, limit, cursor, token);
    }

    public static IResult ListCsv(HttpRequest request, ConversationQueries queries, CancellationToken token)
    {
        var reader = new QueryReader(request.Query);
        var (filter, sort) = Read(reader);
        reader.RejectUnknown();
        return Csv.Download("conversations.csv", queries.StreamAsync(filter, sort, token));
    }

    public static async Task<ConversationRow> GetAsync(HttpContext context, ConversationQueries queries, CancellationToken token)
    {
        new QueryReader(context.Request.Query).RejectUnknown();
        return await FindAsync(PathId.After(context, "/conversations/"), queries, token);
    }

    public static async Task<ConversationRow> PatchAsync(HttpContext context, ConversationPatch patch, ConversationQueries queries, ConversationStore store, CancellationToken token)
    {
        new QueryReader(context.Request.Query).RejectUnknown();
        var id = PathId.After(context, "/conversations/");
        patch.Validate();
        if (!await store.ChangeAsync(id, patch, token))
            throw Missing(id);
        return await FindAsync(id, queries, token);
    }

    public static async Task<Page<Data.Rows.MessageRow>> ListMessagesAsync(HttpContext context, ConversationMessageQueries queries, CancellationToken token)
    {
        var id = PathId.After(context, "/conversations/");
        var reader = new QueryReader(context.Request.Query);
        var after = reader.Whole("after", long.MinValue, long.MaxValue);
        var limit = (int)(reader.Whole("limit", 1, 500) ?? 50);
        var cursor = reader.Text("cursor");
        var text = reader.Text("q");
        reader.RejectUnknown();
        return await queries.ListAsync(id, after, text, limit, cursor, token) ?? throw Missing(id);
    }

    public static async Task<IResult> ExportAsync(HttpContext context, ConversationSharing sharing, CancellationToken token)
    {
        var id = PathId.After(context, "/conversations/");
        var reader = new QueryReader(context.Request.Query);
        var share = ShareOptions.Read(reader);
        reader.RejectUnknown();
        var file = await sharing.FindFileAsync(id, share, token) ?? throw Missing(id);
        // As a download: the texts are hostile input and are never shown as a page of ours.
        return Results.File(file.Bytes, file.ContentType, file.Name);
    }

    public static async Task<MessageDetail> GetMessageAsync(HttpContext context, MessageDetailQueries queries, CancellationToken token)
    {
        new QueryReader(context.Request.Query).RejectUnknown();
        var id = PathId.After(context, "/messages/");
        return await queries.FindWholeAsync(id, token) ?? throw MissingMessage(id);
    }

    public static async Task<IResult> GetMessageTextAsync(HttpContext context, MessageDetailQueries queries, CancellationToken token)
    {
        new QueryReader(context.Request.Query).RejectUnknown();
        var id = PathId.After(context, "/messages/");
        var text = await queries.FindTextAsync(id, token) ?? throw MissingMessage(id);
        // As a download: the text is hostile input and must never be rendered by itself.
        return Results.File(text, "text/plain; charset=utf-8", "message.txt");
    }

    public static async Task<MessageDetail> PatchMessageAsync(HttpContext context, MessagePatch patch, MessageDetailQueries queries, MessageStore store, CancellationToken token)
    {
        new QueryReader(context.Request.Query).RejectUnknown();
        var id = PathId.After(context, "/messages/");
        patch.Validate();
        if ((await store.ChangeAsync(id, patch, token)).Found == 0)
            throw MissingMessage(id);
        return await queries.FindWholeAsync(id, token) ?? throw MissingMessage(id);
    }

    private static async Task<ConversationRow> FindAsync(string id, ConversationQueries queries, CancellationToken token) =>
        await queries.FindAsync(id, token) ?? throw Missing(id);

    private static NotFoundException Missing(string id) => new($"No conversation has the id \"{id}\".");

    private static NotFoundException MissingMessage(string id) => new($"No message has the id \"{id}\".");

    private static (ConversationFilter Filter, ConversationSort Sort) Read(QueryReader reader) => (ConversationFilter.Read(reader), ConversationSort.Read(reader));
}

using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Live;
using Duyetbot.Dashboard.Shared.Payload;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Reads the messages of one conversation in their order: by sequence, then by stored row.</summary>
public sealed class ConversationMessageQueries(Database database)
{
    /// <summary>Messages that the page reads at once.</summary>
    public const int WindowSize = 100;

    private const string Order = "sequence";

    /// <summary>One page of the whole messages; null where no message has this session id.</summary>
    /// <param name="conversationId">The session id.</param>
    /// <param name="after">Only those with a higher sequence; null for all.</param>
    /// <param name="text">Only those in which this search is found; null for all.</param>
    /// <param name="limit">At most so many rows.</param>
    /// <param name="cursor">Where the page begins, from the page before. Unlike <paramref name="after"/> it loses no row where sequences repeat.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <exception cref="InvalidParameterException">The cursor is none of this list.</exception>
    public Task<Page<MessageRow>?> ListAsync(string conversationId, long? after, string? text, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var start = TypedCursor.Read(cursor, Order);
        return database.ReadAsync<Page<MessageRow>?>(
            connection =>
            {
                if (!Exists(connection, conversationId))
                    return null;
                var clauses = "m.session_id = @conversationId";
                if (after is not null)
                    clauses += " AND m.sequence > @after";
                if (start is not null)
                    clauses += " AND (m.sequence, m.id) > (@startSequence, @startId)";
                if (text is not null)
                    clauses += " AND search_match(m.content, @text)";
                var keys = connection.Query<Key>(
                    $"SELECT m.id, m.sequence FROM chat_messages m WHERE {clauses} ORDER BY m.sequence, m.id LIMIT @limit",
                    new { conversationId, after, startSequence = start?.Value, startId = start?.Id, text, limit = limit + 1 }).AsList();
                var more = keys.Count > limit;
                if (more)
                    keys.RemoveAt(limit);
                var ids = keys.ConvertAll(k => k.Id);
                var rows = connection.Query<MessageRow>($"SELECT {RowColumns.Message} FROM analytics_messages_view m WHERE m.id IN @ids", new { ids }).ToDictionary(r => r.Id);
                return new Page<MessageRow>([.. ids.Select(id => rows[id])], more ? TypedCursor.Encode(Order, keys[^1].Sequence, keys[^1].Id) : null);
            },
            cancellationToken);
    }

    /// <summary>The part of a conversation that the page shows, with the traces of its turns; null where no message has this session id.</summary>
    public Task<ConversationWindow?> FindWindowAsync(WindowRequest request, CancellationToken cancellationToken) =>
        database.ReadAsync(c => Exists(c, request.ConversationId) ? ReadWindow(c, request) : null, cancellationToken);

    /// <summary>The messages in which a search is found, in order.</summary>
    public Task<MessageMatches> FindMatchesAsync(string conversationId, string text, CancellationToken cancellationToken) =>
        database.ReadAsync(
            c => MessageMatches.From(c.Query<string>(
                "SELECT message_id FROM chat_messages WHERE session_id = @conversationId AND search_match(content, @text) ORDER BY sequence, id LIMIT @limit",
                new { conversationId, text, limit = MessageMatches.Max + 1 }).AsList()),
            cancellationToken);

    /// <summary>How many messages came after an end; at most one more than <see cref="SeenRows.Most"/>.</summary>
    public Task<int> CountAfterAsync(string conversationId, ConversationEnd end, bool chatOnly, CancellationToken cancellationToken) =>
        database.ReadAsync(
            c => c.ExecuteScalar<int>(
                $"""
                SELECT COUNT(*) FROM (
                  SELECT 1 FROM chat_messages WHERE session_id = @conversationId {(chatOnly ? "AND role IN ('user', 'assistant')" : "")}
                    AND (sequence > @Sequence OR (timestamp > @At AND typeof(timestamp) = 'integer')) LIMIT {SeenRows.Most + 1})
                """,
                new { conversationId, end.At, end.Sequence }),
            cancellationToken);

    private static ConversationEnd ReadEnd(SqliteConnection connection, string conversationId) => connection.QuerySingle<ConversationEnd>(
        """
        SELECT COALESCE(MAX(CASE WHEN typeof(timestamp) = 'integer' THEN timestamp END), 0) AS At, COALESCE(MAX(CASE WHEN typeof(sequence) = 'integer' THEN sequence END), 0) AS Sequence
        FROM chat_messages WHERE session_id = @conversationId
        """,
        new { conversationId });

    private static bool Exists(SqliteConnection connection, string conversationId) =>
        connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM chat_messages WHERE session_id = @conversationId)", new { conversationId });

    private static ConversationWindow ReadWindow(SqliteConnection connection, WindowRequest request)
    {
        // "Chat only" leaves the others out here, so that a window always holds as many messages as it can.
        var roles = request.ChatOnly ? "AND role IN ('user', 'assistant')" : "";
        var total = connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM chat_messages WHERE session_id = @ConversationId {roles}", new { request.ConversationId });
        // A short conversation is read whole: a script scrolls to its place.
        var startId = total <= WindowSize ? null : FindStart(connection, request, roles);
        var start = startId is null ? "" : "AND (sequence, id) >= (SELECT sequence, id FROM chat_messages WHERE id = @startId)";
        var ids = connection.Query<long>(
            $"SELECT id FROM chat_messages WHERE session_id = @ConversationId {roles} {start} ORDER BY sequence, id LIMIT @Count + 1",
            new { request.ConversationId, startId, request.Count }).AsList();
        var hasLater = ids.Count > request.Count;
        var laterId = hasLater ? ids[^1] : (long?)null;
        if (hasLater)
            ids.RemoveAt(request.Count);
        var before = startId is null ? 0 : connection.ExecuteScalar<long>(
            $"SELECT COUNT(*) FROM chat_messages WHERE session_id = @ConversationId {roles} AND (sequence, id) < (SELECT sequence, id FROM chat_messages WHERE id = @startId)",
            new { request.ConversationId, startId });
        var earlierId = before == 0 ? null : Back(connection, request.ConversationId, roles, startId!.Value, WindowSize);
        var endId = hasLater ? Last(connection, request.ConversationId, roles) : null;
        var rows = connection.Query<WindowMessage>(
            $"""
            SELECT {RowColumns.MessageWithoutContent},
              substr(m.content, 1, CASE WHEN m.message_id = @Open THEN {StoredText.OnRequest} ELSE {StoredText.Head} END) AS content,
              length(CAST(m.content AS BLOB)) AS content_bytes,
              length(m.content) AS content_characters
            FROM analytics_messages_view m WHERE m.id IN @ids
            """,
            new { ids, request.Open }).ToDictionary(r => r.Id);
        var messages = ids.Where(rows.ContainsKey).Select(id => rows[id]).ToList();
        var (previousId, previousAt) = before == 0 ? (null, null) : Previous(connection, request.ConversationId, roles, startId!.Value);
        return new ConversationWindow
        {
            Messages = messages,
            Traces = TurnTraceQueries.Read(connection, messages),
            FirstPosition = before + 1,
            Total = total,
            EarlierId = MessageId(connection, earlierId),
            LaterId = MessageId(connection, laterId),
            EndId = MessageId(connection, endId),
            PreviousAt = previousAt,
            PreviousId = previousId,
            End = ReadEnd(connection, request.ConversationId),
        };
    }

    private static long? FindStart(SqliteConnection connection, WindowRequest request, string roles)
    {
        const string byMessageId = "SELECT id FROM chat_messages WHERE message_id = @messageId AND session_id = @ConversationId";
        if (request.At is not null)
            return connection.ExecuteScalar<long?>(byMessageId, new { messageId = request.At, request.ConversationId });
        if (request.Around is null || connection.ExecuteScalar<long?>(byMessageId, new { messageId = request.Around, request.ConversationId }) is not { } target)
            return null;
        return Back(connection, request.ConversationId, roles, target, WindowSize / 2);
    }

    /// <summary>The row that lies so many messages before another, or the first.</summary>
    private static long? Back(SqliteConnection connection, string conversationId, string roles, long from, int count) =>
        connection.Query<long?>(
            $"SELECT id FROM chat_messages WHERE session_id = @conversationId {roles} AND (sequence, id) < (SELECT sequence, id FROM chat_messages WHERE id = @from) ORDER BY sequence DESC, id DESC LIMIT @count",
            new { conversationId, from, count }).LastOrDefault();

    private static long? Last(SqliteConnection connection, string conversationId, string roles) =>
        connection.Query<long?>(
            $"SELECT id FROM chat_messages WHERE session_id = @conversationId {roles} ORDER BY sequence DESC, id DESC LIMIT {WindowSize}",
            new { conversationId }).LastOrDefault();

    private static (string? MessageId, long? At) Previous(SqliteConnection connection, string conversationId, string roles, long startId)
    {
        var row = connection.QueryFirstOrDefault<PreviousRow>(
            $"SELECT message_id, timestamp FROM chat_messages WHERE session_id = @conversationId {roles} AND (sequence, id) < (SELECT sequence, id FROM chat_messages WHERE id = @startId) ORDER BY sequence DESC, id DESC LIMIT 1",
            new { conversationId, startId });
        return (row?.MessageId, row?.Timestamp);
    }

    private static string? MessageId(SqliteConnection connection, long? id) =>
        id is null ? null : connection.ExecuteScalar<string?>("SELECT message_id FROM chat_messages WHERE id = @id", new { id });

    private sealed record Key
    {
        public long Id { get; init; }

        public object? Sequence { get; init; }
    }

    private sealed record PreviousRow
    {
        public string? MessageId { get; init; }

        public long Timestamp { get; init; }
    }
}

/// <summary>Which part of a conversation a page shows.</summary>
/// <param name="ConversationId">The session id.</param>
/// <param name="At">The message that the window begins with; null for the begin of the conversation.</param>
/// <param name="Around">Without <paramref name="At"/>: the message that lies in the middle.</param>
/// <param name="ChatOnly">True to leave system and tool messages out.</param>
/// <param name="Open">The message that is read up to 150,000 characters.</param>
/// <param name="Count">At most so many messages.</param>
public sealed record WindowRequest(string ConversationId, string? At, string? Around, bool ChatOnly, string? Open, int Count = ConversationMessageQueries.WindowSize);

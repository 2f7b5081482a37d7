using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Import;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Reads a conversation as it is stored, at one moment.</summary>
public sealed class ExportQueries(Database database)
{
    // What an import makes of NULL in these columns.
    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["platform"] = "'telegram'",
        ["visibility"] = "'private'",
        ["is_archived"] = "0",
        ["is_pinned"] = "0",
        ["is_starred"] = "0",
        ["input_tokens"] = "0",
        ["output_tokens"] = "0",
        ["total_tokens"] = "0",
        ["cached_tokens"] = "0",
        ["reasoning_tokens"] = "0",
    };

    /// <summary>The conversation, or null where no message has this session id.</summary>
    public Task<ConversationDocument?> FindAsync(string conversationId, bool withEvents, CancellationToken cancellationToken) =>
        database.ReadAsync(c => Read(c, conversationId, withEvents), cancellationToken);

    private static ConversationDocument? Read(SqliteConnection connection, string conversationId, bool withEvents)
    {
        var messages = Rows(connection, $"SELECT {Columns(ImportTables.Messages)} FROM chat_messages t WHERE session_id = @conversationId ORDER BY sequence, id", conversationId);
        if (messages.Count == 0)
            return null;
        var events = withEvents
            ? Rows(
                connection,
                $"""
                SELECT {Columns(ImportTables.Events)} FROM observability_events t
                WHERE event_id IN (SELECT m.event_id FROM chat_messages m WHERE m.session_id = @conversationId) ORDER BY triggered_at, event_id
                """,
                conversationId)
            : null;
        var annotation = Rows(connection, $"SELECT {Columns(ImportTables.Annotations)} FROM conversation_annotations t WHERE conversation_id = @conversationId", conversationId);
        return new ConversationDocument(conversationId, annotation.FirstOrDefault(), events, messages);
    }

    private static string Columns(string table) =>
        string.Join(", ", ImportTables.Columns[table].Select(c => Defaults.TryGetValue(c, out var value) && (table != ImportTables.Messages || c is not ("input_tokens" or "output_tokens")) ? $"COALESCE(t.{c}, {value}) AS {c}" : $"t.{c}"));

    private static List<StoredRow> Rows(SqliteConnection connection, string sql, string conversationId) =>
        [.. connection.Query(sql, new { conversationId }).Cast<IDictionary<string, object?>>().Select(r => new StoredRow([.. r]))];
}

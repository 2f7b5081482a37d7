using System.Buffers;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Search;

/// <summary>Finds what an id belongs to; each look-up is one index search.</summary>
public sealed class IdQueries(Database database)
{
    private static readonly SearchValues<char> StepPath = SearchValues.Create("0123456789.");

    /// <summary>The address of the conversation, message, event or step with this id; null where nothing has it.</summary>
    public Task<string?> FindAddressAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(c => FindTrace(c, id) ?? FindConversation(c, id) ?? FindMessage(c, id) ?? FindStep(c, id), cancellationToken);

    private static string? FindTrace(SqliteConnection connection, string id)
    {
        const string sql = "SELECT 1 FROM observability_events WHERE event_id = @id";
        return connection.ExecuteScalar(sql, new { id }) is null ? null : Urls.Trace(id);
    }

    private static string? FindConversation(SqliteConnection connection, string id)
    {
        const string sql = "SELECT 1 FROM chat_messages WHERE session_id = @id LIMIT 1";
        return connection.ExecuteScalar(sql, new { id }) is null ? null : Urls.Conversation(id);
    }

    private static string? FindMessage(SqliteConnection connection, string id)
    {
        const string sql = "SELECT session_id FROM chat_messages WHERE message_id = @id";
        return connection.ExecuteScalar<string>(sql, new { id }) is { } session ? Urls.Conversation(session, id) : null;
    }

    // A step's id is its event's id, a hyphen, and its path in digits and points.
    private static string? FindStep(SqliteConnection connection, string id)
    {
        var cut = id.LastIndexOf('-');
        if (cut <= 0 || cut == id.Length - 1 || id.AsSpan(cut + 1).ContainsAnyExcept(StepPath))
            return null;
        return FindTrace(connection, id[..cut]) is null ? null : Urls.Trace(id[..cut], id);
    }
}

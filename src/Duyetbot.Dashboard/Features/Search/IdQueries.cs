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
    public async Task<string?> FindAddressAsync(string id, CancellationToken cancellationToken) =>
        (await ListMatchesAsync(id, cancellationToken)).FirstOrDefault(m => m.Kind != "user")?.Url;

    /// <summary>Everything that has this id: event, conversation, message, step, user.</summary>
    public Task<IReadOnlyList<IdMatch>> ListMatchesAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<IdMatch>>(
            c => [.. new[] { FindTrace(c, id), FindConversation(c, id), FindMessage(c, id), FindStep(c, id), FindUser(c, id) }.OfType<IdMatch>()],
            cancellationToken);

    private static IdMatch? FindTrace(SqliteConnection connection, string id)
    {
        const string sql = "SELECT 1 FROM observability_events WHERE event_id = @id";
        return connection.ExecuteScalar(sql, new { id }) is null ? null : new("trace", id, Urls.Trace(id));
    }

    private static IdMatch? FindConversation(SqliteConnection connection, string id)
    {
        const string sql = "SELECT 1 FROM chat_messages WHERE session_id = @id LIMIT 1";
        return connection.ExecuteScalar(sql, new { id }) is null ? null : new("conversation", id, Urls.Conversation(id));
    }

    private static IdMatch? FindMessage(SqliteConnection connection, string id)
    {
        const string sql = "SELECT session_id FROM chat_messages WHERE message_id = @id";
        return connection.ExecuteScalar<string>(sql, new { id }) is { } session ? new("message", id, Urls.Conversation(session, id)) : null;
    }

    // A step's id is its event's id, a hyphen, and its path in digits and points.
    private static IdMatch? FindStep(SqliteConnection connection, string id)
    {
        var cut = id.LastIndexOf('-');
        if (cut <= 0 || cut == id.Length - 1 || id.AsSpan(cut + 1).ContainsAnyExcept(StepPath))
            return null;
        return FindTrace(connection, id[..cut]) is null ? null : new("step", id, Urls.Trace(id[..cut], id));
    }

    private static IdMatch? FindUser(SqliteConnection connection, string id)
    {
        const string sql = "SELECT 1 WHERE EXISTS (SELECT 1 FROM chat_messages WHERE user_id = @id) OR EXISTS (SELECT 1 FROM observability_events WHERE user_id = @id)";
        return connection.ExecuteScalar(sql, new { id }) is null ? null : new("user", id, Urls.User(id));
    }
}

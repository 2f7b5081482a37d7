using Dapper;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Finds the newest conversations among very many that are stale in conversation_rollup, as all are for some minutes after an update that changed a view.</summary>
/// <remarks>The live view would have to be read whole to be sorted. But a conversation's last message is its newest, so that walking all messages by time meets conversations in the list's own order.</remarks>
internal static class NewestStaleQueries
{
    private const int Some = 100;
    private const int MostOfOneMoment = 2000;

    /// <summary>Ids that hold the first <paramref name="limit"/> stale conversations that match, the latest first; and all that share the last one's moment.</summary>
    /// <param name="connection">The transaction's.</param>
    /// <param name="sql">Which conversations.</param>
    /// <param name="start">The condition on <c>c</c> behind which the page begins; empty for the first.</param>
    /// <param name="startValue">The last message's time where the page begins; null for the first page.</param>
    /// <param name="limit">At least so many, where there are as many.</param>
    /// <returns>Null where more share a moment than SQLite takes as parameters.</returns>
    public static List<string>? List(SqliteConnection connection, ConversationFilterQueries sql, string start, object? startValue, int limit)
    {
        var (matching, some, met) = (new List<string>(), new List<Met>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var next in connection.Query<Met>(
            $"""
            SELECT m.session_id AS conversation_id, m.timestamp AS at FROM chat_messages m
            WHERE {(startValue is null ? "1" : "m.timestamp <= @startValue")} AND EXISTS (SELECT 1 FROM conversation_dirty d WHERE d.conversation_id = m.session_id)
            ORDER BY m.timestamp DESC, m.id DESC
            """,
            new { startValue },
            buffered: false))
        {
            if (!met.Add(next.ConversationId))
                continue;
            // Those of one moment stay together: among them the id decides, which the walk does not know.
            if (some.Count >= Some && !Equals(some[^1].At, next.At))
            {
                Match();
                if (matching.Count >= limit)
                    return matching;
            }

            some.Add(next);
            if (some.Count > MostOfOneMoment)
                return null;
        }

        Match();
        return matching;

        void Match()
        {
            sql.Parameters.Add("some", some.ConvertAll(s => s.ConversationId));
            matching.AddRange(connection.Query<string>($"SELECT c.conversation_id FROM analytics_conversations_view c WHERE c.conversation_id IN @some AND {sql.Where} {start}", sql.Parameters));
            some.Clear();
        }
    }

    private sealed record Met
    {
        public string ConversationId { get; init; } = "";

        public object? At { get; init; }
    }
}

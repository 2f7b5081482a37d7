using System.Runtime.InteropServices;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Users;

/// <summary>Reads what one user's page shows: every message of the user in a range once, by the index on user and time.</summary>
public sealed class UserActivityQueries(Database database)
{
    private const string InRange = "m.user_id = @userId AND m.timestamp >= @from AND m.timestamp < @to AND typeof(m.timestamp) = 'integer' AND m.is_archived = 0";

    /// <summary>The user's messages of the range and, to compare, of the one before.</summary>
    /// <param name="userId">The id exactly.</param>
    /// <param name="range">Which time.</param>
    /// <param name="granularity">How long a period is.</param>
    /// <param name="compare">Whether the range before is read too.</param>
    /// <param name="conversations">How many conversations are named at most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<UserActivity> GetActivityAsync(string userId, FigureRange range, Granularity granularity, bool compare, int conversations, CancellationToken cancellationToken)
    {
        var before = compare ? range.Previous() : null;
        var now = new FigureFold(range.Cut(granularity));
        var old = before is null ? null : new FigureFold(before.Cut(granularity));
        return database.ReadAsync(
            connection =>
            {
                var found = new Dictionary<string, ConversationSum>(StringComparer.Ordinal);
                using (var reader = connection.ExecuteReader(
                    $"""
                    SELECT m.timestamp, m.model, m.input_tokens, m.output_tokens, m.cached_tokens, m.reasoning_tokens, m.estimated_cost_usd, m.unpriced_tokens, m.session_id, m.platform
                    FROM analytics_messages_view m
                    WHERE {InRange}
                    """,
                    new { userId, from = before?.From ?? range.From, to = range.To }))
                {
                    while (reader.Read())
                    {
                        var row = new FigureRow
                        {
                            At = reader.GetInt64(0),
                            Key = reader.IsDBNull(1) ? null : reader.GetString(1),
                            Input = reader.GetInt64(2),
                            Output = reader.GetInt64(3),
                            Cached = reader.GetInt64(4),
                            Reasoning = reader.GetInt64(5),
                            Cost = reader.IsDBNull(6) ? null : reader.GetDouble(6),
                            Unpriced = reader.GetInt64(7),
                            User = userId,
                            Conversation = reader.GetString(8),
                        };
                        if (!now.Add(row))
                            old?.Add(row);
                        else
                            Count(found, row, reader.IsDBNull(9) ? null : reader.GetString(9));
                    }
                }

                return new UserActivity(now, old, CountErrors(connection, userId, now.Periods), old is null ? null : CountErrors(connection, userId, old.Periods), Name(connection, found, conversations));
            },
            cancellationToken);
    }

    /// <summary>The models that answered a user, most tokens first.</summary>
    /// <param name="userId">The id exactly.</param>
    /// <param name="filter">Which messages count.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<IReadOnlyList<UserModel>> ListModelsAsync(string userId, UserFilter filter, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<UserModel>>(
        connection =>
        {
            var time = filter.From is null && filter.To is null ? "" : "AND m.timestamp >= @from AND m.timestamp < @to AND typeof(m.timestamp) = 'integer'";
            var archived = filter.Archived switch { null => "", true => "AND m.is_archived <> 0", false => "AND m.is_archived = 0" };
            return connection.Query<UserModel>(
                $"""
                SELECT m.model, COUNT(*) AS message_count, SUM(m.total_tokens) AS total_tokens,
                  CASE WHEN SUM(m.unpriced_tokens) > 0 AND SUM(m.unpriced_tokens) >= SUM(m.total_tokens) THEN NULL ELSE TOTAL(m.estimated_cost_usd) END AS estimated_cost_usd,
                  SUM(m.unpriced_tokens) AS unpriced_tokens
                FROM analytics_messages_view m
                WHERE m.user_id = @userId {time} {archived} {(filter.Platform is null ? "" : "AND m.platform = @platform")}
                GROUP BY m.model
                ORDER BY 3 DESC, 2 DESC, 1
                """,
                new { userId, from = filter.From ?? long.MinValue, to = filter.To ?? long.MaxValue, platform = filter.Platform }).AsList();
        },
        cancellationToken);

    /// <summary>The latest errors that a user met in a range, newest first.</summary>
    public Task<IReadOnlyList<UserError>> ListErrorsAsync(string userId, FigureRange range, int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<UserError>>(
        connection =>
        {
            var found = connection.Query<string>(
                "SELECT event_id FROM observability_events WHERE user_id = @userId AND status = 'error' AND triggered_at >= @from AND triggered_at < @to ORDER BY triggered_at DESC, id DESC LIMIT @limit",
                new { userId, from = range.From, to = range.To, limit }).AsList();
            var rows = connection.Query<UserError>(
                """
                SELECT e.event_id, e.app_source, e.event_type, e.triggered_at, e.duration_ms,
                  (SELECT s.agent_name FROM analytics_agent_steps_view s WHERE s.event_id = e.event_id AND s.is_failed AND s.error_message IS NOT NULL LIMIT 1) AS agent,
                  substr(COALESCE(
                    NULLIF(e.error_message, ''),
                    (SELECT s.error_message FROM analytics_agent_steps_view s WHERE s.event_id = e.event_id AND s.is_failed AND s.error_message IS NOT NULL LIMIT 1),
                    e.error_type), 1, 300) AS error
                FROM analytics_events_view e
                WHERE e.event_id IN @found
                """,
                new { found }).ToDictionary(r => r.EventId, StringComparer.Ordinal);
            return [.. found.Where(rows.ContainsKey).Select(id => rows[id])];
        },
        cancellationToken);

    /// <summary>Messages and tokens of a user per period, archived ones left out.</summary>
    public Task<UserDays> GetDaysAsync(string userId, Periods days, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            var sums = new UserDay[days.Count];
            using var reader = connection.ExecuteReader(
                $"SELECT m.timestamp, m.total_tokens FROM analytics_messages_view m WHERE {InRange}",
                new { userId, from = days.From, to = days.To });
            while (reader.Read())
            {
                if (days.IndexOf(reader.GetInt64(0)) is >= 0 and var day)
                    sums[day] = new UserDay(sums[day].Messages + 1, sums[day].Tokens + reader.GetInt64(1));
            }

            return new UserDays(days, sums);
        },
        cancellationToken);

    /// <summary>The time of the user's first message after 1970 in Unix ms; null without any.</summary>
    public async Task<long?> FindFirstMessageAsync(string userId, CancellationToken cancellationToken) => await database.ReadAsync(
        c => c.QueryFirstOrDefault<long?>("SELECT timestamp FROM chat_messages WHERE user_id = @userId AND timestamp >= 0 AND typeof(timestamp) = 'integer' ORDER BY timestamp LIMIT 1", new { userId }),
        cancellationToken);

    private static double[] CountErrors(SqliteConnection connection, string userId, Periods periods)
    {
        const string sql = "SELECT triggered_at FROM observability_events WHERE user_id = @userId AND status = 'error' AND triggered_at >= @from AND triggered_at < @to AND typeof(triggered_at) = 'integer'";
        var counts = new double[periods.Count];
        foreach (var at in connection.Query<long>(sql, new { userId, from = periods.From, to = periods.To }))
            counts[periods.IndexOf(at)]++;
        return counts;
    }

    private static void Count(Dictionary<string, ConversationSum> sums, in FigureRow row, string? platform)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, row.Conversation!, out _);
        sum.Messages++;
        sum.Tokens += row.Input + row.Output;
        sum.Unpriced += row.Unpriced;
        sum.Cost += row.Cost ?? 0;
        if (sum.Messages == 1 || row.At >= sum.Last)
            (sum.Last, sum.Platform) = (row.At, platform);
    }

    private static List<UserConversation> Name(SqliteConnection connection, Dictionary<string, ConversationSum> sums, int limit)
    {
        var newest = sums.OrderByDescending(s => s.Value.Last).ThenBy(s => s.Key, StringComparer.Ordinal).Take(limit).ToList();
        var words = connection.Query<UserConversation>(
            """
            SELECT c.conversation_id, c.title, c.error_count,
              (SELECT substr(t.content, 1, 200) FROM chat_messages t WHERE t.session_id = c.conversation_id AND t.role = 'user' ORDER BY t.sequence, t.id LIMIT 1) AS first_user_message
            FROM analytics_conversations_view c
            WHERE c.conversation_id IN @ids
            """,
            new { ids = newest.Select(n => n.Key) }).ToDictionary(r => r.ConversationId, StringComparer.Ordinal);
        return [.. newest.Select(n => (words.GetValueOrDefault(n.Key) ?? new UserConversation { ConversationId = n.Key }) with
        {
            Platform = n.Value.Platform,
            MessageCount = n.Value.Messages,
            TotalTokens = n.Value.Tokens,
            EstimatedCostUsd = n.Value.Unpriced > 0 && n.Value.Unpriced >= n.Value.Tokens ? null : n.Value.Cost,
            UnpricedTokens = n.Value.Unpriced,
            LastMessageAt = n.Value.Last,
        })];
    }

    private struct ConversationSum
    {
        public long Messages;
        public long Tokens;
        public long Unpriced;
        public double Cost;
        public long Last;
        public string? Platform;
    }
}

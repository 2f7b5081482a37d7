using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Live;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Users;

/// <summary>Reads users: their sums over a range, page by page in any order, and one by its id.</summary>
public sealed class UserQueries(Database database, FigureReader figures)
{
    // Below every value that a column holds.
    private const string Nothing = "-9223372036854775808";

    /// <summary>One page of the users that match.</summary>
    /// <param name="filter">Which messages and errors count.</param>
    /// <param name="sort">In which order.</param>
    /// <param name="limit">At most so many rows.</param>
    /// <param name="cursor">Where the page begins, from the page before; null for the first.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <exception cref="InvalidParameterException">The cursor belongs to another order.</exception>
    public Task<Page<UserRow>> ListAsync(UserFilter filter, UserSort sort, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var after = TypedCursor.Read(cursor, sort.ToString());
        return database.ReadAsync(
            connection =>
            {
                var rows = ReadRows(connection, filter, sort, limit + 1, after);
                var more = rows.Count > limit;
                if (more)
                    rows.RemoveAt(limit);
                var next = more ? TypedCursor.Encode(sort.ToString(), ValueOf(rows[^1], sort), rows[^1].UserId ?? "") : null;
                return new Page<UserRow>(Named(connection, filter, rows), next);
            },
            cancellationToken);
    }

    /// <summary>The users that were active last, by their last message or error: what tells whether a list has changed.</summary>
    /// <param name="filter">Which messages and errors count.</param>
    /// <param name="after">Unix ms; only what came later counts. Null for everything.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public Task<IReadOnlyList<RowMark>> ListNewestAsync(UserFilter filter, long? after, int limit, CancellationToken cancellationToken)
    {
        var later = after is { } at ? filter with { From = Math.Max(filter.From ?? long.MinValue, at + 1) } : filter;
        return database.ReadAsync<IReadOnlyList<RowMark>>(
            c => [.. ReadRows(c, later, new UserSort("last_seen_at", true), limit, null).Select(r => new RowMark(r.UserId ?? "", r.LastSeenAt ?? 0))],
            cancellationToken);
    }

    /// <summary>Every user that matches, of one moment, for a download.</summary>
    public async IAsyncEnumerable<UserRow> StreamAsync(UserFilter filter, UserSort sort, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // In one go: sums per user are made of everything anyway, and so all rows are of one moment.
        var page = await ListAsync(filter, sort, int.MaxValue - 1, null, cancellationToken);
        foreach (var row in page.Items)
            yield return row;
    }

    /// <summary>The sums over all users that match, and how many each platform has.</summary>
    public Task<UserTotals> GetTotalsAsync(UserFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            var sql = UserSourcesSql.Compose(connection, filter, figures);
            var totals = connection.QuerySingle<UserTotals>(
                $"""
                {sql.With}
                SELECT COUNT(*) AS row_count, COALESCE(SUM(user_id <> '' AND message_count > 0), 0) AS user_count, COALESCE(SUM(user_id = ''), 0) AS has_nobody,
                  COALESCE(SUM(message_count), 0) AS message_count, COALESCE(SUM(total_tokens), 0) AS total_tokens,
                  CASE WHEN SUM(unpriced_tokens) > 0 AND SUM(unpriced_tokens) >= SUM(total_tokens) THEN NULL ELSE TOTAL(estimated_cost_usd) END AS estimated_cost_usd,
                  COALESCE(SUM(unpriced_tokens), 0) AS unpriced_tokens, COALESCE(SUM(error_count), 0) AS error_count
                FROM ({sql.Users})
                """,
                sql.Parameters);
            var conversations = connection.ExecuteScalar<long>(
                $"{sql.With}\nSELECT {string.Join(" + ", sql.Messages().Select(m => $"(SELECT COUNT(DISTINCT conversation_id) FROM ({m}))"))}", sql.Parameters);
            return totals with { ConversationCount = conversations, Platforms = ReadPlatforms(connection, filter with { Platform = null }) };
        },
        cancellationToken);

    /// <summary>How many rows the list would have.</summary>
    public Task<long> CountAsync(UserFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            var sql = UserSourcesSql.Compose(connection, filter);
            return connection.ExecuteScalar<long>($"{sql.With}\nSELECT COUNT(*) FROM ({sql.Users})", sql.Parameters);
        },
        cancellationToken);

    /// <summary>The sums of one user, 0 where nothing of the user's passes the filter; null where no message and no event names the user.</summary>
    /// <param name="userId">The id exactly.</param>
    /// <param name="filter">Which messages and errors count.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public Task<UserRow?> FindAsync(string userId, UserFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            const string exists = "SELECT @userId <> '' AND (EXISTS (SELECT 1 FROM chat_messages WHERE user_id = @userId) OR EXISTS (SELECT 1 FROM observability_events WHERE user_id = @userId))";
            if (connection.ExecuteScalar<long>(exists, new { userId }) == 0)
                return null;
            filter = filter with { UserId = userId, Q = null };
            var row = ReadRows(connection, filter, UserSort.Default, 1, null).FirstOrDefault() ?? new UserRow { UserId = userId, EstimatedCostUsd = 0 };
            return Named(connection, filter, [row])[0];
        },
        cancellationToken);

    private List<UserRow> ReadRows(SqliteConnection connection, UserFilter filter, UserSort sort, int limit, (object? Value, object? Id)? after)
    {
        var sql = UserSourcesSql.Compose(connection, filter, figures);
        var direction = sort.Descending ? "DESC" : "ASC";
        var value = sort.Column switch
        {
            "estimated_cost_usd" => "COALESCE(u.estimated_cost_usd, -1)",
            "message_count" => "u.message_count",
            "conversation_count" => "u.conversation_count",
            "error_count" => "u.error_count",
            "first_seen_at" => $"COALESCE(u.first_seen_at, {Nothing})",
            "last_seen_at" => $"COALESCE(u.last_seen_at, {Nothing})",
            _ => "u.total_tokens",
        };
        var start = "";
        if (after is { } last)
        {
            sql.Parameters.Add("startValue", last.Value);
            sql.Parameters.Add("startId", last.Id);
            start = $"WHERE ({value}, u.user_id) {(sort.Descending ? "<" : ">")} (@startValue, @startId)";
        }

        sql.Parameters.Add("limit", limit);
        return connection.Query<UserRow>(
            $"""
            {sql.With}
            SELECT NULLIF(u.user_id, '') AS user_id, u.conversation_count, u.message_count, u.input_tokens, u.output_tokens, u.cached_tokens, u.reasoning_tokens, u.total_tokens,
              u.estimated_cost_usd, u.unpriced_tokens, u.error_count, u.first_seen_at, u.last_seen_at
            FROM ({sql.Users}) u
            {start}
            ORDER BY {value} {direction}, u.user_id {direction} LIMIT @limit
            """,
            sql.Parameters).AsList();
    }

    private static object ValueOf(UserRow row, UserSort sort) => sort.Column switch
    {
        "estimated_cost_usd" => (object)(row.EstimatedCostUsd ?? -1),
        "message_count" => row.MessageCount,
        "conversation_count" => row.ConversationCount,
        "error_count" => row.ErrorCount,
        "first_seen_at" => row.FirstSeenAt ?? long.MinValue,
        "last_seen_at" => row.LastSeenAt ?? long.MinValue,
        _ => row.TotalTokens,
    };

    private static List<UserRow> Named(SqliteConnection connection, UserFilter filter, IReadOnlyList<UserRow> rows)
    {
        var names = new Dictionary<string, List<NameUse>>(StringComparer.Ordinal);
        var sql = UserSourcesSql.Compose(connection, filter);
        foreach (var ids in rows.Select(r => r.UserId).OfType<string>().Chunk(500))
        {
            sql.Parameters.Add("ids", ids);
            foreach (var use in connection.Query<NameUse>(sql.Names, sql.Parameters).GroupBy(u => u.UserId))
                names[use.Key] = [.. use.OrderByDescending(u => u.LastAt ?? long.MinValue).ThenBy(u => u.Username, StringComparer.Ordinal)];
        }

        return [.. rows.Select(row => row.UserId is null ? row with { Platforms = row.MessageCount == 0 ? null : PlatformsOfNobody(connection) } : With(row, names.GetValueOrDefault(row.UserId) ?? [], connection))];
    }

    private static UserRow With(UserRow row, List<NameUse> uses, SqliteConnection connection)
    {
        // Who only met errors has no message to be named by.
        const string ofEvents = "SELECT e.username FROM observability_events e WHERE e.user_id = @id AND e.username IS NOT NULL ORDER BY e.triggered_at DESC, e.id DESC LIMIT 1";
        var usernames = uses.Select(u => u.Username).OfType<string>().Distinct().ToList();
        if (usernames.Count == 0 && connection.ExecuteScalar<string?>(ofEvents, new { id = row.UserId }) is { } name)
            usernames = [name];
        var platforms = uses.Select(u => u.Platform).OfType<string>().Distinct().ToList();
        return row with
        {
            Username = usernames.FirstOrDefault(),
            Usernames = usernames.Count == 0 ? null : string.Join(", ", usernames),
            Platforms = platforms.Count == 0 ? null : string.Join(", ", platforms),
        };
    }

    private static string? PlatformsOfNobody(SqliteConnection connection) =>
        connection.ExecuteScalar<string?>("SELECT group_concat(platform, ', ') FROM (SELECT DISTINCT platform FROM chat_messages WHERE user_id IS NULL AND platform IS NOT NULL ORDER BY 1)");

    private static List<UserPlatform> ReadPlatforms(SqliteConnection connection, UserFilter filter)
    {
        var sql = UserSourcesSql.Compose(connection, filter);
        return connection.Query<UserPlatform>(
            $"""
            {sql.With}
            SELECT platform, COUNT(DISTINCT COALESCE(user_id, '')) AS row_count FROM ({string.Join("\nUNION ALL ", sql.Messages())}) WHERE platform IS NOT NULL GROUP BY platform ORDER BY 2 DESC, 1
            """,
            sql.Parameters).AsList();
    }

    private sealed record NameUse
    {
        public string UserId { get; init; } = "";

        public string? Username { get; init; }

        public string? Platform { get; init; }

        public long? LastAt { get; init; }
    }
}

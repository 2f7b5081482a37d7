using Dapper;
using Duyetbot.Dashboard.Data.Search;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Search;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Messages;

/// <summary>The place of a message in a list.</summary>
internal sealed record HitKey
{
    public long Id { get; init; }

    public object? Timestamp { get; init; }
}

/// <summary>Finds messages by text: walks the index from its newest hits on, and stops when a page is full.</summary>
internal static class MessageHitQueries
{
    /// <summary>By relevance, so many of the newest hits are compared: each text has to be read for it.</summary>
    public const int MaxRanked = 2000;

    /// <summary>Where the index does not help, so many of the newest messages are looked at for one page.</summary>
    public const int MaxLooked = 100_000;

    // A user with no more messages than this is looked through message by message.
    private const int FewMessages = 3000;
    private const int Recent = 1500;
    private const int MaxChunk = 512;

    // One parameter for all of them: SQLite looks a name up among all names, so that two thousand take it a tenth of a second.
    private const string Listed = "(SELECT value FROM json_each(@ids))";

    /// <summary>Whether the index is the way; false where the filter leaves so few messages, or the search gives the index so little, that each text is looked at.</summary>
    public static bool IsWalked(SqliteConnection connection, MessageFilter filter)
    {
        if (filter.ConversationId is not null || filter.EventId is not null || !SearchHits.CanFind(SearchQuery.Parse(filter.Q!)))
            return false;
        const string sql = "SELECT COUNT(*) FROM (SELECT 1 FROM chat_messages WHERE user_id = @UserId LIMIT @limit)";
        return filter.UserId is null || connection.ExecuteScalar<long>(sql, new { filter.UserId, limit = FewMessages + 1 }) > FewMessages;
    }

    /// <summary>The same filter on the newest messages only; null where the index is quick for any hit, or has few messages to look at.</summary>
    public static MessageFilter? FindRecent(SqliteConnection connection, MessageFilter filter)
    {
        if (!SearchHits.IsSlow(SearchQuery.Parse(filter.Q!)))
            return null;
        const string sql = "SELECT timestamp FROM chat_messages WHERE timestamp < @to ORDER BY timestamp DESC LIMIT 1 OFFSET @Recent";
        var from = connection.ExecuteScalar<long?>(sql, new { to = filter.To ?? long.MaxValue, Recent });
        return from is null || from <= filter.From ? null : filter with { From = from };
    }

    /// <summary>The last message that one page may look at where every text has to be; null where the index helps, or where there are fewer.</summary>
    /// <param name="connection">A reader.</param>
    /// <param name="filter">Which messages.</param>
    /// <param name="start">Time and id of the last message before them; null for the first page.</param>
    /// <param name="atMost">So many messages are looked at, whatever the filter leaves of them.</param>
    public static HitKey? FindEnd(SqliteConnection connection, MessageFilter filter, (object? Value, object? Id)? start, int atMost)
    {
        if (filter.Q is null || filter.ConversationId is not null || filter.EventId is not null || SearchHits.CanFind(SearchQuery.Parse(filter.Q)))
            return null;
        var parameters = new DynamicParameters(new { skipped = atMost - 1, filter.UserId, filter.From, filter.To, startTime = start?.Value, startId = start?.Id });
        var where = new List<string>();
        if (filter.UserId is not null)
            where.Add("user_id = @UserId");
        if (filter.From is not null)
            where.Add("timestamp >= @From");
        if (filter.To is not null)
            where.Add("timestamp < @To");
        if (start is not null)
            where.Add("(timestamp, id) < (@startTime, @startId)");
        return connection.QueryFirstOrDefault<HitKey>(
            $"SELECT id, timestamp FROM chat_messages {(where.Count == 0 ? "" : "WHERE " + string.Join(" AND ", where))} ORDER BY timestamp DESC, id DESC LIMIT 1 OFFSET @skipped", parameters);
    }

    /// <summary>The newest hits, in the order of the list of messages: by time and id, both falling.</summary>
    /// <param name="connection">A reader.</param>
    /// <param name="filter">Which messages; with a text.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="start">Time and id of the last message before them; null for the first page.</param>
    /// <param name="cancellationToken">Stops between two statements.</param>
    public static List<HitKey> Newest(SqliteConnection connection, MessageFilter filter, int limit, (object? Value, object? Id)? start, CancellationToken cancellationToken)
    {
        var ids = Collect(connection, filter, limit, start, cancellationToken);
        return connection.Query<HitKey>($"SELECT id, timestamp FROM chat_messages WHERE id IN {Listed} ORDER BY timestamp DESC, id DESC LIMIT @limit", new { ids = ListOf(ids), limit }).AsList();
    }

    /// <summary>The hits that are most about the search, the best first, among the newest <see cref="MaxRanked"/>.</summary>
    /// <param name="connection">A reader.</param>
    /// <param name="filter">Which messages; with a text.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="offset">So many are left out.</param>
    /// <param name="end">The last message that may be looked at; null for all.</param>
    /// <param name="cancellationToken">Stops between two statements.</param>
    public static List<long> Best(SqliteConnection connection, MessageFilter filter, int limit, long offset, HitKey? end, CancellationToken cancellationToken)
    {
        var ids = IsWalked(connection, filter)
            ? Newest(connection, filter, MaxRanked, null, cancellationToken).ConvertAll(k => k.Id)
            : Scanned(connection, filter, end);
        return connection.Query<long>(
            $"SELECT id FROM chat_messages WHERE id IN {Listed} ORDER BY search_score(content, @Q) DESC, timestamp DESC, id DESC LIMIT @limit OFFSET @offset",
            new { ids = ListOf(ids), filter.Q, limit, offset }).AsList();
    }

    /// <summary>How many hits there are, counted up to a bound.</summary>
    /// <param name="connection">A reader.</param>
    /// <param name="filter">Which messages; with a text.</param>
    /// <param name="upTo">The bound.</param>
    /// <param name="end">The last message that may be looked at; null for all.</param>
    /// <param name="cancellationToken">Stops between two statements.</param>
    public static long Count(SqliteConnection connection, MessageFilter filter, int upTo, HitKey? end, CancellationToken cancellationToken)
    {
        if (IsWalked(connection, filter))
            return Collect(connection, filter, upTo, null, cancellationToken).Count;
        var (where, parameters) = Where(filter, end);
        parameters.Add("upTo", upTo);
        return connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM (SELECT 1 FROM analytics_messages_view m WHERE {where} LIMIT @upTo)", parameters);
    }

    private static string ListOf(IEnumerable<long> ids) => $"[{string.Join(',', ids)}]";

    private static List<long> Scanned(SqliteConnection connection, MessageFilter filter, HitKey? end)
    {
        var (where, parameters) = Where(filter, end);
        return connection.Query<long>($"SELECT m.id FROM analytics_messages_view m WHERE {where} ORDER BY m.timestamp DESC, m.id DESC LIMIT {MaxRanked}", parameters).AsList();
    }

    private static (string Where, DynamicParameters Parameters) Where(MessageFilter filter, HitKey? end)
    {
        var parameters = new DynamicParameters(new { endTime = end?.Timestamp, endId = end?.Id });
        var clauses = MessageWhere.Clauses(filter with { Q = null }, (name, value) => parameters.Add(name, value)).AsEnumerable();
        if (end is not null)
            clauses = clauses.Append("(m.timestamp, m.id) >= (@endTime, @endId)");
        return (string.Join(" AND ", clauses.Append(SearchSql.Scan(filter.Q!, "m.content", "m_q", (name, value) => parameters.Add(name, value)))), parameters);
    }

    // The index has whole seconds: the last one is read to its end, so that the list's own order can be made of it.
    private static List<long> Collect(SqliteConnection connection, MessageFilter filter, int limit, (object? Value, object? Id)? start, CancellationToken cancellationToken)
    {
        var from = filter.From is { } first ? SearchHits.SecondOf(first) : 0;
        var to = filter.To is { } end ? SearchHits.SecondOf(end) : SearchHits.LastSecond;
        if (start is { } last)
            to = Math.Min(to, SearchHits.SecondOf(last.Value));
        var ids = new List<long>();
        var chunk = new List<SearchHit>();
        var size = Math.Clamp(limit, 32, MaxChunk);
        foreach (var hit in SearchHits.Newest(connection, SearchQuery.Parse(filter.Q!), from, to))
        {
            if (chunk.Count >= size && chunk[^1].Second != hit.Second)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ids.AddRange(Keep(connection, filter, chunk, start));
                if (ids.Count >= limit)
                    return ids;
                chunk.Clear();
                size = MaxChunk;
            }

            chunk.Add(hit);
        }

        ids.AddRange(Keep(connection, filter, chunk, start));
        return ids;
    }

    private static IEnumerable<long> Keep(SqliteConnection connection, MessageFilter filter, List<SearchHit> hits, (object? Value, object? Id)? start)
    {
        foreach (var group in hits.GroupBy(h => h.IsSure).SelectMany(g => g.Chunk(MaxChunk)))
        {
            var parameters = new DynamicParameters();
            parameters.Add("ids", ListOf(group.Select(h => h.Id)));
            var clauses = MessageWhere.Clauses(filter with { Q = null }, (name, value) => parameters.Add(name, value)).Append($"m.id IN {Listed}");
            if (start is { } last)
            {
                parameters.Add("startTime", last.Value);
                parameters.Add("startId", last.Id);
                clauses = clauses.Append("(m.timestamp, m.id) < (@startTime, @startId)");
            }

            if (!group[0].IsSure)
                clauses = clauses.Append(SearchSql.Scan(filter.Q!, "m.content", "m_q", (name, value) => parameters.Add(name, value)));
            foreach (var id in connection.Query<long>($"SELECT m.id FROM analytics_messages_view m WHERE {string.Join(" AND ", clauses)}", parameters))
                yield return id;
        }
    }
}

using System.Runtime.CompilerServices;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Data.Search;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Live;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Messages;

/// <summary>Reads messages across conversations, newest first.</summary>
/// <param name="database">Where they are.</param>
/// <param name="maxLooked">So many texts are looked at for one page of a search that the index cannot answer.</param>
public sealed class MessageQueries(Database database, int maxLooked = MessageHitQueries.MaxLooked)
{
    /// <summary>The order that cursors are made under.</summary>
    public const string Order = "-timestamp";

    /// <summary>The same for the order by relevance: such a cursor counts rows.</summary>
    public const string Relevance = "relevance";

    /// <summary>The order that a list's cursors are made under.</summary>
    public static string OrderOf(MessageFilter filter, MessageSort sort) => sort == MessageSort.Relevance && filter.Q is not null ? Relevance : Order;

    /// <summary>One page of the messages that match; where only looking at every text helps it may hold fewer than there are, and says how far it looked.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="sort">In which order.</param>
    /// <param name="limit">At most so many rows, 1 to 500.</param>
    /// <param name="cursor">Where the page begins, from the page before; null for the first.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <exception cref="InvalidParameterException">The cursor is none of this list.</exception>
    public Task<Page<MessageHit>> ListAsync(MessageFilter filter, MessageSort sort, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var order = OrderOf(filter, sort);
        var start = TypedCursor.Read(cursor, order);
        return database.ReadAsync(
            connection =>
            {
                if (order == Relevance)
                    return RankedPage(connection, filter, limit, start?.Value as long? ?? 0, cancellationToken);
                var end = MessageHitQueries.FindEnd(connection, filter, start, maxLooked);
                var keys = ListKeys(connection, filter, limit + 1, start, end, cancellationToken);
                var more = keys.Count > limit;
                if (more)
                    keys.RemoveAt(limit);
                var last = more ? keys[^1] : end;
                return new Page<MessageHit>(ReadRows(connection, filter, keys.ConvertAll(k => k.Id)), last is null ? null : TypedCursor.Encode(order, last.Timestamp, last.Id))
                {
                    LookedBackTo = more || end is null ? null : end.Timestamp as long? ?? 0,
                };
            },
            cancellationToken);
    }

    /// <summary>The newest messages that match: what tells whether a list has grown.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="after">Unix ms; only later ones. Null for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public Task<IReadOnlyList<RowMark>> ListNewestAsync(MessageFilter filter, long? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RowMark>>(
            connection =>
            {
                var newer = after is { } moment and < long.MaxValue ? filter with { From = Math.Max(filter.From ?? long.MinValue, moment + 1) } : filter;
                var keys = ListKeys(connection, newer, limit, null, MessageHitQueries.FindEnd(connection, newer, null, maxLooked), cancellationToken);
                // The view's own times are what they are stored as; a text has no moment.
                var marks = connection.Query<Mark>(
                    "SELECT m.id, m.message_id, CASE WHEN typeof(m.timestamp) = 'integer' THEN m.timestamp ELSE 0 END AS at FROM analytics_messages_view m WHERE m.id IN @ids",
                    new { ids = keys.Select(key => key.Id) }).ToDictionary(m => m.Id);
                return keys.Select(key => new RowMark(marks[key.Id].MessageId, marks[key.Id].At)).ToList();
            },
            cancellationToken);

    /// <summary>Every message that matches, newest first and page by page, for a download.</summary>
    public async IAsyncEnumerable<MessageHit> StreamAsync(MessageFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await ListAsync(filter, MessageSort.Newest, 500, cursor, cancellationToken);
            foreach (var row in page.Items)
                yield return row;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    private sealed record Mark
    {
        public long Id { get; init; }

        public string MessageId { get; init; } = "";

        public long At { get; init; }
    }

    private Page<MessageHit> RankedPage(SqliteConnection connection, MessageFilter filter, int limit, long offset, CancellationToken cancellationToken)
    {
        var end = MessageHitQueries.FindEnd(connection, filter, null, maxLooked);
        var ids = MessageHitQueries.Best(connection, filter, limit + 1, offset, end, cancellationToken);
        var more = ids.Count > limit;
        if (more)
            ids.RemoveAt(limit);
        return new Page<MessageHit>(ReadRows(connection, filter, ids), more ? TypedCursor.Encode(Relevance, offset + limit, 0) : null) { LookedBackTo = end is null ? null : end.Timestamp as long? ?? 0 };
    }

    private static List<HitKey> ListKeys(SqliteConnection connection, MessageFilter filter, int limit, (object? Value, object? Id)? start, HitKey? end, CancellationToken cancellationToken)
    {
        if (filter.Q is null || !MessageHitQueries.IsWalked(connection, filter))
            return LookThrough(connection, filter, limit, start, end);
        // Some searches cost the index much before its first hit: where they are frequent, the newest messages fill the page.
        if (start is null && MessageHitQueries.FindRecent(connection, filter) is { } recent && LookThrough(connection, recent, limit, null, null) is var keys && keys.Count == limit)
            return keys;
        return MessageHitQueries.Newest(connection, filter, limit, start, cancellationToken);
    }

    private static List<HitKey> LookThrough(SqliteConnection connection, MessageFilter filter, int limit, (object? Value, object? Id)? start, HitKey? end)
    {
        var parameters = new DynamicParameters();
        var clauses = new List<string>(MessageWhere.Clauses(filter with { Q = null }, (name, value) => parameters.Add(name, value)));
        if (filter.Q is not null)
            clauses.Add(SearchSql.Scan(filter.Q, "m.content", "m_q", (name, value) => parameters.Add(name, value)));
        if (start is { } last)
        {
            parameters.Add("startTime", last.Value);
            parameters.Add("startId", last.Id);
            clauses.Add("(m.timestamp, m.id) < (@startTime, @startId)");
        }

        if (end is not null)
        {
            parameters.Add("endTime", end.Timestamp);
            parameters.Add("endId", end.Id);
            clauses.Add("(m.timestamp, m.id) >= (@endTime, @endId)");
        }

        parameters.Add("limit", limit);
        var where = clauses.Count == 0 ? "1" : string.Join(" AND ", clauses);
        return connection.Query<HitKey>($"SELECT m.id, m.timestamp FROM analytics_messages_view m WHERE {where} ORDER BY m.timestamp DESC, m.id DESC LIMIT @limit", parameters).AsList();
    }

    private static List<MessageHit> ReadRows(SqliteConnection connection, MessageFilter filter, List<long> ids)
    {
        var rows = connection.Query<MessageHit>($"SELECT {RowColumns.Message} FROM analytics_messages_view m WHERE m.id IN @ids", new { ids }).ToDictionary(r => r.Id);
        return [.. ids.Select(id => rows[id] with { Snippet = Snippet.Around(rows[id].Content, filter.Q, before: 24) })];
    }
}

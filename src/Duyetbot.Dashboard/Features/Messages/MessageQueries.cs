using System.Runtime.CompilerServices;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Live;

namespace Duyetbot.Dashboard.Features.Messages;

/// <summary>Reads messages across conversations, newest first.</summary>
public sealed class MessageQueries(Database database)
{
    /// <summary>The order that cursors are made under.</summary>
    public const string Order = "-timestamp";

    /// <summary>One page of the messages that match.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="limit">At most so many rows, 1 to 500.</param>
    /// <param name="cursor">Where the page begins, from the page before; null for the first.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <exception cref="InvalidParameterException">The cursor is none of this list.</exception>
    public Task<Page<MessageHit>> ListAsync(MessageFilter filter, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var start = TypedCursor.Read(cursor, Order);
        return database.ReadAsync(
            connection =>
            {
                var parameters = new DynamicParameters();
                var clauses = MessageWhere.Clauses(filter, (name, value) => parameters.Add(name, value)).ToList();
                if (start is { } last)
                {
                    parameters.Add("startTime", last.Value);
                    parameters.Add("startId", last.Id);
                    clauses.Add("(m.timestamp, m.id) < (@startTime, @startId)");
                }

                parameters.Add("limit", limit + 1);
                var where = clauses.Count == 0 ? "1" : string.Join(" AND ", clauses);
                var keys = connection.Query<Key>($"SELECT m.id, m.timestamp FROM analytics_messages_view m WHERE {where} ORDER BY m.timestamp DESC, m.id DESC LIMIT @limit", parameters).AsList();
                var more = keys.Count > limit;
                if (more)
                    keys.RemoveAt(limit);
                var ids = keys.ConvertAll(k => k.Id);
                var rows = connection.Query<MessageHit>($"SELECT {RowColumns.Message} FROM analytics_messages_view m WHERE m.id IN @ids", new { ids }).ToDictionary(r => r.Id);
                return new Page<MessageHit>(
                    [.. ids.Select(id => rows[id] with { Snippet = Snippet.Around(rows[id].Content, filter.Q) })],
                    more ? TypedCursor.Encode(Order, keys[^1].Timestamp, keys[^1].Id) : null);
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
                var parameters = new DynamicParameters();
                var clauses = MessageWhere.Clauses(filter, (name, value) => parameters.Add(name, value)).Append("m.timestamp > @after");
                parameters.Add("after", after ?? long.MinValue);
                parameters.Add("limit", limit);
                // The view's own times are what they are stored as; a text has no moment.
                return connection.Query<Mark>(
                    $"SELECT m.message_id AS id, CASE WHEN typeof(m.timestamp) = 'integer' THEN m.timestamp ELSE 0 END AS at FROM analytics_messages_view m WHERE {string.Join(" AND ", clauses)} ORDER BY m.timestamp DESC, m.id DESC LIMIT @limit",
                    parameters).Select(m => new RowMark(m.Id, m.At)).ToList();
            },
            cancellationToken);

    /// <summary>Every message that matches, page by page, for a download.</summary>
    public async IAsyncEnumerable<MessageHit> StreamAsync(MessageFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await ListAsync(filter, 500, cursor, cancellationToken);
            foreach (var row in page.Items)
                yield return row;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    private sealed record Mark
    {
        public string Id { get; init; } = "";

        public long At { get; init; }
    }

    private sealed record Key
    {
        public long Id { get; init; }

        public object? Timestamp { get; init; }
    }
}

using System.Runtime.CompilerServices;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Live;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Reads conversations: finds a page's ids by an index of the roll-up, then the rows of those ids.</summary>
/// <remarks>What is stale in a roll-up is taken from the live view in the same read transaction, so a figure is never old.</remarks>
public sealed class ConversationQueries(Database database)
{
    /// <summary>One page of the conversations that match.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="sort">In which order.</param>
    /// <param name="limit">At most so many rows, 1 to 500.</param>
    /// <param name="cursor">Where the page begins, from the page before; null for the first.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <exception cref="InvalidParameterException">The cursor belongs to another order.</exception>
    public Task<Page<ConversationRow>> ListAsync(ConversationFilter filter, ConversationSort sort, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var order = (sort.Descending ? "-" : "+") + sort.Column;
        var after = TypedCursor.Read(cursor, order);
        return database.ReadAsync(
            connection =>
            {
                var keys = ListKeys(connection, filter, sort, limit + 1, after);
                var more = keys.Count > limit;
                if (more)
                    keys.RemoveAt(limit);
                var rows = ReadRows(connection, keys.ConvertAll(k => k.ConversationId));
                return new Page<ConversationRow>(rows, more ? TypedCursor.Encode(order, keys[^1].SortValue, keys[^1].ConversationId) : null);
            },
            cancellationToken);
    }

    /// <summary>The ids of all conversations that match, the latest first.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public Task<IReadOnlyList<string>> ListIdsAsync(ConversationFilter filter, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(c => ListKeys(c, filter, ConversationSort.Default, limit, null).ConvertAll(k => k.ConversationId), cancellationToken);

    /// <summary>The newest conversations that match, by their last message: what tells whether a list has grown.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="after">Unix ms; only those with a later message. Null for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public Task<IReadOnlyList<RowMark>> ListNewestAsync(ConversationFilter filter, long? after, int limit, CancellationToken cancellationToken)
    {
        var later = after is { } at ? filter with { From = Math.Max(filter.From ?? long.MinValue, at == long.MaxValue ? at : at + 1) } : filter;
        return database.ReadAsync<IReadOnlyList<RowMark>>(
            c => [.. ListKeys(c, later, ConversationSort.Default, limit, null).Select(k => new RowMark(k.ConversationId, k.SortValue as long? ?? 0))],
            cancellationToken);
    }

    /// <summary>Every conversation that matches, page by page, for a download.</summary>
    public async IAsyncEnumerable<ConversationRow> StreamAsync(ConversationFilter filter, ConversationSort sort, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await ListAsync(filter, sort, 500, cursor, cancellationToken);
            foreach (var row in page.Items)
                yield return row;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    /// <summary>One conversation, or null where no message has this session id.</summary>
    public Task<ConversationRow?> FindAsync(string conversationId, CancellationToken cancellationToken) =>
        database.ReadAsync(c => ReadRows(c, [conversationId]).FirstOrDefault(), cancellationToken);

    /// <summary>What comes before and after a conversation in a list, also one that is not in it (any more): then where it would stand.</summary>
    /// <param name="conversationId">The session id.</param>
    /// <param name="list">The list.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public Task<ConversationNeighbours?> FindNeighboursAsync(string conversationId, ConversationList list, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
            {
                if (ReadRows(connection, [conversationId]).FirstOrDefault() is not { } row)
                    return null;
                object value = list.Sort.Column switch
                {
                    "last_message_at" => row.LastMessageAt,
                    "first_message_at" => row.FirstMessageAt,
                    "message_count" => row.MessageCount,
                    "total_tokens" => row.TotalTokens,
                    _ => row.EstimatedCostUsd ?? -1,
                };
                string? After(ConversationSort sort) => ListKeys(connection, list.Filter, sort, 1, (value, conversationId)).FirstOrDefault()?.ConversationId;
                return new ConversationNeighbours(After(list.Sort with { Descending = !list.Sort.Descending }), After(list.Sort));
            },
            cancellationToken);

    /// <summary>The surroundings of what is searched for in the newest message that holds it, for each conversation that has one.</summary>
    public Task<IReadOnlyDictionary<string, string>> FindSnippetsAsync(IReadOnlyList<string> conversationIds, string text, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, string>>(
            connection =>
            {
                const string sql = "SELECT content FROM chat_messages WHERE session_id = @id AND search_match(content, @text) ORDER BY sequence DESC, id DESC LIMIT 1";
                var snippets = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var id in conversationIds)
                {
                    if (connection.ExecuteScalar<string?>(sql, new { id, text }) is { } content)
                        snippets[id] = Snippet.Around(content, text, before: 20)!;
                }

                return snippets;
            },
            cancellationToken);

    private static List<Key> ListKeys(SqliteConnection connection, ConversationFilter filter, ConversationSort sort, int limit, (object? Value, object? Id)? after)
    {
        var sql = ConversationFilterQueries.Compose(connection, filter, isWalked: true);
        sql.Parameters.Add("limit", limit);
        var direction = sort.Descending ? "DESC" : "ASC";
        var value = sort.Column switch
        {
            "last_message_at" => "c.last_message_at",
            "first_message_at" => "c.first_message_at",
            "message_count" => "c.message_count",
            "total_tokens" => "c.total_tokens",
            _ => "COALESCE(c.estimated_cost_usd, -1)",
        };
        var start = "";
        if (after is { } last)
        {
            sql.Parameters.Add("startValue", last.Value);
            sql.Parameters.Add("startId", last.Id);
            start = $"{(sort.Descending ? "<" : ">")} (@startValue, @startId)";
        }

        if (sort.Column == "estimated_cost_usd")
            return ListKeysByCost(connection, sql, start, direction);
        if (start.Length > 0)
            start = $"AND ({value}, c.conversation_id) {start}";
        var order = $"ORDER BY {value} {direction}, c.conversation_id {direction} LIMIT @limit";
        var clean = $"SELECT {value} AS sort_value, c.conversation_id FROM conversation_rollup c WHERE {sql.Where} AND {sql.Clean} {start} {order}";
        if (!sql.HasDirty)
            return connection.Query<Key>(clean, sql.Parameters).AsList();
        var dirty = sql.Dirty;
        if (sql.HasManyDirty && sort is { Column: "last_message_at", Descending: true } && NewestStaleQueries.List(connection, sql, start, after?.Value, limit) is { } newest)
        {
            sql.Parameters.Add("newest", newest);
            dirty = "c.conversation_id IN @newest";
        }

        return connection.Query<Key>(
            $"""
            SELECT sort_value, conversation_id FROM ({clean})
            UNION ALL
            SELECT sort_value, conversation_id FROM (
              SELECT {value} AS sort_value, c.conversation_id FROM analytics_conversations_view c WHERE {dirty} AND {sql.Where} {start} {order})
            ORDER BY 1 {direction}, 2 {direction} LIMIT @limit
            """,
            sql.Parameters).AsList();
    }

    private static List<Key> ListKeysByCost(SqliteConnection connection, ConversationFilterQueries sql, string start, string direction)
    {
        string StartIn(string alias) => start.Length == 0 ? "" : $"AND (COALESCE({alias}.estimated_cost_usd, -1), {alias}.conversation_id) {start}";
        const string staleSql = "SELECT conversation_id FROM conversation_figures_dirty UNION SELECT conversation_id FROM conversation_dirty LIMIT 2001";
        var stale = connection.Query<string>(staleSql).AsList();
        string staleIds;
        if (stale.Count > 2000)
        {
            staleIds = "c.conversation_id IN (SELECT conversation_id FROM conversation_figures_dirty UNION SELECT conversation_id FROM conversation_dirty)";
        }
        else
        {
            staleIds = "c.conversation_id IN @stale";
            sql.Parameters.Add("stale", stale);
        }

        var fresh = stale.Count == 0
            ? "1"
            : "NOT EXISTS (SELECT 1 FROM conversation_figures_dirty s WHERE s.conversation_id = f.conversation_id) AND NOT EXISTS (SELECT 1 FROM conversation_dirty s WHERE s.conversation_id = f.conversation_id)";
        var clean = $"""
            SELECT COALESCE(f.estimated_cost_usd, -1) AS sort_value, f.conversation_id
            FROM conversation_figures f CROSS JOIN conversation_rollup c ON c.conversation_id = f.conversation_id
            WHERE {sql.Where} AND {fresh} {StartIn("f")}
            ORDER BY COALESCE(f.estimated_cost_usd, -1) {direction}, f.conversation_id {direction} LIMIT @limit
            """;
        if (stale.Count == 0)
            return connection.Query<Key>(clean, sql.Parameters).AsList();
        return connection.Query<Key>(
            $"""
            SELECT sort_value, conversation_id FROM ({clean})
            UNION ALL
            SELECT sort_value, conversation_id FROM (
              SELECT COALESCE(c.estimated_cost_usd, -1) AS sort_value, c.conversation_id FROM analytics_conversations_view c
              WHERE {staleIds} AND {sql.Where} {StartIn("c")}
              ORDER BY 1 {direction}, 2 {direction} LIMIT @limit)
            ORDER BY 1 {direction}, 2 {direction} LIMIT @limit
            """,
            sql.Parameters).AsList();
    }

    private const string FirstUserMessage = "(SELECT substr(t.content, 1, 200) FROM chat_messages t WHERE t.session_id = c.conversation_id AND t.role = 'user' ORDER BY t.sequence, t.id LIMIT 1) AS first_user_message";

    /// <summary>The rows of some conversations, in the order of their ids; ids of no conversation are left out.</summary>
    internal static List<ConversationRow> ReadRows(SqliteConnection connection, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
            return [];
        const string fresh = $"""
            SELECT c.conversation_id, c.user_id, c.platform, a.title, a.summary, c.visibility, c.is_archived, COALESCE(a.is_starred, 0) AS is_starred,
              c.message_count, 1 AS session_count, c.total_tokens, c.first_message_at, c.last_message_at, f.created_at, f.updated_at, a.metadata,
              c.username, c.models, c.error_count, f.input_tokens, f.output_tokens, f.cached_tokens, f.reasoning_tokens, f.estimated_cost_usd, f.unpriced_tokens,
              {FirstUserMessage}
            FROM conversation_rollup c
            JOIN conversation_figures f ON f.conversation_id = c.conversation_id
            LEFT JOIN conversation_annotations a ON a.conversation_id = c.conversation_id
            WHERE c.conversation_id IN @ids
              AND NOT EXISTS (SELECT 1 FROM conversation_dirty d WHERE d.conversation_id = c.conversation_id)
              AND NOT EXISTS (SELECT 1 FROM conversation_figures_dirty d WHERE d.conversation_id = c.conversation_id)
            """;
        var rows = connection.Query<ConversationRow>(fresh, new { ids }).ToDictionary(r => r.ConversationId, StringComparer.Ordinal);
        var stale = ids.Where(id => !rows.ContainsKey(id)).ToList();
        if (stale.Count > 0)
        {
            const string live = $"""
                SELECT c.conversation_id, c.user_id, c.platform, c.title, c.summary, c.visibility, c.is_archived, c.is_starred,
                  c.message_count, c.session_count, c.total_tokens, c.first_message_at, c.last_message_at, c.created_at, c.updated_at, c.metadata,
                  c.username, c.models, c.error_count, c.input_tokens, c.output_tokens, c.cached_tokens, c.reasoning_tokens, c.estimated_cost_usd, c.unpriced_tokens,
                  {FirstUserMessage}
                FROM analytics_conversations_view c
                WHERE c.conversation_id IN @stale
                """;
            foreach (var row in connection.Query<ConversationRow>(live, new { stale }))
                rows[row.ConversationId] = row;
        }

        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    private sealed record Key
    {
        public object? SortValue { get; init; }

        public string ConversationId { get; init; } = "";
    }
}

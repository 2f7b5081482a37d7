using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Counts conversations per filter value, from one index of the roll-up and, where that is stale, the live view.</summary>
public sealed class ConversationFacetQueries(Database database)
{
    private const int MaxCosts = 5000;
    private const int MaxStale = 2000;

    /// <summary>The counts and sums for a filter.</summary>
    public Task<ConversationFacets> GetFacetsAsync(ConversationFilter filter, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
            {
                var open = filter with { Platform = null, Model = null, Visibility = null, HasError = null, Starred = null };
                var facets = ConversationFacets.From(ReadGroups(connection, open), filter);
                return facets.Conversations <= MaxCosts ? AddCost(connection, filter, facets) : facets;
            },
            cancellationToken);

    /// <summary>How many conversations match.</summary>
    public Task<long> CountAsync(ConversationFilter filter, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
            {
                var sql = ConversationFilterQueries.Compose(connection, filter);
                return connection.ExecuteScalar<long>(
                    $"""
                    SELECT (SELECT COUNT(*) FROM conversation_rollup c WHERE {sql.Where} AND {sql.Clean})
                      {(sql.HasDirty ? $"+ (SELECT COUNT(*) FROM analytics_conversations_view c WHERE {sql.Dirty} AND {sql.Where})" : "")}
                    """,
                    sql.Parameters);
            },
            cancellationToken);

    private static List<FacetGroup> ReadGroups(SqliteConnection connection, ConversationFilter open)
    {
        var groups = ReadGroups(connection, open, starred: false);
        // Stars are few and live in another table: counted alone and taken off the rest.
        foreach (var star in ReadGroups(connection, open with { Starred = true }, starred: true))
        {
            var at = groups.FindIndex(g => g.Platform == star.Platform && g.Visibility == star.Visibility && g.Models == star.Models && g.HasError == star.HasError && !g.Starred);
            if (at >= 0)
            {
                var rest = groups[at];
                groups[at] = rest with { Conversations = rest.Conversations - star.Conversations, Messages = rest.Messages - star.Messages, Tokens = rest.Tokens - star.Tokens };
            }

            groups.Add(star);
        }

        return groups;
    }

    private static List<FacetGroup> ReadGroups(SqliteConnection connection, ConversationFilter filter, bool starred)
    {
        const string columns = "c.platform, c.visibility, c.models, c.error_count > 0 AS has_error, COUNT(*) AS conversations, SUM(c.message_count) AS messages, SUM(c.total_tokens) AS tokens";
        var sql = ConversationFilterQueries.Compose(connection, filter);
        sql.Parameters.Add("isStarred", starred ? 1 : 0);
        var clean = $"SELECT {columns}, @isStarred AS starred FROM conversation_rollup c WHERE {sql.Where} AND {sql.Clean} GROUP BY 1, 2, 3, 4";
        var groups = connection.Query<FacetGroup>(clean, sql.Parameters).AsList();
        if (sql.HasDirty)
        {
            var dirty = $"SELECT {columns}, @isStarred AS starred FROM analytics_conversations_view c WHERE {sql.Dirty} AND {sql.Where} GROUP BY 1, 2, 3, 4";
            groups.AddRange(connection.Query<FacetGroup>(dirty, sql.Parameters));
        }

        // One group per key, so that the stars can be taken off it.
        return [.. groups.GroupBy(g => (g.Platform, g.Visibility, g.Models, g.HasError)).Select(g => g.First() with
        {
            Conversations = g.Sum(x => x.Conversations),
            Messages = g.Sum(x => x.Messages),
            Tokens = g.Sum(x => x.Tokens),
        })];
    }

    private static ConversationFacets AddCost(SqliteConnection connection, ConversationFilter filter, ConversationFacets facets)
    {
        const string staleSql = "SELECT conversation_id FROM conversation_figures_dirty UNION SELECT conversation_id FROM conversation_dirty LIMIT 2001";
        var stale = connection.Query<string>(staleSql).AsList();
        if (stale.Count > MaxStale)
            return facets;
        const string columns = "SUM(estimated_cost_usd) AS cost, SUM(unpriced_tokens) AS unpriced";
        var sql = ConversationFilterQueries.Compose(connection, filter);
        sql.Parameters.Add("stale", stale);
        var fresh = stale.Count == 0
            ? "1"
            : "NOT EXISTS (SELECT 1 FROM conversation_figures_dirty s WHERE s.conversation_id = c.conversation_id) AND NOT EXISTS (SELECT 1 FROM conversation_dirty s WHERE s.conversation_id = c.conversation_id)";
        var sums = connection.QuerySingle<CostSum>(
            $"SELECT {columns} FROM conversation_rollup c JOIN conversation_figures f ON f.conversation_id = c.conversation_id WHERE {sql.Where} AND {fresh}",
            sql.Parameters);
        if (stale.Count > 0)
        {
            var live = connection.QuerySingle<CostSum>($"SELECT {columns} FROM analytics_conversations_view c WHERE c.conversation_id IN @stale AND {sql.Where}", sql.Parameters);
            sums = new CostSum { Cost = sums.Cost is null ? live.Cost : sums.Cost + (live.Cost ?? 0), Unpriced = sums.Unpriced + live.Unpriced };
        }

        return facets with { HasCost = true, CostUsd = sums.Cost, UnpricedTokens = sums.Unpriced };
    }

    private sealed record CostSum
    {
        public double? Cost { get; init; }

        public long Unpriced { get; init; }
    }
}

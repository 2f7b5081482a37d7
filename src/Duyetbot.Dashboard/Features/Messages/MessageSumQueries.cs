using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Messages;

/// <summary>What the hits of a search add up to, or how many are known where that is not worth its time.</summary>
/// <param name="Sums">Null where there are too many, or where not every text was looked at.</param>
/// <param name="Counted">Hits that were counted until it was given up; they may be all.</param>
public sealed record FoundSums(RowSums? Sums, long Counted = 0)
{
    /// <summary>"12 hits", "more than 1,000 hits", "12 hits or more", "no hit so far".</summary>
    /// <param name="noun">One of them: "hit".</param>
    public string Words(string noun) => Sums is not null ? Formats.Plural(Sums.Rows, noun)
        : Counted > MessageSumQueries.HitsUpTo ? $"more than {Formats.Plural(MessageSumQueries.HitsUpTo, noun)}"
        : Counted == 0 ? $"no {noun} so far" : $"{Formats.Plural(Counted, noun)} or more";
}

/// <summary>Adds up and counts the messages that a filter leaves: from the sums of figures where they can say it, else from the live view.</summary>
/// <param name="database">Where they are.</param>
/// <param name="figures">Knows the sums of figures.</param>
/// <param name="maxLooked">So many texts are looked at for a search that the index cannot answer.</param>
public sealed class MessageSumQueries(Database database, FigureReader figures, int maxLooked = MessageHitQueries.MaxLooked)
{
    /// <summary>Counts per value are read up to so many messages in the range: each has to be looked at.</summary>
    public const int FacetsUpTo = 50_000;

    /// <summary>Hits of a search are added up and counted up to so many: each has to be read.</summary>
    public const int HitsUpTo = 1000;

    /// <summary>What the messages add up to; of a search only up to <see cref="HitsUpTo"/> hits.</summary>
    public Task<FoundSums> FindSumsAsync(MessageFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        c => HasTooManyHits(c, filter, out var counted, cancellationToken) ? new FoundSums(null, counted) : new FoundSums(GetSums(c, filter)),
        cancellationToken);

    /// <summary>What the messages add up to, however many.</summary>
    public Task<RowSums> GetSumsAsync(MessageFilter filter, CancellationToken cancellationToken) => database.ReadAsync(c => GetSums(c, filter), cancellationToken);

    /// <summary>How many messages match.</summary>
    public Task<long> CountAsync(MessageFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        c =>
        {
            if (figures.FindSum(c, filter) is { } sum)
                return sum.Rows;
            var (where, parameters) = Where(filter);
            return c.ExecuteScalar<long>($"SELECT COUNT(*) FROM analytics_messages_view m WHERE {where}", parameters);
        },
        cancellationToken);

    /// <summary>The counts of the filter bar; null where too many messages would have to be read.</summary>
    public Task<MessageFacets?> FindFacetsAsync(MessageFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        c =>
        {
            var open = filter with { Role = null, Platform = null, Model = null, Source = null, HasError = null, Rules = new(filter.Rules.Where(r => r.Dimension == "user_id")) };
            if (filter.Q is null ? IsLong(c, filter) : HasTooManyHits(c, open, out _, cancellationToken))
                return null;
            var (where, parameters) = Where(open);
            var groups = c.Query<MessageFacetGroup>(
                $"""
                SELECT m.role, m.platform, m.model, m.app_source AS source, COALESCE(m.event_status = 'error', 0) AS has_error, COUNT(*) AS count
                FROM analytics_messages_view m
                WHERE {where}
                GROUP BY 1, 2, 3, 4, 5
                """,
                parameters).AsList();
            return (MessageFacets?)MessageFacets.From(groups, filter);
        },
        cancellationToken);

    private RowSums GetSums(SqliteConnection c, MessageFilter filter)
    {
        if (figures.FindSum(c, filter) is { } sum)
            return RowSums.Of(sum);
        var (where, parameters) = Where(filter);
        return c.QuerySingle<RowSums>(
            $"""
            SELECT COUNT(*) AS rows, COALESCE(SUM(m.input_tokens), 0) AS input_tokens, COALESCE(SUM(m.output_tokens), 0) AS output_tokens,
              COALESCE(SUM(m.cached_tokens), 0) AS cached_tokens, COALESCE(SUM(m.reasoning_tokens), 0) AS reasoning_tokens,
              COALESCE(SUM(m.unpriced_tokens), 0) AS unpriced_tokens, CAST(COALESCE(SUM(m.estimated_cost_usd), 0) AS REAL) AS priced_usd,
              COUNT(DISTINCT m.session_id) AS conversations, COUNT(DISTINCT m.user_id) AS users
            FROM analytics_messages_view m
            WHERE {where}
            """,
            parameters);
    }

    // Where not every text could be looked at, there may be more.
    private bool HasTooManyHits(SqliteConnection connection, MessageFilter filter, out long counted, CancellationToken cancellationToken)
    {
        counted = 0;
        if (filter.Q is null)
            return false;
        var end = MessageHitQueries.FindEnd(connection, filter, null, maxLooked);
        counted = MessageHitQueries.Count(connection, filter, HitsUpTo + 1, end, cancellationToken);
        return counted > HitsUpTo || end is not null;
    }

    // A conversation or an event has few messages; a range has what its index says.
    private static bool IsLong(SqliteConnection connection, MessageFilter filter)
    {
        const string sql = "SELECT COUNT(*) FROM (SELECT 1 FROM chat_messages WHERE timestamp >= @from AND timestamp < @to LIMIT @limit)";
        return filter.ConversationId is null && filter.EventId is null
            && connection.ExecuteScalar<long>(sql, new { from = filter.From ?? long.MinValue, to = filter.To ?? long.MaxValue, limit = FacetsUpTo + 1 }) > FacetsUpTo;
    }

    private static (string Where, DynamicParameters Parameters) Where(MessageFilter filter)
    {
        var parameters = new DynamicParameters();
        var clauses = MessageWhere.Clauses(filter, (name, value) => parameters.Add(name, value));
        return (clauses.Count == 0 ? "1" : string.Join(" AND ", clauses), parameters);
    }
}

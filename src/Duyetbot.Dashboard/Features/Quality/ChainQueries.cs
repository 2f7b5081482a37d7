using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Quality;

/// <summary>Checks that read traces one by one, the newest first: their chains of agents, and their tokens against steps and messages.</summary>
public sealed class ChainQueries(Database database)
{
    /// <summary>Counts look at so many of the newest traces, and say so where there are more; lists go on to the end.</summary>
    public const int MostChains = 200_000;

    /// <summary>The same for the ledger, whose every trace is three sums.</summary>
    public const int MostLedgers = 100_000;

    private const int Chunk = 5_000;

    private const string Chains = """
        SELECT oe.id, oe.triggered_at AS order_value, CASE WHEN typeof(oe.triggered_at) = 'integer' THEN oe.triggered_at END AS at, CAST(oe.event_id AS TEXT) AS event_id,
          CASE WHEN json_valid(oe.agents) THEN json_type(oe.agents) ELSE 'not JSON' END AS agents_kind,
          CASE WHEN NOT json_valid(oe.agents) THEN substr(CAST(oe.agents AS TEXT), 1, 120)
               WHEN json_type(oe.agents) = 'array' THEN CASE WHEN oe.agents <> '[]' THEN oe.agents END
               ELSE substr(oe.agents, 1, 120) END AS agents
        FROM observability_events oe
        WHERE oe.agents IS NOT NULL
        """;

    private const string Ledgers = """
        SELECT e.id, e.triggered_at AS order_value, CASE WHEN typeof(e.triggered_at) = 'integer' THEN e.triggered_at END AS at, CAST(e.event_id AS TEXT) AS event_id,
          CASE WHEN typeof(e.input_tokens) = 'integer' AND e.input_tokens BETWEEN 0 AND 1000000000000 THEN e.input_tokens ELSE 0 END
          + CASE WHEN typeof(e.output_tokens) = 'integer' AND e.output_tokens BETWEEN 0 AND 1000000000000 THEN e.output_tokens ELSE 0 END AS own,
          (SELECT SUM(s.total_tokens) FROM analytics_agent_steps_view s WHERE s.event_id = e.event_id) AS steps,
          (SELECT SUM(m.total_tokens) FROM analytics_messages_view m WHERE m.event_id = e.event_id) AS messages
        FROM observability_events e
        WHERE 1
        """;

    /// <summary>What the checks of the group find among the newest traces of the range.</summary>
    internal async Task<IReadOnlyList<FindingCount>> CountAsync(QualityGroup group, TimeRange range, IReadOnlyList<QualityKind> kinds, CancellationToken cancellationToken)
    {
        var most = MostOf(group);
        var found = kinds.ToDictionary(k => k.Kind, _ => (Count: 0L, First: (long?)null, Last: (long?)null));
        var looked = 0L;
        (object? Value, object? Id)? after = null;
        while (looked < most)
        {
            var rows = await NextAsync(group, range, after, (int)Math.Min(Chunk, most - looked), cancellationToken);
            looked += rows.Count;
            foreach (var row in rows)
            {
                foreach (var (kind, _) in row.Faults)
                {
                    var (count, first, last) = found[kind];
                    found[kind] = (count + 1, row.At < first || first is null ? row.At : first, row.At > last || last is null ? row.At : last);
                }
            }

            if (rows.Count == 0)
                break;
            after = (rows[^1].OrderValue, rows[^1].Id);
        }

        var total = looked < most ? looked : await TotalAsync(group, range, cancellationToken);
        return [.. kinds.Select(k => new FindingCount { Kind = k.Kind, Count = found[k.Kind].Count, Checked = looked, Total = total, FirstSeenAt = found[k.Kind].First, LastSeenAt = found[k.Kind].Last })];
    }

    /// <summary>The traces that one check finds.</summary>
    /// <param name="kind">Which check.</param>
    /// <param name="range">Which traces.</param>
    /// <param name="take">At most so many.</param>
    /// <param name="after">The place after which they begin.</param>
    /// <param name="toTheEnd">False to look no further than the count does.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    internal async Task<IReadOnlyList<SampleRow>> ListAsync(QualityKind kind, TimeRange range, int take, (object? Value, object? Id)? after, bool toTheEnd, CancellationToken cancellationToken)
    {
        var samples = new List<SampleRow>();
        var looked = 0L;
        while (samples.Count < take && (toTheEnd || looked < MostOf(kind.Group)))
        {
            var rows = await NextAsync(kind.Group, range, after, Chunk, cancellationToken);
            if (rows.Count == 0)
                break;
            looked += rows.Count;
            samples.AddRange(
                from row in rows
                from fault in row.Faults
                where fault.Kind == kind.Kind
                select new SampleRow { Id = row.Id, OrderValue = row.OrderValue, EventId = row.EventId, At = row.At, Reason = fault.Reason });
            after = (rows[^1].OrderValue, rows[^1].Id);
        }

        return samples.Count <= take ? samples : samples[..take];
    }

    private static int MostOf(QualityGroup group) => group == QualityGroup.Chains ? MostChains : MostLedgers;

    private async Task<IReadOnlyList<Walked>> NextAsync(QualityGroup group, TimeRange range, (object? Value, object? Id)? after, int take, CancellationToken cancellationToken)
    {
        var alias = group == QualityGroup.Chains ? "oe" : "e";
        var sql = $"""
            {(group == QualityGroup.Chains ? Chains : Ledgers)} AND {QualityQueries.RangeClause($"{alias}.triggered_at", range)}{(after is null ? "" : $" AND ({alias}.triggered_at, {alias}.id) < (@value, @id)")}
            ORDER BY {alias}.triggered_at DESC, {alias}.id DESC
            LIMIT @take
            """;
        var parameters = new { from = range.From, to = range.To, value = after?.Value, id = after?.Id, take };
        return group == QualityGroup.Chains
            ? await database.ReadAsync<IReadOnlyList<Walked>>(c => [.. c.Query<ChainRow>(sql, parameters, buffered: false).Select(Walked.Of)], cancellationToken)
            : await database.ReadAsync<IReadOnlyList<Walked>>(c => [.. c.Query<LedgerRow>(sql, parameters, buffered: false).Select(Walked.Of)], cancellationToken);
    }

    private Task<long> TotalAsync(QualityGroup group, TimeRange range, CancellationToken cancellationToken) => database.ReadAsync(
        c => c.ExecuteScalar<long>(
            $"SELECT COUNT(*) FROM observability_events oe WHERE {(group == QualityGroup.Chains ? "oe.agents IS NOT NULL" : "1")} AND {QualityQueries.RangeClause("oe.triggered_at", range)}",
            new { from = range.From, to = range.To }),
        cancellationToken);
}

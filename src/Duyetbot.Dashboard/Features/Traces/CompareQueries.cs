using Dapper;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>A trace to compare another one with.</summary>
public sealed record CompareCandidate
{
    public string EventId { get; init; } = "";

    /// <summary>Unix ms.</summary>
    public long TriggeredAt { get; init; }

    public string? Status { get; init; }

    public long? DurationMs { get; init; }
}

/// <summary>The traces that lie nearest before one.</summary>
/// <param name="SameUser">The previous one of the same user; null where there is none.</param>
/// <param name="SameKind">The previous one of the same source and type; null where there is none among the <see cref="CompareQueries.Reach"/> traces before.</param>
public sealed record CompareCandidates(CompareCandidate? SameUser, CompareCandidate? SameKind);

/// <summary>Finds what a trace can be compared with.</summary>
public sealed class CompareQueries(Database database)
{
    /// <summary>So many traces before one are looked through for its source and type, which have no index together.</summary>
    public const int Reach = 20_000;

    private const string Columns = """
        event_id, triggered_at, status,
        CASE WHEN typeof(duration_ms) = 'integer' AND duration_ms BETWEEN 0 AND 1000000000000 THEN duration_ms END AS duration_ms
        """;

    /// <summary>The candidates for an event; none where there is no such event.</summary>
    public Task<CompareCandidates?> FindBeforeAsync(string eventId, CancellationToken cancellationToken) => database.ReadAsync<CompareCandidates?>(
        c =>
        {
            CompareCandidate? Previous(string sql) => c.QuerySingleOrDefault<CompareCandidate>(sql, new { eventId, reach = Reach });
            return new CompareCandidates(
                Previous($"""
                    SELECT {Columns} FROM observability_events
                    WHERE user_id = (SELECT user_id FROM observability_events WHERE event_id = @eventId)
                      AND (triggered_at, id) < (SELECT triggered_at, id FROM observability_events WHERE event_id = @eventId)
                      AND typeof(triggered_at) = 'integer'
                    ORDER BY triggered_at DESC, id DESC LIMIT 1
                    """),
                Previous($"""
                    SELECT {Columns} FROM (
                      SELECT event_id, triggered_at, status, duration_ms, app_source, event_type FROM observability_events
                      WHERE (triggered_at, id) < (SELECT triggered_at, id FROM observability_events WHERE event_id = @eventId)
                        AND typeof(triggered_at) = 'integer'
                      ORDER BY triggered_at DESC, id DESC LIMIT @reach)
                    WHERE (app_source, event_type) IS (SELECT app_source, event_type FROM observability_events WHERE event_id = @eventId)
                    LIMIT 1
                    """));
        },
        cancellationToken);
}

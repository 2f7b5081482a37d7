using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>One event in the picture of duration over time.</summary>
public sealed record TracePoint
{
    public string EventId { get; init; } = "";

    /// <summary>Unix ms.</summary>
    public long TriggeredAt { get; init; }

    public long DurationMs { get; init; }

    public string? Status { get; init; }
}

/// <summary>The points of a filter, or an even sample of them.</summary>
/// <param name="Points">In order of time.</param>
/// <param name="Total">Events with a duration that the filter leaves.</param>
public sealed record TracePoints(IReadOnlyList<TracePoint> Points, long Total);

/// <summary>Reads the picture above the list of traces.</summary>
public sealed class PointQueries(Database database)
{
    /// <summary>At most about so many points are drawn.</summary>
    public const int MaxPoints = 1_500;

    /// <summary>The events with a duration that the filter leaves; past <see cref="MaxPoints"/> every n-th by row id.</summary>
    public Task<TracePoints> GetPointsAsync(EventFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        c =>
        {
            var parameters = new DynamicParameters();
            var where = EventWhere.Build(filter, parameters) + " AND oe.duration_ms BETWEEN 0 AND 1000000000000 AND typeof(oe.triggered_at) = 'integer'";
            var total = c.ExecuteScalar<long>($"SELECT COUNT(*) FROM observability_events oe WHERE {where}", parameters);
            parameters.Add("every", (total + MaxPoints - 1) / MaxPoints);
            var points = c.Query<TracePoint>(
                $"SELECT oe.event_id, oe.triggered_at, oe.duration_ms, oe.status FROM observability_events oe WHERE {where} {(total > MaxPoints ? "AND oe.id % @every = 0" : "")} ORDER BY oe.triggered_at LIMIT {2 * MaxPoints}",
                parameters);
            return new TracePoints([.. points], total);
        },
        cancellationToken);
}

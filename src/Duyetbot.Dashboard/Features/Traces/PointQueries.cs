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

/// <summary>How many events lasted how long.</summary>
/// <param name="LowMs">Ms, included.</param>
/// <param name="HighMs">Ms, excluded.</param>
/// <param name="Count">Events.</param>
/// <param name="Errors">Those of them that failed.</param>
public sealed record DurationBar(long LowMs, long HighMs, long Count, long Errors);

/// <summary>Durations in steps of 1, 2 and 5 × 10ⁿ ms, without the empty ends.</summary>
/// <param name="Bars">In order, also the empty ones between two that are not.</param>
public sealed record DurationHistogram(IReadOnlyList<DurationBar> Bars);

/// <summary>Reads the picture above the list of traces.</summary>
public sealed class PointQueries(Database database)
{
    /// <summary>At most about so many points are drawn.</summary>
    public const int MaxPoints = 1_500;

    private const string HasDuration = "oe.duration_ms BETWEEN 0 AND 1000000000000";

    private static readonly long[] Edges = [0, .. Enumerable.Range(0, 12).SelectMany(n => new[] { 1, 2, 5 }.Select(d => d * (long)Math.Pow(10, n))), 1_000_000_000_001];

    private static readonly string BucketCase = $"CASE {string.Concat(Enumerable.Range(0, Edges.Length - 1).Select(i => $"WHEN oe.duration_ms < {Edges[i + 1]} THEN {i} "))}END";

    /// <summary>All events with a duration that the filter leaves, counted by it.</summary>
    public Task<DurationHistogram> GetHistogramAsync(EventFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        c =>
        {
            var parameters = new DynamicParameters();
            var where = EventWhere.Build(filter, parameters);
            var counts = c.Query<(long Bucket, long Count, long Errors)>(
                $"SELECT {BucketCase} AS bucket, COUNT(*) AS count, SUM(oe.status IS 'error') AS errors FROM observability_events oe WHERE {where} AND {HasDuration} AND typeof(oe.triggered_at) = 'integer' GROUP BY 1",
                parameters).ToDictionary(r => r.Bucket);
            if (counts.Count == 0)
                return new DurationHistogram([]);
            var (first, last) = ((int)counts.Keys.Min(), (int)counts.Keys.Max());
            return new DurationHistogram([.. Enumerable.Range(first, last - first + 1).Select(i => Bar(i, counts.GetValueOrDefault(i)))]);
        },
        cancellationToken);

    private static DurationBar Bar(int bucket, (long Bucket, long Count, long Errors) row) => new(Edges[bucket], Edges[bucket + 1], row.Count, row.Errors);

    /// <summary>The events with a duration that the filter leaves; past <see cref="MaxPoints"/> every n-th by row id.</summary>
    public Task<TracePoints> GetPointsAsync(EventFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        c =>
        {
            var parameters = new DynamicParameters();
            var where = EventWhere.Build(filter, parameters) + $" AND {HasDuration} AND typeof(oe.triggered_at) = 'integer'";
            var total = c.ExecuteScalar<long>($"SELECT COUNT(*) FROM observability_events oe WHERE {where}", parameters);
            parameters.Add("every", (total + MaxPoints - 1) / MaxPoints);
            var points = c.Query<TracePoint>(
                $"SELECT oe.event_id, oe.triggered_at, oe.duration_ms, oe.status FROM observability_events oe WHERE {where} {(total > MaxPoints ? "AND oe.id % @every = 0" : "")} ORDER BY oe.triggered_at LIMIT {2 * MaxPoints}",
                parameters);
            return new TracePoints([.. points], total);
        },
        cancellationToken);
}

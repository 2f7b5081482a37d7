using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>How many events a value of a filter would leave.</summary>
public sealed record FacetValue
{
    public string? Value { get; init; }

    public long Count { get; init; }
}

/// <summary>The counts beside the filter's values, each under all the other filters.</summary>
/// <param name="Total">Events that the whole filter leaves.</param>
/// <param name="Statuses">By status, errors first; processing and pending are one: running.</param>
/// <param name="Sources">By source, most first.</param>
/// <param name="Types">By event type, most first.</param>
/// <param name="Agents">Names of steps with the number of events that hold them, most first; null where too many events would have to be read.</param>
public sealed record TraceFacets(long Total, IReadOnlyList<FacetValue> Statuses, IReadOnlyList<FacetValue> Sources, IReadOnlyList<FacetValue> Types, IReadOnlyList<FacetValue>? Agents);

/// <summary>Reads the counts of the filter bar.</summary>
public sealed class FacetQueries(Database database)
{
    /// <summary>Agents are counted up to so many events: each one's JSON has to be read.</summary>
    public const int AgentsUpTo = 2_000;

    private const int MaxValues = 8;

    /// <summary>The counts under a filter.</summary>
    public Task<TraceFacets> GetFacetsAsync(EventFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        c =>
        {
            var statuses = Group(c, filter.Without("status"), $"CASE WHEN oe.status IN ('processing', 'pending') THEN '{EventFilter.Running}' ELSE oe.status END");
            var total = filter.Status is null ? statuses.Sum(s => s.Count) : Total(c, filter);
            return new TraceFacets(
                total,
                [.. statuses.OrderBy(s => s.Value switch { "error" => 0, "success" => 1, EventFilter.Running => 2, _ => 3 })],
                Group(c, filter.Without("app_source"), "oe.app_source"),
                Group(c, filter.Without("event_type"), "oe.event_type"),
                total <= AgentsUpTo && filter.Agent is null ? Agents(c, filter) : null);
        },
        cancellationToken);

    /// <summary>How many events each part of the filter keeps away: the count without it, most first; parts that keep none away are left out.</summary>
    public Task<IReadOnlyList<FacetValue>> ListDropsAsync(EventFilter filter, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<FacetValue>>(
        c =>
        {
            var drops = EventFilter.Names.Where(n => filter.ValueOf(n) is not null)
                .Select(n => new FacetValue { Value = n, Count = Total(c, filter.Without(n)) });
            if (filter.From is not null || filter.To is not null)
                drops = drops.Append(new FacetValue { Value = "range", Count = Total(c, filter with { From = null, To = null }) });
            return [.. drops.Where(d => d.Count > 0).OrderByDescending(d => d.Count)];
        },
        cancellationToken);

    private static long Total(SqliteConnection connection, EventFilter filter)
    {
        var parameters = new DynamicParameters();
        return connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM observability_events oe WHERE {EventWhere.Build(filter, parameters)}", parameters);
    }

    private static List<FacetValue> Group(SqliteConnection connection, EventFilter filter, string value)
    {
        var parameters = new DynamicParameters();
        return [.. connection.Query<FacetValue>($"SELECT {value} AS value, COUNT(*) AS count FROM observability_events oe WHERE {EventWhere.Build(filter, parameters)} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MaxValues}", parameters)];
    }

    private static List<FacetValue> Agents(SqliteConnection connection, EventFilter filter)
    {
        var parameters = new DynamicParameters();
        return
        [
            .. connection.Query<FacetValue>(
                $"""
                SELECT s.agent_name AS value, COUNT(DISTINCT s.event_id) AS count
                FROM observability_events oe JOIN analytics_agent_steps_view s ON s.event_id = oe.event_id
                WHERE s.agent_name IS NOT NULL AND {EventWhere.Build(filter, parameters)}
                GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 3
                """,
                parameters),
        ];
    }
}

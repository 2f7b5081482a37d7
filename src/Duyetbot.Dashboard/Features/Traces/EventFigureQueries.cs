using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>What analytics_events_view works out of an event's steps, kept per event in event_figures; stale rows are read from the view.</summary>
internal static class EventFigureQueries
{
    /// <summary>The kept figures.</summary>
    public static readonly Rollup Rollup = new(
        "event_figures",
        "analytics_events_view",
        "event_id",
        "event_figures_dirty",
        ["event_id", "has_steps", "step_count", "error_count", "estimated_cost_usd", "unpriced_tokens"],
        Data.Rollup.Events);

    /// <summary>observability_events as <c>oe</c> with its figures as <c>f</c>, NULL throughout where they are stale.</summary>
    public const string Events = """
        observability_events oe
        LEFT JOIN event_figures f ON f.event_id = oe.event_id AND NOT EXISTS (SELECT 1 FROM event_figures_dirty d WHERE d.event_id = oe.event_id)
        """;

    /// <summary>USD of the event, NULL where it is unknown; needs <see cref="Events"/>.</summary>
    public const string Cost = "CASE WHEN f.event_id IS NULL THEN (SELECT v.estimated_cost_usd FROM analytics_events_view v WHERE v.id = oe.id) ELSE f.estimated_cost_usd END";
}

using NodaTime;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>What reads figures and keeps their sums.</summary>
public static class FigureServices
{
    // figure_days has rows of clean quarter hours only where nothing was marked since: days go with their quarter hours.
    private static readonly DerivedTable Figures = new(
        FigureReader.BuildingName,
        "figure_dirty",
        ["analytics_messages_view", "analytics_agent_steps_view", "analytics_events_view"],
        """
        DELETE FROM figure_days;
        DELETE FROM figure_slots;
        INSERT OR IGNORE INTO figure_dirty(slot)
          SELECT CAST(timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM chat_messages
          WHERE typeof(timestamp) IN ('integer', 'real') AND timestamp BETWEEN -62135596800000 AND 253402300799999
          UNION
          SELECT CAST(triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM observability_events
          WHERE typeof(triggered_at) IN ('integer', 'real') AND triggered_at BETWEEN -62135596800000 AND 253402300799999;
        """,
        [("figure_slots", "kind, slot, facts"), ("figure_days", "zone, part, day_start, day_end, cells")],
        Format: 4);

    /// <summary>Registers them, and what the sums are made of.</summary>
    /// <param name="services">The product's services.</param>
    /// <param name="zone">The zone of days where an address names none.</param>
    public static IServiceCollection AddFigures(this IServiceCollection services, DateTimeZone zone) => services
        .AddSingleton(Figures)
        .AddSingleton(new FigureZones(zone))
        .AddSingleton<FigureNames>()
        .AddSingleton<FigureReader>()
        .AddSingleton<ModelUseReader>()
        .AddSingleton<FigureRefresher>()
        .AddSingleton<IDerivedRefresher>(s => s.GetRequiredService<FigureRefresher>())
        .AddHostedService(s => s.GetRequiredService<FigureRefresher>());
}

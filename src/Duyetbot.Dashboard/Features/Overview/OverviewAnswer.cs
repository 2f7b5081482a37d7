using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Overview;

/// <summary>A figure of the range and of the range before; null where it does not exist.</summary>
/// <param name="Value">In the range.</param>
/// <param name="Previous">In the range before.</param>
public sealed record OverviewFigure(double? Value, double? Previous);

/// <summary>What GET /api/v1/overview answers.</summary>
/// <remarks>Counts, tokens, USD, percent for error_rate, ms for durations; percentiles are exact, by nearest rank. Archived messages are left out.</remarks>
/// <param name="Timezone">The IANA zone of days.</param>
/// <param name="From">Start in Unix ms, included.</param>
/// <param name="To">End in Unix ms, excluded.</param>
/// <param name="PreviousFrom">Start of the range before in Unix ms; it ends where the range begins.</param>
/// <param name="Figures">By name.</param>
/// <param name="Building">Derived parts still being built, or null.</param>
public sealed record OverviewAnswer(string Timezone, long From, long To, long PreviousFrom, IReadOnlyDictionary<string, OverviewFigure> Figures, IReadOnlyList<string>? Building)
{
    /// <summary>The figures in the API's shape.</summary>
    public static OverviewAnswer Of(FigureRange range, OverviewFigures messages, OverviewEvents events, IReadOnlyList<string>? building)
    {
        var figures = new Dictionary<string, OverviewFigure>
        {
            ["conversation_count"] = Message(s => s.Conversations),
            ["message_count"] = Message(s => s.Rows),
            ["user_count"] = Message(s => s.Users),
            ["input_tokens"] = Message(s => s.Input),
            ["output_tokens"] = Message(s => s.Output),
            ["cached_tokens"] = Message(s => s.Cached),
            ["reasoning_tokens"] = Message(s => s.Reasoning),
            ["total_tokens"] = Message(s => s.Total),
            ["estimated_cost_usd"] = Message(s => s.Cost),
            ["unpriced_tokens"] = Message(s => s.Unpriced),
            ["event_count"] = Event(e => e.Events),
            ["error_count"] = Event(e => e.Errors),
            ["error_rate"] = Event(e => e.Events == 0 ? null : e.ErrorRate),
            ["p50_duration_ms"] = Event(e => e.PercentileMs(0.5)),
            ["p95_duration_ms"] = Event(e => e.PercentileMs(0.95)),
        };
        return new OverviewAnswer(range.Zone.Id, range.From, range.To, range.Previous().From, figures, building);

        OverviewFigure Message(Func<FigureSum, double?> value) => new(value(messages.All.Total), messages.Before is { } before ? value(before.All.Total) : null);
        OverviewFigure Event(Func<EventSums, double?> value) => new(value(events.Now), events.Before is { } before ? value(before) : null);
    }
}

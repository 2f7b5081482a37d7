using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>Figures as the API writes them. cached_tokens is part of input_tokens, reasoning_tokens of output_tokens.</summary>
public record UsageFigures
{
    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public long CachedTokens { get; init; }

    public long ReasoningTokens { get; init; }

    public long TotalTokens { get; init; }

    /// <summary>Messages; 0 where steps are counted.</summary>
    public long MessageCount { get; init; }

    /// <summary>Steps, where the grouping is by agent; else 0.</summary>
    public long StepCount { get; init; }

    public long ConversationCount { get; init; }

    public long UserCount { get; init; }

    /// <summary>USD; null where there are tokens and none has a price.</summary>
    public double? EstimatedCostUsd { get; init; }

    /// <summary>Tokens that the cost leaves out.</summary>
    public long UnpricedTokens { get; init; }

    /// <summary>The figures of a sum.</summary>
    public static UsageFigures From(FigureSum sum, bool steps) => new UsageFigures().With(sum, steps);

    private protected UsageFigures With(FigureSum sum, bool steps) => this with
    {
        InputTokens = sum.Input,
        OutputTokens = sum.Output,
        CachedTokens = sum.Cached,
        ReasoningTokens = sum.Reasoning,
        TotalTokens = sum.Total,
        MessageCount = steps ? 0 : sum.Rows,
        StepCount = steps ? sum.Rows : 0,
        ConversationCount = sum.Conversations,
        UserCount = sum.Users,
        EstimatedCostUsd = sum.Cost,
        UnpricedTokens = sum.Unpriced,
    };
}

/// <summary>The figures of one period of one series.</summary>
public sealed record UsagePoint : UsageFigures
{
    /// <summary>Unix ms, included.</summary>
    public long PeriodStart { get; init; }

    /// <summary>Unix ms, excluded.</summary>
    public long PeriodEnd { get; init; }

    /// <summary>The figures of a sum in a period.</summary>
    public static UsagePoint From(Shared.Figures.Period period, FigureSum sum, bool steps) =>
        (UsagePoint)new UsagePoint { PeriodStart = period.Start, PeriodEnd = period.End }.With(sum, steps);
}

/// <summary>One key: every period of the range is there, also the empty ones.</summary>
/// <param name="Key">What the rows have in common; "all" without a grouping, null where rows have none.</param>
/// <param name="Label">The key in a person's words, or null.</param>
/// <param name="Points">In order of time.</param>
/// <param name="Totals">Over the range; users and conversations are counted once.</param>
public sealed record UsageSeries(string? Key, string? Label, IReadOnlyList<UsagePoint> Points, UsageFigures Totals);

/// <summary>The range before.</summary>
/// <param name="From">Its first day.</param>
/// <param name="To">Its last day.</param>
/// <param name="Series">Its series.</param>
/// <param name="Totals">Over that range.</param>
public sealed record UsagePrevious(string From, string To, IReadOnlyList<UsageSeries> Series, UsageFigures Totals);

/// <summary>What GET /api/v1/usage answers.</summary>
/// <param name="Timezone">The IANA zone of days.</param>
/// <param name="Granularity">hour, day, week or month.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Series">Most tokens first.</param>
/// <param name="Totals">Over the range.</param>
/// <param name="Previous">The range before, or null where it was not asked for.</param>
public sealed record UsageAnswer(string Timezone, string Granularity, string From, string To, IReadOnlyList<UsageSeries> Series, UsageFigures Totals, UsagePrevious? Previous)
{
    /// <summary>More points than this are refused: they would not be read.</summary>
    public const int MaxPoints = 200_000;

    /// <summary>The report in the API's shape.</summary>
    /// <exception cref="InvalidParameterException">There are too many points.</exception>
    public static UsageAnswer Of(UsageReport report)
    {
        var question = report.Question;
        var points = report.Now.Series.Count * (long)report.Now.Periods.Count + (report.Before is { } b ? b.Series.Count * (long)b.Periods.Count : 0);
        if (points > MaxPoints)
            throw new InvalidParameterException("granularity", $"gives {points:N0} points with this grouping, more than {MaxPoints:N0}; choose a longer one, a shorter range or a filter.");
        var periods = report.Now.Periods;
        return new UsageAnswer(
            question.Range.Zone.Id,
            question.Granularity.ToString().ToLowerInvariant(),
            FirstDay(periods),
            LastDay(periods),
            SeriesOf(report.Now, question),
            UsageFigures.From(report.Now.All.Total, question.GroupBy == UsageGroup.Agent),
            report.Before is { } before
                ? new UsagePrevious(FirstDay(before.Periods), LastDay(before.Periods), SeriesOf(before, question), UsageFigures.From(before.All.Total, question.GroupBy == UsageGroup.Agent))
                : null);
    }

    private static IReadOnlyList<UsageSeries> SeriesOf(FigureFold fold, UsageQuestion question)
    {
        var steps = question.GroupBy == UsageGroup.Agent;
        return question.GroupBy == UsageGroup.None
            ? [One(fold.All, "all")]
            : [.. fold.Series.Select(s => One(s, s.Key))];

        UsageSeries One(FigureSeries series, string? key) => new(
            key,
            series.Label,
            [.. Enumerable.Range(0, fold.Periods.Count).Select(i => UsagePoint.From(fold.Periods[i], series[i], steps))],
            UsageFigures.From(series.Total, steps));
    }

    private static string FirstDay(Periods periods) => Day(periods, periods.From);

    private static string LastDay(Periods periods) => Day(periods, periods.To - 1);

    private static string Day(Periods periods, long unixMs) => ZonedDays.DateOf(unixMs, periods.Zone).ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

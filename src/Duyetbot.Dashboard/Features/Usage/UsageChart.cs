using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>A series of the usage chart with what its legend says.</summary>
/// <param name="Bars">Name, colour and value per period.</param>
/// <param name="Key">The key, or null for what has none and for token kinds.</param>
/// <param name="IsOther">True for the sum of the small ones.</param>
public sealed record UsageChartSeries(BarSeries Bars, string? Key, bool IsOther);

/// <summary>The usage chart: what the browser draws, and the legend.</summary>
/// <param name="Shape">Bars per period.</param>
/// <param name="Series">From the axis up.</param>
public sealed record UsageChart(PeriodChartShape Shape, IReadOnlyList<UsageChartSeries> Series)
{
    private const int MaxSeries = 8;
    private const string OtherColor = "--step-other";

    // The grey one comes last: beside the grey of "other" it could not be told apart.
    private static readonly string[] Colors = ["--series-1", "--series-2", "--series-3", "--series-4", "--series-5", "--series-6", "--series-8", "--series-7"];

    /// <summary>The chart of a report.</summary>
    public static UsageChart From(UsageReport report, UsageView view, Instant now)
    {
        var series = view.GroupBy == UsageView.Kind ? Kinds(report.Now.All, view) : Keys(report.Now, view);
        var periods = report.Now.Periods;
        (string, IReadOnlyList<double>)? before = report.Before is { } old && old.All.Total.Rows > 0
            ? (PeriodLabels.RangeName(old.Periods, now), [.. Enumerable.Range(0, old.Periods.Count).Select(i => view.ValueOf(old.All[i]))])
            : null;
        var shape = PeriodChartShape.Of(periods, [.. series.Select(s => s.Bars)], before, view.Measure == "cost", view.Log, now);
        return new UsageChart(shape with { Notes = Notes(report.Now.All, view) }, series);
    }

    private static List<UsageChartSeries> Kinds(FigureSeries all, UsageView view)
    {
        if (view.Measure != "tokens")
            return [new UsageChartSeries(new BarSeries(view.MeasureName, "--series-1", Values(all, view.ValueOf)), null, false)];
        return
        [
            Kind("Input, uncached", "--tok-input", s => s.Input - s.Cached),
            Kind("Input, cached", "--tok-cached", s => s.Cached),
            Kind("Output, answer", "--tok-output", s => s.Output - s.Reasoning),
            Kind("Output, reasoning", "--tok-reasoning", s => s.Reasoning),
        ];

        UsageChartSeries Kind(string name, string color, Func<FigureSum, double> value) => new(new BarSeries(name, color, Values(all, value)), null, false);
    }

    private static List<UsageChartSeries> Keys(FigureFold fold, UsageView view)
    {
        var all = fold.Series;
        var top = TopSeries.Take(all, view.ValueOf, MaxSeries);
        var hasOther = all.Count > MaxSeries;
        return [.. top.Select((series, i) =>
        {
            var other = hasOther && i == top.Count - 1;
            return new UsageChartSeries(new BarSeries(UsageNames.Of(series, view.Group), other ? OtherColor : Colors[i], Values(series, view.ValueOf)), series.Key, other);
        })];
    }

    private static IReadOnlyList<string> Notes(FigureSeries all, UsageView view) => [.. Enumerable.Range(0, all.Count).Select(i =>
    {
        var cost = Formats.Usd(all[i].Cost);
        return view.Measure switch
        {
            "cost" => all[i].Unpriced > 0 ? $"without {Formats.Compact(all[i].Unpriced)} unpriced tokens" : "",
            _ => $"{(view.Measure == "messages" ? Formats.Count(all[i].Total) + " tokens, " : "")}cost {cost}",
        };
    })];

    private static double[] Values(FigureSeries series, Func<FigureSum, double> value) => [.. Enumerable.Range(0, series.Count).Select(i => value(series[i]))];
}

/// <summary>How keys are called on screen.</summary>
public static class UsageNames
{
    /// <summary>The label, else the key, else what is missing: "no model".</summary>
    public static string Of(FigureSeries series, UsageGroup group) => series.Label ?? series.Key ?? $"no {UsageGroups.Noun(group)}";
}

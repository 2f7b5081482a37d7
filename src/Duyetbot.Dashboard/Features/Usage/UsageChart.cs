using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>A series of the usage chart with what its legend says.</summary>
/// <param name="Bars">Name, colour and value per period.</param>
/// <param name="Sums">What the bars are sums of.</param>
/// <param name="Keys">Which keys it counts.</param>
/// <param name="Metric">What the bars say of the sums.</param>
public sealed record UsageChartSeries(BarSeries Bars, FigureSeries Sums, UsageKeys Keys, string Metric)
{
    /// <summary>True for the sum of the small ones.</summary>
    public bool IsOther => Keys.IsRest && Keys.Named.Count > 0;
}

/// <summary>The usage chart: what the browser draws, and the legend.</summary>
/// <param name="Shape">Bars per period.</param>
/// <param name="Series">From the axis up.</param>
public sealed record UsageChart(PeriodChartShape Shape, IReadOnlyList<UsageChartSeries> Series)
{
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
        var shape = PeriodChartShape.Of(periods, [.. series.Select(s => s.Bars)], before, view.Measure == "cost", view.Axis, now, view.IsAdditive);
        return new UsageChart(shape with { Notes = Notes(report.Now.All, view, shape) }, series);
    }

    private static List<UsageChartSeries> Kinds(FigureSeries all, UsageView view)
    {
        if (view.Measure != "tokens")
            return [new UsageChartSeries(new BarSeries(view.MeasureName, "--series-1", Values(all, view.ValueOf)), all, UsageKeys.All, view.Metric)];
        return [.. TokenBars.Kinds.Select(k => new UsageChartSeries(new BarSeries(k.Name, k.Color, Values(all, s => k.Value(s))), all, UsageKeys.All, k.Metric))];
    }

    private static List<UsageChartSeries> Keys(FigureFold fold, UsageView view)
    {
        var all = fold.Series;
        var top = TopSeries.Take(all, view.ValueOf, view.Top);
        var hasOther = all.Count > view.Top;
        var named = top.Take(top.Count - (hasOther ? 1 : 0)).Select(s => s.Key).ToList();
        return [.. top.Select((series, i) => i == named.Count
            ? new UsageChartSeries(new BarSeries(UsageNames.Of(series, view.Group), OtherColor, Values(series, view.ValueOf)), series, new UsageKeys(named, true), view.Metric)
            : new UsageChartSeries(new BarSeries(UsageNames.Of(series, view.Group), Colors[i], Values(series, view.ValueOf)), series, UsageKeys.One(series.Key), view.Metric))];
    }

    private static IReadOnlyList<string> Notes(FigureSeries all, UsageView view, PeriodChartShape shape)
    {
        var cut = shape.CutAt.ToHashSet();
        return [.. Enumerable.Range(0, all.Count).Select(i => string.Join(" · ", Parts(all[i], cut.Contains(i)).Where(p => p.Length > 0)))];

        IEnumerable<string> Parts(FigureSum sum, bool isCut) =>
        [
            view.Measure switch
            {
                "cost" => sum.Unpriced > 0 ? $"without {Formats.Compact(sum.Unpriced)} unpriced tokens" : "",
                _ => $"{(view.Measure is "messages" or "conversations" or "users" ? Formats.Count(sum.Total) + " tokens, " : "")}cost {Formats.Usd(sum.Cost)}",
            },
            isCut ? $"drawn cut at {shape.TickLabels[^1]}" : "",
        ];
    }

    private static double[] Values(FigureSeries series, Func<FigureSum, double> value) => [.. Enumerable.Range(0, series.Count).Select(i => value(series[i]))];
}

/// <summary>How keys are called on screen.</summary>
public static class UsageNames
{
    /// <summary>The label, else the key, else what is missing: "no model".</summary>
    public static string Of(FigureSeries series, UsageGroup group) => Formats.Clip(series.Label ?? NameOf(series.Key, group));

    /// <summary>The key, or what is missing: "no model", "empty model".</summary>
    public static string NameOf(string? key, UsageGroup group) => key switch
    {
        null => $"no {UsageGroups.Noun(group)}",
        "" => $"empty {UsageGroups.Noun(group)}",
        _ => key,
    };
}

using NodaTime;

namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>A series of bars, stacked on the ones before.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Color">A custom property of tokens.css: "--tok-input".</param>
/// <param name="Values">A value per period.</param>
public sealed record BarSeries(string Name, string Color, IReadOnlyList<double> Values);

/// <summary>A bar chart over periods, ready to be drawn by the server or the browser with the same geometry.</summary>
public sealed record PeriodChartShape
{
    private const int WideLabels = 16;
    private const int NarrowLabelCount = 5;

    /// <summary>What each period is called.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The labels under the axis, empty where there is no room.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The labels on a phone.</summary>
    public required IReadOnlyList<string> NarrowLabels { get; init; }

    /// <summary>From the axis up.</summary>
    public required IReadOnlyList<BarSeries> Series { get; init; }

    /// <summary>The value of each period in the range before, by position; null where it is not compared.</summary>
    public IReadOnlyList<double>? Before { get; init; }

    /// <summary>What the range before is called.</summary>
    public string BeforeName { get; init; } = "";

    /// <summary>A line of text per period for the tooltip, or null.</summary>
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>Values are US dollars instead of counts.</summary>
    public bool Dollars { get; init; }

    /// <summary>Series stand on each other; else each is a line of its own, because the same user may count in several.</summary>
    public bool Stacked { get; init; } = true;

    /// <summary>The value axis.</summary>
    public required ChartScale Scale { get; init; }

    /// <summary>The texts at the ticks, the foot first.</summary>
    public IReadOnlyList<string> TickLabels => [.. Scale.Ticks.Select(t => Dollars ? Formats.UsdTick(t) : Formats.Compact(t).Replace(".0\u202f", "\u202f", StringComparison.Ordinal))];

    /// <summary>The sum of all series in a period.</summary>
    public double TotalAt(int index) => Series.Sum(s => s.Values[index]);

    /// <summary>The periods whose bar, or one of whose lines, goes on beyond the top of the axis.</summary>
    public IReadOnlyList<int> CutAt => !Scale.IsCut ? [] :
        [.. Enumerable.Range(0, Names.Count).Where(i => Stacked ? Scale.Cuts(TotalAt(i)) : Series.Any(s => Scale.Cuts(s.Values[i])))];

    /// <summary>The height from 0 to 1 that a part of a period's bar takes; on a logarithmic axis, and in a bar that is cut, a part has its share of the whole bar's height.</summary>
    public double HeightOf(BarSeries series, int index)
    {
        if (!Stacked)
            return Scale.HeightOf(series.Values[index]);
        var total = TotalAt(index);
        return total <= 0 ? 0 : Scale.HeightOf(total) * series.Values[index] / total;
    }

    /// <summary>The shape of a fold's periods.</summary>
    /// <param name="periods">The periods.</param>
    /// <param name="series">From the axis up.</param>
    /// <param name="before">The range before, by position, or null.</param>
    /// <param name="dollars">Values are US dollars.</param>
    /// <param name="axis">What the value axis does with values of very different sizes.</param>
    /// <param name="now">The moment in which today is.</param>
    /// <param name="additive">True where series add up; a single one is a bar either way.</param>
    public static PeriodChartShape Of(Periods periods, IReadOnlyList<BarSeries> series, (string Name, IReadOnlyList<double> Values)? before, bool dollars, ChartAxis axis, Instant now, bool additive = true)
    {
        var stacked = additive || series.Count < 2;
        var totals = stacked
            ? Enumerable.Range(0, periods.Count).Select(i => series.Sum(s => s.Values[i])).ToList()
            : [.. series.SelectMany(s => s.Values)];
        var old = before?.Values.Take(periods.Count).ToList();
        return new PeriodChartShape
        {
            Names = [.. Enumerable.Range(0, periods.Count).Select(i => PeriodLabels.Name(periods, i, now))],
            Labels = PeriodLabels.Axis(periods, WideLabels, now),
            NarrowLabels = PeriodLabels.Axis(periods, NarrowLabelCount, now),
            Series = series,
            Before = old,
            BeforeName = before?.Name ?? "",
            Dollars = dollars,
            Stacked = stacked,
            Scale = ChartScale.Of(totals.Concat(old ?? []), axis, whole: !dollars),
        };
    }
}

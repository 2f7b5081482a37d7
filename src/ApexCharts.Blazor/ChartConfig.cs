using System.Text.Json;
using System.Text.Json.Serialization;

namespace ApexCharts;

/// <summary>What travels to the browser: a value that is null is left out, because the library takes a null for a setting.</summary>
internal sealed record ChartConfig
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public required string Label { get; init; }

    public required bool Stacked { get; init; }

    public required int Height { get; init; }

    public int? NarrowHeight { get; init; }

    public required string TextColor { get; init; }

    public required string GridColor { get; init; }

    public required string BandColor { get; init; }

    public required IReadOnlyList<string> Categories { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }

    public IReadOnlyList<string>? NarrowLabels { get; init; }

    public double? Max { get; init; }

    public IReadOnlyList<string>? TickLabels { get; init; }

    public IReadOnlyList<int>? Beyond { get; init; }

    public required int LabelWidth { get; init; }

    public required bool Tooltip { get; init; }

    public IReadOnlyList<string>? Notes { get; init; }

    public required bool Dollars { get; init; }

    public int? Selected { get; init; }

    public required IReadOnlyList<SeriesConfig> Series { get; init; }

    /// <summary>The text that travels; equal texts draw the same chart.</summary>
    public string Serialize() => JsonSerializer.Serialize(this, Json);

    /// <summary>The configuration of a chart and its series.</summary>
    public static ChartConfig Of<TItem>(ApexChartOptions<TItem> options, string label, int? selected, IReadOnlyList<ApexPointSeries<TItem>> series) => new()
    {
        Label = label,
        Stacked = options.Chart.Stacked,
        Height = options.Chart.Height,
        NarrowHeight = options.Chart.NarrowHeight,
        TextColor = options.Chart.TextColor,
        GridColor = options.Chart.GridColor,
        BandColor = options.Chart.BandColor,
        Categories = series.Count == 0 ? [] : [.. series[0].Items.Select(i => series[0].XValue(i).ToString() ?? "")],
        Labels = options.Xaxis.Labels,
        NarrowLabels = options.Xaxis.NarrowLabels,
        Max = options.Yaxis.Max,
        TickLabels = options.Yaxis.TickLabels,
        Beyond = options.Yaxis.Beyond,
        LabelWidth = options.Yaxis.LabelWidth,
        Tooltip = options.Tooltip.Enabled,
        Notes = options.Tooltip.Notes,
        Dollars = options.Tooltip.Dollars,
        Selected = selected,
        Series = [.. series.Select(s => new SeriesConfig(
            s.Name,
            s.SeriesType switch { SeriesType.Bar => "bar", SeriesType.Line => "line", SeriesType.Area => "area", _ => "step" },
            s.Color,
            [.. s.Items.Select(i => Finite(s.YValue(i)))],
            s.PlotValue is { } plot ? [.. s.Items.Select(i => Finite(plot(i)))] : null))],
    };

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}

/// <summary>A series as it travels.</summary>
internal sealed record SeriesConfig(string Name, string Type, string Color, IReadOnlyList<double> Data, IReadOnlyList<double>? Plot);

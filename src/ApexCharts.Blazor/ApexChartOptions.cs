namespace ApexCharts;

/// <summary>How a chart looks. Colours are CSS colours or names of custom properties ("--series-1"), which are read when the chart is drawn and whenever the theme changes.</summary>
/// <typeparam name="TItem">What a point is made of.</typeparam>
public sealed record ApexChartOptions<TItem>
{
    /// <summary>The chart as a whole.</summary>
    public Chart Chart { get; init; } = new();

    /// <summary>The category axis.</summary>
    public XAxis Xaxis { get; init; } = new();

    /// <summary>The value axis.</summary>
    public YAxis Yaxis { get; init; } = new();

    /// <summary>What hovering shows.</summary>
    public Tooltip Tooltip { get; init; } = new();
}

/// <summary>The chart as a whole.</summary>
public sealed record Chart
{
    /// <summary>Columns stand on each other instead of side by side.</summary>
    public bool Stacked { get; init; }

    /// <summary>Height in CSS pixels.</summary>
    public int Height { get; init; } = 300;

    /// <summary>Height in CSS pixels where the chart is narrow.</summary>
    public int? NarrowHeight { get; init; }

    /// <summary>The custom property or colour of axis texts.</summary>
    public string TextColor { get; init; } = "#666";

    /// <summary>The custom property or colour of grid lines.</summary>
    public string GridColor { get; init; } = "#ddd";

    /// <summary>The custom property or colour of the band behind the chosen column.</summary>
    public string BandColor { get; init; } = "#88f";
}

/// <summary>The category axis.</summary>
public sealed record XAxis
{
    /// <summary>A label per category, empty for none; the categories themselves where null.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The labels where the chart is narrow.</summary>
    public IReadOnlyList<string>? NarrowLabels { get; init; }
}

/// <summary>The value axis.</summary>
public sealed record YAxis
{
    /// <summary>The top; the library's own choice where null.</summary>
    public double? Max { get; init; }

    /// <summary>Labels from the foot to the top at equal distances.</summary>
    public IReadOnlyList<string>? TickLabels { get; init; }

    /// <summary>Columns that go on beyond the top: each gets a mark. Null for none.</summary>
    public IReadOnlyList<int>? Beyond { get; init; }

    /// <summary>Room for the labels in CSS pixels.</summary>
    public int LabelWidth { get; init; } = 36;
}

/// <summary>What hovering shows: the category, each series with its value, and the sum.</summary>
public sealed record Tooltip
{
    /// <summary>Whether there is one.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>A line of text per category under the values, or null.</summary>
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>Values are US dollars instead of counts.</summary>
    public bool Dollars { get; init; }
}

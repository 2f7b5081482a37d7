namespace ApexCharts;

/// <summary>How a series is drawn.</summary>
public enum SeriesType
{
    /// <summary>Columns; stacked where the chart is.</summary>
    Bar,

    /// <summary>A line from point to point.</summary>
    Line,

    /// <summary>A filled line.</summary>
    Area,

    /// <summary>A dashed line in steps as wide as the columns, over the chart: for what the columns are compared with.</summary>
    StepLine,
}

namespace ApexCharts;

/// <summary>A category that was clicked.</summary>
/// <typeparam name="TItem">What a point is made of.</typeparam>
/// <param name="DataPointIndex">Its position, from 0.</param>
/// <param name="SeriesIndex">The series whose part of a stacked column was hit; -1 beside it.</param>
/// <param name="Item">The item of the first series there.</param>
/// <param name="IsNarrow">True where the chart is drawn for a narrow screen.</param>
public sealed record SelectedData<TItem>(int DataPointIndex, int SeriesIndex, TItem? Item, bool IsNarrow);

namespace ApexCharts;

/// <summary>What was clicked.</summary>
/// <typeparam name="TItem">What a point is made of.</typeparam>
/// <param name="DataPointIndex">The category, from 0.</param>
/// <param name="Item">The first series' item there, or the default.</param>
public sealed record SelectedData<TItem>(int DataPointIndex, TItem? Item);

namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>A place on a chart over periods that was clicked.</summary>
/// <param name="Period">The index of the period.</param>
/// <param name="Series">The index of the series whose part of the bar was hit; null beside the bar.</param>
/// <param name="IsNarrow">True on a phone, where a tap selects and the values stand below the chart.</param>
public sealed record PeriodClick(int Period, int? Series, bool IsNarrow);

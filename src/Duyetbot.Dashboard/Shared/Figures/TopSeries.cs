namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>The largest series, and the rest as one.</summary>
public static class TopSeries
{
    /// <summary>The key under which the rest is summed.</summary>
    public const string OtherKey = "other";

    /// <summary>At most <paramref name="count"/> series; the last is the rest where there are more. A single series more than fits is never called "other".</summary>
    /// <param name="series">All series of one fold.</param>
    /// <param name="size">What decides who is large.</param>
    /// <param name="count">How many, at least 2.</param>
    public static IReadOnlyList<FigureSeries> Take(IReadOnlyList<FigureSeries> series, Func<FigureSum, double> size, int count)
    {
        var ordered = series.OrderByDescending(s => size(s.Total)).ToList();
        if (ordered.Count <= count)
            return ordered;
        var rest = ordered.Skip(count - 1).ToList();
        return [.. ordered.Take(count - 1), FigureSeries.Merge(OtherKey, $"Other ({rest.Count:N0})", rest)];
    }
}

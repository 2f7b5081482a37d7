namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>Exact percentiles by nearest rank: the smallest value that at least that share of the values does not exceed.</summary>
public static class Percentile
{
    /// <summary>The value at rank ⌈share · n⌉; null of nothing.</summary>
    /// <param name="sorted">The values in ascending order.</param>
    /// <param name="share">Above 0, at most 1.</param>
    public static long? Of(IReadOnlyList<long> sorted, double share) =>
        sorted.Count == 0 ? null : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count - 1e-9) - 1, 0, sorted.Count - 1)];
}

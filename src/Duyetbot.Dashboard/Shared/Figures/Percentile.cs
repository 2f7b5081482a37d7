namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>Exact percentiles by nearest rank: the smallest value that at least that share of the values does not exceed.</summary>
public static class Percentile
{
    /// <summary>The value at rank ⌈share · n⌉; null of nothing.</summary>
    /// <param name="sorted">The values in ascending order.</param>
    /// <param name="share">Above 0, at most 1.</param>
    public static long? Of(IReadOnlyList<long> sorted, double share) =>
        sorted.Count == 0 ? null : sorted[RankOf(sorted.Count, share)];

    /// <summary>The same of values in any order, which are put in another one.</summary>
    public static long? Select(Span<long> values, double share)
    {
        if (values.Length == 0)
            return null;
        var rank = RankOf(values.Length, share);
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var middle = values[low + (high - low) / 2];
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (values[i] < middle)
                    i++;
                while (values[j] > middle)
                    j--;
                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (rank <= j)
                high = j;
            else if (rank >= i)
                low = i;
            else
                break;
        }

        return values[rank];
    }

    private static int RankOf(int count, double share) => Math.Clamp((int)Math.Ceiling(share * count - 1e-9) - 1, 0, count - 1);
}

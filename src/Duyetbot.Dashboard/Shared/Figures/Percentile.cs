namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>Exact percentiles by nearest rank: the smallest value that at least that share of the values does not exceed.</summary>
public static class Percentile
{
    /// <summary>The value at rank ⌈share · n⌉; null of nothing.</summary>
    /// <param name="sorted">The values in ascending order.</param>
    /// <param name="share">Above 0, at most 1.</param>
    public static long? Of(IReadOnlyList<long> sorted, double share) =>
        sorted.Count == 0 ? null : sorted[(int)RankOf(sorted.Count, share)];

    /// <summary>The same value over several lists at once, without merging them; null where all are empty.</summary>
    /// <param name="sorted">Lists, each in ascending order.</param>
    /// <param name="share">Above 0, at most 1.</param>
    public static long? Of(IReadOnlyList<List<long>> sorted, double share)
    {
        var count = sorted.Sum(l => (long)l.Count);
        if (count == 0)
            return null;
        var rank = RankOf(count, share) + 1;
        // The smallest value that at least `rank` values do not exceed, found by halving.
        var filled = sorted.Where(l => l.Count > 0).ToList();
        var (low, high) = (filled.Min(l => l[0]), filled.Max(l => l[^1]));
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (filled.Sum(l => CountUpTo(l, middle)) >= rank)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private static long CountUpTo(List<long> sorted, long value)
    {
        var (from, to) = (0, sorted.Count);
        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            if (sorted[middle] <= value)
                from = middle + 1;
            else
                to = middle;
        }

        return from;
    }

    /// <summary>The same of values in any order, which are put in another one.</summary>
    public static long? Select(Span<long> values, double share)
    {
        if (values.Length == 0)
            return null;
        var rank = (int)RankOf(values.Length, share);
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

    private static long RankOf(long count, double share) => Math.Clamp((long)Math.Ceiling(share * count - 1e-9) - 1, 0, count - 1);
}

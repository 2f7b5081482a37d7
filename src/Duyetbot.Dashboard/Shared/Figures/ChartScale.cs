namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>What a value axis does with values of very different sizes.</summary>
public enum ChartAxis
{
    /// <summary>Equal steps up to the largest value.</summary>
    Linear,

    /// <summary>Powers of ten.</summary>
    Log,

    /// <summary>Equal steps; the few values that stand far out are cut off at the top.</summary>
    Cut,
}

/// <summary>A value axis with evenly spaced ticks from 0: linear, cut off below values that stand far out, or logarithmic for values of very different sizes.</summary>
/// <param name="Ticks">The values at the ticks, 0 first; the last is the top of the axis.</param>
/// <param name="IsLog">True where the ticks are powers of ten.</param>
/// <param name="IsCut">True where some values go on beyond the top.</param>
public sealed record ChartScale(IReadOnlyList<double> Ticks, bool IsLog, bool IsCut = false)
{
    // From the upper quartile, in distances between the quartiles: what lies beyond is far out.
    private const double FarOut = 3;

    // More than so many cut bars would be no exceptions.
    private const double MostCut = 0.15;

    /// <summary>The top of the axis.</summary>
    public double Max => Ticks[^1];

    /// <summary>An axis for values.</summary>
    /// <param name="values">Every value shown; those that are not above 0 lie on its foot. A logarithmic axis begins below the smallest.</param>
    /// <param name="axis">What it does with values of very different sizes.</param>
    /// <param name="whole">True where only whole values exist, so that no tick lies between.</param>
    public static ChartScale Of(IEnumerable<double> values, ChartAxis axis, bool whole)
    {
        var sorted = values.Where(v => v > 0).Order().ToList();
        if (sorted.Count == 0)
            return Linear(0, whole);
        if (axis == ChartAxis.Log)
            return Log(sorted[^1], sorted[0]);
        var scale = Linear(axis == ChartAxis.Cut ? LargestWithin(sorted) : sorted[^1], whole);
        return scale with { IsCut = sorted[^1] > scale.Max };
    }

    /// <summary>True for a value that goes on beyond the top.</summary>
    public bool Cuts(double value) => IsCut && value > Max;

    /// <summary>The height of a value, from 0 to 1; a logarithmic axis has 0 at its foot and the first power of ten above it.</summary>
    public double HeightOf(double value)
    {
        if (value <= 0 || Max <= 0)
            return 0;
        if (!IsLog)
            return Math.Min(1, value / Max);
        var steps = Ticks.Count - 1;
        var position = Math.Log10(value / Ticks[1]) + 1;
        return Math.Clamp(position / steps, 0.02, 1);
    }

    // Tukey's outer fence; twice the median at least, so that even days do not make a slightly better one an exception.
    private static double LargestWithin(List<double> sorted)
    {
        var (lower, median, upper) = (sorted[sorted.Count / 4], sorted[sorted.Count / 2], sorted[sorted.Count * 3 / 4]);
        var fence = Math.Max(upper + FarOut * (upper - lower), 2 * median);
        var within = sorted.FindLastIndex(v => v <= fence);
        return within < 0 || sorted.Count - 1 - within > Math.Max(1, MostCut * sorted.Count) ? sorted[^1] : sorted[within];
    }

    private static ChartScale Linear(double largest, bool whole)
    {
        if (largest <= 0)
            return new ChartScale([0, 1], false);
        var rough = largest / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * 10;
        foreach (var factor in (ReadOnlySpan<double>)[1, 1.5, 2, 2.5, 3, 4, 5, 6, 8])
        {
            if (factor * power >= rough * (1 - 1e-9))
            {
                step = factor * power;
                break;
            }
        }

        if (whole && step % 1 != 0)
            step = Math.Ceiling(step);
        var count = Math.Max(1, (int)Math.Ceiling(largest / step - 1e-9));
        return new ChartScale([.. Enumerable.Range(0, count + 1).Select(i => i * step)], false);
    }

    private static ChartScale Log(double largest, double smallest)
    {
        var top = (int)Math.Ceiling(Math.Log10(largest) - 1e-9);
        var bottom = Math.Min(top - 1, (int)Math.Floor(Math.Log10(Math.Max(smallest, largest / 1e7)) + 1e-9));
        return new ChartScale([0, .. Enumerable.Range(bottom, top - bottom + 1).Select(p => Math.Pow(10, p))], true);
    }
}

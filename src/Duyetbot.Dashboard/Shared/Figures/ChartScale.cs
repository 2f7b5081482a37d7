namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>A value axis with evenly spaced ticks from 0: linear, or logarithmic for values of very different sizes.</summary>
/// <param name="Ticks">The values at the ticks, 0 first; the last is the top of the axis.</param>
/// <param name="IsLog">True where the ticks are powers of ten.</param>
public sealed record ChartScale(IReadOnlyList<double> Ticks, bool IsLog)
{
    /// <summary>The top of the axis.</summary>
    public double Max => Ticks[^1];

    /// <summary>An axis that holds the largest value.</summary>
    /// <param name="largest">The largest value shown.</param>
    /// <param name="smallest">The smallest value above 0; a logarithmic axis begins below it.</param>
    /// <param name="log">Powers of ten instead of equal steps.</param>
    /// <param name="whole">True where only whole values exist, so that no tick lies between.</param>
    public static ChartScale Of(double largest, double smallest, bool log, bool whole) => log && largest > 0 ? Log(largest, smallest) : Linear(largest, whole);

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

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>The common logarithmic axis of durations: from a power of ten below the smallest median to one above the largest p99.</summary>
/// <param name="From">Ms at the left end, a power of ten.</param>
/// <param name="To">Ms at the right end, a power of ten above <paramref name="From"/>.</param>
public sealed record DurationAxis(double From, double To)
{
    /// <summary>An axis on which every percentile of the figures has its place.</summary>
    public static DurationAxis Of(IEnumerable<AgentFigures> figures)
    {
        var all = figures.Where(f => f.P50DurationMs is not null).ToList();
        if (all.Count == 0)
            return new DurationAxis(1, 10);
        var from = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, all.Min(f => f.P50DurationMs!.Value))) + 1e-9));
        var to = Math.Pow(10, Math.Ceiling(Math.Log10(Math.Max(1, all.Max(f => f.P99DurationMs!.Value))) - 1e-9));
        return new DurationAxis(from, Math.Max(to, from * 10));
    }

    /// <summary>The powers of ten between the ends, both included.</summary>
    public IReadOnlyList<double> Ticks => [.. Enumerable.Range(0, (int)Math.Round(Math.Log10(To / From)) + 1).Select(i => From * Math.Pow(10, i))];

    /// <summary>The place of a duration in percent of the axis, from 0 to 100.</summary>
    public double PlaceOf(double ms) => Math.Clamp(100 * Math.Log10(Math.Max(ms, From) / From) / Math.Log10(To / From), 0, 100);

    /// <summary>A tick in words: 10 ms, 1 s, 100 s.</summary>
    public static string NameOf(double ms) => ms < 1_000 ? $"{ms:0}\u202fms" : ms < 1_000_000 ? $"{ms / 1_000:0}\u202fs" : $"{ms / 1_000_000:0}\u202fks";
}

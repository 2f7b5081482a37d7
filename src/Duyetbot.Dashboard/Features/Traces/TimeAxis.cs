using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The ticks of a time axis, at steps of 1, 2 or 5 × 10ⁿ ms.</summary>
/// <param name="StepMs">Ms between two ticks.</param>
/// <param name="Ticks">The ticks within the window, in ms.</param>
public sealed record TimeAxis(long StepMs, IReadOnlyList<long> Ticks)
{
    /// <summary>Ticks for a window of time.</summary>
    /// <param name="start">Ms, included.</param>
    /// <param name="end">Ms, included.</param>
    /// <param name="most">At most so many steps lie in the window.</param>
    public static TimeAxis From(long start, long end, int most = 9)
    {
        var step = NiceStep(Math.Max(1, end - start), most);
        var ticks = new List<long>();
        for (var at = (long)Math.Ceiling((double)start / step) * step; at <= end && ticks.Count <= most; at += step)
            ticks.Add(at);
        return new TimeAxis(step, ticks);
    }

    /// <summary>A tick's label, in the unit of the step: 500 ms, 2.5 s, 3 min.</summary>
    public string Label(long ms)
    {
        const string space = "\u202f";
        if (ms == 0)
            return StepMs < 1_000 ? $"0{space}ms" : $"0{space}s";
        if (StepMs < 1_000 && Math.Abs(ms) < 1_000 && Ticks[^1] < 2_000)
            return Formats.DurationMs(ms);
        var (unit, name) = (StepMs, Math.Abs(ms)) switch
        {
            ( < 1_000, _) => (1_000.0, "s"),
            ( < 60_000, < 600_000) => (1_000.0, "s"),
            _ => (0.0, ""),
        };
        return unit == 0 ? Formats.DurationMs(ms) : (ms / unit).ToString("0.###").Replace("-", "\u2212") + space + name;
    }

    private static long NiceStep(long length, int most)
    {
        for (long power = 1; ; power *= 10)
        {
            foreach (var factor in (ReadOnlySpan<int>)[1, 2, 5])
            {
                if (length / (double)(power * factor) <= most || power > long.MaxValue / 100)
                    return power * factor;
            }
        }
    }
}

using System.Globalization;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The ticks of a time axis, at steps of 1, 2 or 5 × 10ⁿ ms.</summary>
/// <param name="StepMs">Ms between two ticks.</param>
/// <param name="Ticks">The ticks within the window, in ms.</param>
public sealed record TimeAxis(long StepMs, IReadOnlyList<long> Ticks)
{
    private const int LongLabel = 6;

    /// <summary>Ticks for a window of time.</summary>
    /// <param name="start">Ms, included.</param>
    /// <param name="end">Ms, included.</param>
    /// <param name="most">At most so many steps lie in the window; fewer where the labels are long.</param>
    public static TimeAxis From(long start, long end, int most = 9)
    {
        var axis = Of(start, end, most);
        return axis.Ticks.Count > 0 && axis.Ticks.Max(t => axis.Label(t).Length) > LongLabel ? Of(start, end, Math.Max(1, most / 2)) : axis;
    }

    /// <summary>A tick's label, in the unit of the step: 500 ms, 2.5 s, 1,200 s.</summary>
    public string Label(long ms)
    {
        const string space = "\u202f";
        var inMs = StepMs < 1_000 && Ticks.All(t => Math.Abs(t) < 2_000);
        return (inMs ? Formats.Count(ms) : (ms / 1_000.0).ToString("#,0.###", CultureInfo.InvariantCulture).Replace("-", "\u2212")) + space + (inMs ? "ms" : "s");
    }

    private static TimeAxis Of(long start, long end, int most)
    {
        var step = NiceStep(Math.Max(1, end - start), most);
        var ticks = new List<long>();
        for (var at = (long)Math.Ceiling((double)start / step) * step; at <= end && ticks.Count <= most; at += step)
            ticks.Add(at);
        return new TimeAxis(step, ticks);
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

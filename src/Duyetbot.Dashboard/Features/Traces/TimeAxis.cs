using System.Globalization;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The ticks of a time axis, at steps of 1, 2 or 5 × 10ⁿ of one unit: ms, s, min, h or d.</summary>
/// <param name="StepMs">Ms between two ticks.</param>
/// <param name="Ticks">The ticks within the window, in ms.</param>
public sealed record TimeAxis(long StepMs, IReadOnlyList<long> Ticks)
{
    private const int LongLabel = 6;

    // A unit serves from so many of it on: 10 min are still told in seconds, 20 min no longer.
    private const int Enough = 15;

    private static readonly (long Ms, string Name)[] Units = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1_000, "s")];

    /// <summary>Ticks for a window of time.</summary>
    /// <param name="start">Ms, included.</param>
    /// <param name="end">Ms, included.</param>
    /// <param name="most">At most so many steps lie in the window; fewer where the labels are long.</param>
    public static TimeAxis From(long start, long end, int most = 9)
    {
        var axis = Of(start, end, most);
        return axis.Ticks.Count > 0 && axis.Ticks.Max(t => axis.Label(t).Length) > LongLabel ? Of(start, end, Math.Max(1, most / 2)) : axis;
    }

    /// <summary>A tick's label, in the unit of the step: 500 ms, 2.5 s, 20 min.</summary>
    public string Label(long ms)
    {
        const string space = "\u202f";
        if (StepMs < 1_000 && Ticks.All(t => Math.Abs(t) < 2_000))
            return Formats.Count(ms) + space + "ms";
        var (unit, name) = Array.Find(Units, u => StepMs % u.Ms == 0) is { Ms: > 0 } found ? found : Units[^1];
        return ((double)ms / unit).ToString("#,0.###", CultureInfo.InvariantCulture).Replace("-", "\u2212") + space + name;
    }

    private static TimeAxis Of(long start, long end, int most)
    {
        var length = Math.Max(1, end - start);
        var unit = Array.Find(Units, u => length >= Enough * u.Ms && u.Ms >= 60_000).Ms;
        var step = unit == 0 ? NiceStep(length, most, 1) : NiceStep(length, most, unit);
        var ticks = new List<long>();
        for (var at = (long)Math.Ceiling((double)start / step) * step; at <= end && ticks.Count <= most; at += step)
            ticks.Add(at);
        return new TimeAxis(step, ticks);
    }

    private static long NiceStep(long length, int most, long unit)
    {
        for (var power = unit; ; power *= 10)
        {
            foreach (var factor in (ReadOnlySpan<int>)[1, 2, 5])
            {
                if (length / (double)(power * factor) <= most || power > long.MaxValue / 100)
                    return power * factor;
            }
        }
    }
}

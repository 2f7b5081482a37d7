using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>A mark in the picture: where it stands, in percent of the width and in px from the top.</summary>
public sealed record ScatterMark(TracePoint Point, double X, double Y);

/// <summary>A tick with its label; the place in percent of the width, or in px from the top.</summary>
public sealed record ScatterTick(double At, string Label);

/// <summary>Duration over the time of start, durations on a logarithmic scale.</summary>
public sealed record ScatterPlot
{
    /// <summary>Px between the top and the base line.</summary>
    public const double Height = 132;

    private static readonly long[] StepsMs =
    [
        60_000, 300_000, 900_000, 1_800_000, 3_600_000, 10_800_000, 21_600_000, 43_200_000,
        86_400_000, 2 * 86_400_000L, 7 * 86_400_000L, 14 * 86_400_000L, 30 * 86_400_000L, 90 * 86_400_000L, 365 * 86_400_000L, 3_650 * 86_400_000L,
    ];

    /// <summary>Unix ms at the left edge.</summary>
    public long From { get; private init; }

    /// <summary>Unix ms at the right edge.</summary>
    public long To { get; private init; }

    /// <summary>Log10 of the ms at the base line.</summary>
    public int LowPower { get; private init; }

    /// <summary>Log10 of the ms at the top.</summary>
    public int HighPower { get; private init; }

    public IReadOnlyList<ScatterMark> Marks { get; private init; } = [];

    public IReadOnlyList<ScatterTick> TimeTicks { get; private init; } = [];

    public IReadOnlyList<ScatterTick> DurationTicks { get; private init; } = [];

    /// <summary>Places the points.</summary>
    /// <param name="points">At least one.</param>
    /// <param name="from">Unix ms at the left; null for the first point.</param>
    /// <param name="to">Unix ms at the right; null for the last point.</param>
    /// <param name="zone">The zone of the time axis.</param>
    public static ScatterPlot Of(IReadOnlyList<TracePoint> points, long? from, long? to, DateTimeZone zone)
    {
        var left = from ?? points.Min(p => p.TriggeredAt);
        var right = Math.Max(left + 60_000, to ?? points.Max(p => p.TriggeredAt));
        var low = Math.Clamp((int)Math.Floor(Math.Log10(Math.Max(1, points.Min(p => p.DurationMs)))), 0, 11);
        var high = Math.Max(low + 2, (int)Math.Ceiling(Math.Log10(Math.Max(1, points.Max(p => p.DurationMs)))));
        var plot = new ScatterPlot { From = left, To = right, LowPower = low, HighPower = high };
        return plot with
        {
            Marks = [.. points.Where(p => p.TriggeredAt >= left && p.TriggeredAt <= right).Select(p => new ScatterMark(p, plot.XOf(p.TriggeredAt), plot.YOf(p.DurationMs)))],
            DurationTicks = [.. Enumerable.Range(low, high - low + 1).Select(p => new ScatterTick(plot.YOf(Math.Pow(10, p)), PowerLabel(p)))],
            TimeTicks = [.. plot.Times(zone)],
        };
    }

    /// <summary>Percent of the width.</summary>
    public double XOf(long unixMs) => Math.Clamp(100.0 * (unixMs - From) / (To - From), 0, 100);

    /// <summary>Px from the top.</summary>
    public double YOf(double ms) => Math.Clamp(Height * (HighPower - Math.Log10(Math.Max(1, ms))) / (HighPower - LowPower), 0, Height);

    private static string PowerLabel(int power) => power switch
    {
        < 3 => $"{Math.Pow(10, power):0}\u202fms",
        < 7 => $"{Math.Pow(10, power - 3):#,0}\u202fs",
        _ => Formats.DurationMs((long)Math.Pow(10, power)),
    };

    // Ticks of days begin at local midnights; shorter ones at whole steps of local time.
    private IEnumerable<ScatterTick> Times(DateTimeZone zone)
    {
        if (Formats.Local(From, zone) is not { } start || Formats.Local(To, zone) is null)
            yield break;
        var step = Array.Find(StepsMs, s => (To - From) / s <= 12);
        if (step == 0)
            yield break;
        const long dayMs = 86_400_000;
        if (step >= dayMs)
        {
            var days = (int)(step / dayMs);
            for (var date = start.Date.PlusDays(1); ZonedDays.StartOf(date, zone) <= To; date = date.PlusDays(days))
                yield return new ScatterTick(XOf(ZonedDays.StartOf(date, zone)), date.ToString(days >= 365 ? "yyyy" : days >= 90 ? "MMM yyyy" : "d MMM", System.Globalization.CultureInfo.InvariantCulture));
            yield break;
        }

        var offset = zone.GetUtcOffset(Instant.FromUnixTimeMilliseconds(From)).Milliseconds;
        for (var at = ((From + offset + step - 1) / step * step) - offset; at <= To; at += step)
            yield return new ScatterTick(XOf(at), Formats.Local(at, zone)!.Value.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));
    }
}

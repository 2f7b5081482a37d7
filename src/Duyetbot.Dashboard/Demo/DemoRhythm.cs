namespace Duyetbot.Dashboard.Demo;

/// <summary>When people write: by day, seldom at night and at weekends, in the zone where most of them live (UTC+7).</summary>
internal sealed class DemoRhythm
{
    /// <summary>Milliseconds in a day of 24 hours.</summary>
    public const long DayMs = 86_400_000;

    private const long HourMs = 3_600_000;
    private const long ZoneMs = 7 * HourMs;
    private static readonly double[] Hours =
        [.10, .06, .04, .03, .03, .05, .12, .30, .66, .94, 1, .92, .55, .62, .92, .98, .95, .80, .52, .42, .48, .46, .34, .20];

    private readonly long _outlier;

    /// <summary>Picks the day that stands out: a weekday about a fifth of the period before its end.</summary>
    public DemoRhythm(DemoOptions options)
    {
        var day = Math.Max(options.StartMs, options.EndMs - (Math.Max(1, options.Days / 5) * DayMs)) / DayMs;
        while (Weekday(day) is 0 or 6)
            day--;
        _outlier = day;
    }

    /// <summary>How many times more tokens a turn at this moment takes: 1, and far more on the one day that stands out.</summary>
    public double TokenFactor(long at) => at / DayMs == _outlier ? 4.6 : 1;

    /// <summary>A moment between the two, more often at busy hours.</summary>
    public static long Moment(DemoRandom random, long from, long to)
    {
        var at = from;
        for (var i = 0; i < 60; i++)
        {
            at = from + (long)(random.Fraction() * (to - from));
            if (random.Chance(Weight(at)))
                break;
        }

        return at;
    }

    private static double Weight(long at)
    {
        var local = at + ZoneMs;
        var weekend = Weekday(local / DayMs) is 0 or 6 ? 0.38 : 1;
        return Hours[(int)(local % DayMs / HourMs)] * weekend;
    }

    // Day 0 of the Unix epoch was a Thursday; 0 is Sunday.
    private static long Weekday(long day) => (day + 4) % 7;
}

using NodaTime;

namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>How long a period is.</summary>
public enum Granularity
{
    /// <summary>An hour on the zone's clock.</summary>
    Hour,

    /// <summary>A day of the zone: 23, 24 or 25 hours, or whatever its rules make of that date.</summary>
    Day,

    /// <summary>Monday to Sunday.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,
}

/// <summary>A stretch of time between two edges.</summary>
/// <param name="Start">Unix ms, included.</param>
/// <param name="End">Unix ms, excluded.</param>
public readonly record struct Period(long Start, long End);

/// <summary>A range cut into periods without gap or overlap, in order of time; the first and the last are cut off at the range's ends.</summary>
public sealed class Periods
{
    /// <summary>More periods than this are refused.</summary>
    public const int MaxCount = 20_000;

    private const long HourMs = 3_600_000;
    private readonly long[] _edges;

    private Periods(long[] edges, Granularity granularity, DateTimeZone zone)
    {
        _edges = edges;
        Granularity = granularity;
        Zone = zone;
    }

    /// <summary>How long a whole period is.</summary>
    public Granularity Granularity { get; }

    /// <summary>The zone whose rules make the edges.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>How many there are; 0 for an empty range.</summary>
    public int Count => _edges.Length - 1;

    /// <summary>Start of the range in Unix ms, included.</summary>
    public long From => _edges[0];

    /// <summary>End of the range in Unix ms, excluded.</summary>
    public long To => _edges[^1];

    /// <summary>Every edge in Unix ms, in order of time; one more than there are periods.</summary>
    internal ReadOnlySpan<long> Edges => _edges;

    /// <summary>The period at an index.</summary>
    public Period this[int index] => new(_edges[index], _edges[index + 1]);

    /// <summary>Cuts a range; every edge is computed with the zone's rules for its date.</summary>
    /// <param name="from">Unix ms, included.</param>
    /// <param name="to">Unix ms, excluded.</param>
    /// <param name="granularity">How long a period is.</param>
    /// <param name="zone">Where days begin.</param>
    /// <exception cref="InvalidParameterException">There would be more than <see cref="MaxCount"/> periods.</exception>
    public static Periods Of(long from, long to, Granularity granularity, DateTimeZone zone)
    {
        var shortest = granularity switch { Granularity.Hour => 1, Granularity.Day => 24, Granularity.Week => 168, _ => 28 * 24 } * HourMs;
        if ((double)to - from > (double)MaxCount * shortest)
            throw new InvalidParameterException("granularity", $"gives more than {MaxCount:N0} periods in this range; choose a longer one or a shorter range.");
        var edges = new List<long> { from };
        foreach (var edge in granularity == Granularity.Hour ? HourEdges(from, to, zone) : DateEdges(from, to, granularity, zone))
        {
            if (edge > edges[^1] && edge < to)
                edges.Add(edge);
        }

        if (to > from)
            edges.Add(to);
        return new Periods([.. edges], granularity, zone);
    }

    /// <summary>A range that is not cut: one period.</summary>
    /// <param name="from">Unix ms, included.</param>
    /// <param name="to">Unix ms, excluded.</param>
    public static Periods Whole(long from, long to) => new(to > from ? [from, to] : [from], Granularity.Month, DateTimeZone.Utc);

    /// <summary>The index of the period that holds a moment, or -1 outside the range.</summary>
    public int IndexOf(long unixMs)
    {
        if (unixMs < From || unixMs >= To)
            return -1;
        var at = Array.BinarySearch(_edges, unixMs);
        return at >= 0 ? at : ~at - 1;
    }

    /// <summary>The date in the zone on which a period starts.</summary>
    public LocalDate DateAt(int index) => ZonedDays.DateOf(_edges[index], Zone);

    // A date that the zone skipped starts when the next one does: its edge is dropped as a double.
    private static IEnumerable<long> DateEdges(long from, long to, Granularity granularity, DateTimeZone zone)
    {
        var date = ZonedDays.DateOf(from, zone);
        if (granularity == Granularity.Week)
            date = date.PlusDays(1 - (int)date.DayOfWeek);
        else if (granularity == Granularity.Month)
            date = new LocalDate(date.Year, date.Month, 1);
        while (!IsLast(date, granularity))
        {
            date = granularity switch
            {
                Granularity.Week => date.PlusWeeks(1),
                Granularity.Month => date.PlusMonths(1),
                _ => date.PlusDays(1),
            };
            var edge = ZonedDays.StartOf(date, zone);
            if (edge >= to)
                yield break;
            yield return edge;
        }
    }

    // The calendar has no date after 9999: what begins in its last period ends with the range.
    private static bool IsLast(LocalDate date, Granularity granularity) => granularity switch
    {
        Granularity.Week => date > LocalDate.MaxIsoValue.PlusWeeks(-1),
        Granularity.Month => date > LocalDate.MaxIsoValue.PlusMonths(-1),
        _ => date == LocalDate.MaxIsoValue,
    };

    // Full hours on the clock of each stretch of one offset; where the clock jumps, a new hour begins too.
    private static IEnumerable<long> HourEdges(long from, long to, DateTimeZone zone)
    {
        var at = from;
        while (at < to)
        {
            var stretch = zone.GetZoneInterval(Instant.FromUnixTimeMilliseconds(at));
            var offset = stretch.WallOffset.Milliseconds;
            var end = stretch.HasEnd ? Math.Min(to, stretch.End.ToUnixTimeMilliseconds()) : to;
            var local = at + offset;
            for (var edge = local - Mod(local, HourMs) + HourMs - offset; edge < end; edge += HourMs)
                yield return edge;
            yield return end;
            at = end;
        }
    }

    private static long Mod(long value, long by) => ((value % by) + by) % by;
}

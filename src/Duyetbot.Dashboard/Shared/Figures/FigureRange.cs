using NodaTime;

namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>The stretch of time that a page's figures are of, and the one before it.</summary>
/// <param name="From">Unix ms, included.</param>
/// <param name="To">Unix ms, excluded.</param>
/// <param name="Zone">Where days begin.</param>
public sealed record FigureRange(long From, long To, DateTimeZone Zone)
{
    /// <summary>The range of a page: without an end it goes to the end of today, without a start it begins with the first message.</summary>
    /// <param name="range">What the URL says.</param>
    /// <param name="first">The time of the first message in Unix ms, or null where there is none.</param>
    /// <param name="now">The moment in which today is.</param>
    public static FigureRange Of(TimeRange range, long? first, Instant now)
    {
        var today = now.InZone(range.Zone).Date;
        var to = range.To ?? ZonedDays.StartOf(today.PlusDays(1), range.Zone);
        var from = range.From ?? ZonedDays.StartOf(first is { } ms && ms < to ? ZonedDays.DateOf(ms, range.Zone) : today, range.Zone);
        return new FigureRange(Math.Min(from, to), to, range.Zone);
    }

    /// <summary>The range of whole days, both included.</summary>
    public static FigureRange OfDays(LocalDate from, LocalDate to, DateTimeZone zone) =>
        new(ZonedDays.StartOf(from, zone), ZonedDays.StartOf(to.PlusDays(1), zone), zone);

    /// <summary>The range just before: as many days where it is whole days, else as many milliseconds.</summary>
    public FigureRange Previous()
    {
        var first = ZonedDays.DateOf(From, Zone);
        var end = ZonedDays.DateOf(To, Zone);
        var days = NodaTime.Period.DaysBetween(first, end);
        return days > 0 && ZonedDays.StartOf(first, Zone) == From && ZonedDays.StartOf(end, Zone) == To
            ? this with { From = ZonedDays.StartOf(first.PlusDays(-days), Zone), To = From }
            : this with { From = From - (To - From), To = From };
    }

    /// <summary>The granularity at which the range makes a readable chart.</summary>
    public Granularity Readable => ((To - From) / 3_600_000) switch
    {
        <= 49 => Granularity.Hour,
        <= 400 * 24 => Granularity.Day,
        <= 1200 * 24 => Granularity.Week,
        _ => Granularity.Month,
    };

    /// <summary>The range cut into periods.</summary>
    public Periods Cut(Granularity granularity) => Periods.Of(From, To, granularity, Zone);
}

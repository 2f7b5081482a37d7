using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>The stretch of time that a page's figures are of, and the one before it.</summary>
/// <param name="From">Unix ms, included.</param>
/// <param name="To">Unix ms, excluded.</param>
/// <param name="Zone">Where days begin.</param>
public sealed record FigureRange(long From, long To, DateTimeZone Zone)
{
    private const int MaxDays = 40_000;

    /// <summary>The range of a page: without an end it goes to the end of today (to now, where it is counted in hours), without a start it begins with the first message.</summary>
    /// <param name="range">What the URL says.</param>
    /// <param name="first">The time of the first message in Unix ms, or null where there is none.</param>
    /// <param name="now">The moment in which today is.</param>
    public static FigureRange Of(TimeRange range, long? first, Instant now)
    {
        var today = now.InZone(range.Zone).Date;
        var to = range.To ?? (range.Preset is "1h" or "24h" ? now.ToUnixTimeMilliseconds() : ZonedDays.StartOf(today.PlusDays(1), range.Zone));
        var from = range.From ?? ZonedDays.StartOf(first is { } ms && ms < to ? ZonedDays.DateOf(ms, range.Zone) : today, range.Zone);
        return new FigureRange(Math.Min(from, to), to, range.Zone);
    }

    /// <summary>Reads the API's <c>from</c> and <c>to</c>: days, both included; a moment (Unix ms or ISO 8601) is taken exactly, the end excluded. The last 30 days where absent.</summary>
    /// <param name="reader">The query string.</param>
    /// <param name="zone">Where days begin.</param>
    /// <param name="now">The moment in which today is.</param>
    /// <exception cref="InvalidParameterException">A value is wrong or the range is too long.</exception>
    public static FigureRange Read(QueryReader reader, DateTimeZone zone, Instant now)
    {
        var to = ReadEdge(reader, "to", zone, isEnd: true) ?? ZonedDays.StartOf(now.InZone(zone).Date.PlusDays(1), zone);
        var from = ReadEdge(reader, "from", zone, isEnd: false) ?? ZonedDays.StartOf(ZonedDays.DateOf(to - 1, zone).PlusDays(-29), zone);
        if (from >= to)
            throw new InvalidParameterException("to", "lies before from.");
        if ((double)to - from > MaxDays * 86_400_000.0)
            throw new InvalidParameterException("from", $"lies more than {MaxDays.ToString("N0", CultureInfo.InvariantCulture)} days before to.");
        return new FigureRange(from, to, zone);
    }

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

    private static long? ReadEdge(QueryReader reader, string name, DateTimeZone zone, bool isEnd)
    {
        if (reader.Text(name) is not { } text)
            return null;
        var day = LocalDatePattern.Iso.Parse(text);
        var moment = day.Success
            ? QueryReader.InTime(name, text, () => ZonedDays.StartOf(isEnd ? day.Value.PlusDays(day.Value.Year < 9999 ? 1 : 0) : day.Value, zone))
            : reader.Moment(name, zone)!.Value;
        return Formats.Local(moment, zone) is not null ? moment : throw new InvalidParameterException(name, $"\"{text}\" lies outside the years 1 to 9999.");
    }
}

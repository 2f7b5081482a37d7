using NodaTime;

namespace Duyetbot.Dashboard.Shared;

/// <summary>Where days begin in a zone, with the zone's rules for that date.</summary>
public static class ZonedDays
{
    /// <summary>The first moment of a day in Unix ms; for a date that the zone skipped, the moment of the skip.</summary>
    public static long StartOf(LocalDate date, DateTimeZone zone) =>
        zone.ResolveLocal(date.AtMidnight(), mapping => mapping.Count switch
        {
            0 => mapping.LateInterval.Start.InZone(zone),
            _ => mapping.First(),
        }).ToInstant().ToUnixTimeMilliseconds();

    /// <summary>The date in the zone that holds a moment.</summary>
    public static LocalDate DateOf(long unixMs, DateTimeZone zone) => Instant.FromUnixTimeMilliseconds(unixMs).InZone(zone).Date;
}

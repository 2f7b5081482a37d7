using System.Globalization;
using NodaTime;

namespace Duyetbot.Dashboard.Shared;

/// <summary>One hour of one weekday on the clock of a zone: a cell of the weekly heat map.</summary>
/// <param name="Weekday">0 is Monday.</param>
/// <param name="Hour">0 to 23.</param>
/// <param name="Zone">Whose clock.</param>
public sealed record HourSlot(int Weekday, int Hour, DateTimeZone Zone)
{
    private const long HourMs = 3_600_000;

    // Whole weeks that keep every moment of the years 1 to 9999 above 0, where SQLite's division rounds down.
    private const long Lift = 110_000L * 168 * HourMs;

    private static readonly string[] Weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>The weekday's word: "tue".</summary>
    public string WeekdayWord => Weekdays[Weekday];

    /// <summary>"Tue 09:00".</summary>
    public string Words => $"{char.ToUpperInvariant(WeekdayWord[0])}{WeekdayWord[1..]} {Hour.ToString("00", CultureInfo.InvariantCulture)}:00";

    /// <summary>Reads <c>weekday</c> and <c>hour</c>, which are given together.</summary>
    /// <exception cref="InvalidParameterException">A value is wrong, or one is missing.</exception>
    public static HourSlot? Read(QueryReader reader, DateTimeZone zone)
    {
        var weekday = reader.OneOf("weekday", Weekdays);
        var hour = reader.Whole("hour", 0, 23);
        if (weekday is null && hour is null)
            return null;
        if (weekday is null || hour is null)
            throw new InvalidParameterException(weekday is null ? "weekday" : "hour", "is missing: an hour of the week is a weekday and an hour.");
        return new HourSlot(Array.IndexOf(Weekdays, weekday), (int)hour, zone);
    }

    /// <summary>The parameters that name it, the zone left out.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToQuery() =>
        [new("weekday", WeekdayWord), new("hour", Hour.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The hour as SQL on a column of Unix ms: one part for each stretch of the range in which the zone keeps its offset.</summary>
    /// <param name="column">The column.</param>
    /// <param name="from">Start of the range in Unix ms, or null.</param>
    /// <param name="to">End of the range in Unix ms, or null.</param>
    internal string Clause(string column, long? from, long? to)
    {
        var start = Instant.FromUnixTimeMilliseconds(Math.Max(from ?? long.MinValue, -62_135_510_400_000));
        var end = Instant.FromUnixTimeMilliseconds(Math.Min(to ?? long.MaxValue, 7_258_118_400_000));
        var parts = new List<(long Start, long End, long Offset)>();
        foreach (var stretch in start < end ? Zone.GetZoneIntervals(start, end) : [])
        {
            var part = (Start: stretch.HasStart ? stretch.Start.ToUnixTimeMilliseconds() : long.MinValue, End: stretch.HasEnd ? stretch.End.ToUnixTimeMilliseconds() : long.MaxValue, Offset: (long)stretch.WallOffset.Milliseconds);
            if (parts.Count > 0 && parts[^1].Offset == part.Offset)
                parts[^1] = parts[^1] with { End = part.End };
            else
                parts.Add(part);
        }

        // 1970-01-01 was a Thursday.
        var cell = ((Weekday * 24) + Hour - 72 + 168) % 168;
        return parts.Count == 0 ? "0" : "(" + string.Join(" OR ", parts.Select(p => string.Create(CultureInfo.InvariantCulture,
            $"({column} >= {p.Start} AND {column} < {p.End} AND (({column} + {p.Offset + Lift}) / {HourMs}) % 168 = {cell})"))) + ")";
    }
}

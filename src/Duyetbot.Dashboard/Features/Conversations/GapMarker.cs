using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>The line between two messages that are far apart: "2 h 15 min later".</summary>
public static class GapMarker
{
    /// <summary>The shortest silence that is worth a line, ms.</summary>
    public const long MinimumMs = 30 * 60_000;

    /// <summary>The line's text, or null where the messages follow each other.</summary>
    /// <param name="previous">When the message before was said, Unix ms; null for the first, which gets its day.</param>
    /// <param name="next">When this one was said, Unix ms.</param>
    /// <param name="zone">The zone of days.</param>
    public static string? Between(long? previous, long next, DateTimeZone zone)
    {
        var day = Formats.Local(next, zone) is { } local ? local.Date : (LocalDate?)null;
        if (previous is not { } before)
            return day is { } first ? DayOf(first) : null;
        var gap = Shared.Span.Between(before, next);
        if (gap < -MinimumMs)
            return $"{Formats.DurationMs(gap == long.MinValue ? long.MaxValue : -gap)} earlier";
        if (gap < MinimumMs)
            return null;
        var words = $"{Formats.DurationMs(gap / 60_000 * 60_000)} later";
        var isNewDay = day is { } now && Formats.Local(before, zone) is { } then && then.Date != now;
        return isNewDay ? $"{words} · {DayOf(day!.Value)}" : words;
    }

    private static string DayOf(LocalDate day) => day.ToString("ddd d MMM uuuu", System.Globalization.CultureInfo.InvariantCulture);
}

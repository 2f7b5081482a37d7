using System.Globalization;
using NodaTime;

namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>One day of a calendar.</summary>
/// <param name="Day">The date, in the zone that the caller counts in.</param>
/// <param name="Value">How much; 0 for nothing. Only its rank decides the shade.</param>
/// <param name="Href">The rows behind it, or null.</param>
/// <param name="Label">The value in words: "2,165,682 tokens".</param>
public sealed record CalendarDay(LocalDate Day, double Value, string? Href, string Label);

/// <summary>Days laid out as a table: a row per weekday, Monday first, and a column per week.</summary>
/// <param name="Title">The year; empty where the block is the only one.</param>
/// <param name="Months">The head: a name, empty where there is no room, and how many weeks it spans.</param>
/// <param name="Rows">Seven rows; null where the calendar has no such day.</param>
public sealed record CalendarBlock(string Title, IReadOnlyList<(string Name, int Weeks)> Months, IReadOnlyList<IReadOnlyList<(CalendarDay Day, int Level)?>> Rows)
{
    /// <summary>More weeks than this become a block per calendar year.</summary>
    public const int MaxWeeks = 54;

    /// <summary>Lays the days out, the newest block first; days may come in any order, each at most once.</summary>
    public static IReadOnlyList<CalendarBlock> Of(IReadOnlyCollection<CalendarDay> days)
    {
        var ordered = days.OrderBy(d => d.Day).ToList();
        if (ordered.Count == 0)
            return [];
        var levels = HeatLevels.Of([.. ordered.Select(d => d.Value)]);
        var leveled = ordered.Select((d, i) => (Day: d, Level: levels[i])).ToList();
        var weeks = 1 + NodaTime.Period.DaysBetween(MondayOf(ordered[0].Day), MondayOf(ordered[^1].Day)) / 7;
        return weeks <= MaxWeeks
            ? [Block("", leveled)]
            : [.. leveled.GroupBy(d => d.Day.Day.Year).OrderByDescending(y => y.Key).Select(y => Block(y.Key.ToString(CultureInfo.InvariantCulture), [.. y]))];
    }

    /// <summary>"Tue 17 Nov 2026": how a day is called.</summary>
    public static string NameOf(LocalDate day) => day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    private static CalendarBlock Block(string title, List<(CalendarDay Day, int Level)> days)
    {
        var first = MondayOf(days[0].Day.Day);
        var weeks = 1 + NodaTime.Period.DaysBetween(first, MondayOf(days[^1].Day.Day)) / 7;
        var rows = Enumerable.Range(0, 7).Select(_ => new (CalendarDay, int)?[weeks]).ToArray();
        foreach (var day in days)
            rows[(int)day.Day.Day.DayOfWeek - 1][NodaTime.Period.DaysBetween(first, day.Day.Day) / 7] = day;
        return new CalendarBlock(title, Head(first, weeks, days[0].Day.Day), rows);
    }

    // A week belongs to the month of its first day that is shown.
    private static List<(string Name, int Weeks)> Head(LocalDate first, int weeks, LocalDate firstDay)
    {
        var months = Enumerable.Range(0, weeks).Select(i => LocalDate.Max(first.PlusWeeks(i), firstDay)).GroupBy(d => (d.Year, d.Month));
        return [.. months.Select((month, i) => (NameOf(month.First(), month.Count(), i == 0), month.Count()))];
    }

    private static string NameOf(LocalDate day, int weeks, bool isFirst) => weeks switch
    {
        1 => "",
        > 2 when isFirst || day.Month == 1 => day.ToString("MMM yyyy", CultureInfo.InvariantCulture),
        _ => day.ToString("MMM", CultureInfo.InvariantCulture),
    };

    private static LocalDate MondayOf(LocalDate day) => day.PlusDays(1 - (int)day.DayOfWeek);
}

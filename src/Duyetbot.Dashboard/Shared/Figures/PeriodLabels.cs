using System.Globalization;
using NodaTime;

namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>How periods are called, in the zone of their days.</summary>
public static class PeriodLabels
{
    /// <summary>"Tue 17 Nov", "Tue 17 Nov 09:00", "Week of 16 Nov", "November 2026"; with the year where it is not the current one.</summary>
    public static string Name(Periods periods, int index, Instant now)
    {
        var local = LocalStart(periods, index);
        var date = local.Date;
        var year = date.Year == now.InZone(periods.Zone).Year ? "" : " yyyy";
        return periods.Granularity switch
        {
            Granularity.Hour => Text(local, $"ddd d MMM{year} HH:mm"),
            Granularity.Week => "Week of " + Text(Monday(date).AtMidnight(), $"d MMM{year}"),
            Granularity.Month => Text(local, "MMMM yyyy"),
            _ => Text(local, $"ddd d MMM{year}"),
        };
    }

    /// <summary>The whole range: "25 Sep – 24 Oct".</summary>
    public static string RangeName(Periods periods, Instant now)
    {
        if (periods.Count == 0)
            return "";
        var first = LocalStart(periods, 0);
        var last = Instant.FromUnixTimeMilliseconds(periods.To - 1).InZone(periods.Zone).LocalDateTime;
        var years = first.Year == last.Year && last.Year == now.InZone(periods.Zone).Year ? "" : " yyyy";
        if (periods.To - periods.From < 48L * 3_600_000 && periods.Granularity == Granularity.Hour)
            return $"{Text(first, "d MMM HH:mm")} {Formats.None} {Text(last.PlusMilliseconds(1), first.Date == last.Date ? "HH:mm" : "d MMM HH:mm")}";
        return first.Date == last.Date ? Text(first, $"d MMM{years}") : $"{Text(first, $"d MMM{years}")} {Formats.None} {Text(last, $"d MMM{years}")}";
    }

    /// <summary>A short label under each period, empty where there is no room: at most about <paramref name="room"/> of them; the period that holds now is "today" or "now".</summary>
    public static IReadOnlyList<string> Axis(Periods periods, int room, Instant now)
    {
        var labels = new string[periods.Count];
        Array.Fill(labels, "");
        var current = periods.IndexOf(now.ToUnixTimeMilliseconds());
        LocalDate? shown = null;
        foreach (var index in Marked(periods, room))
        {
            var local = LocalStart(periods, index);
            labels[index] = index == current && periods.Granularity == Granularity.Day ? "today" : Short(periods.Granularity, local, shown);
            shown = local.Date;
        }

        return labels;
    }

    private static IEnumerable<int> Marked(Periods periods, int room)
    {
        var count = periods.Count;
        if (periods.Granularity == Granularity.Hour)
            return MarkedHours(periods, room);
        if (periods.Granularity == Granularity.Day && count > 92)
            return Thin([.. Enumerable.Range(0, count).Where(i => periods.DateAt(i).Day == 1)], room);
        var step = count;
        foreach (var nice in (ReadOnlySpan<int>)[1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 56])
        {
            if ((count + nice - 1) / nice <= room)
            {
                step = nice;
                break;
            }
        }

        return Enumerable.Range(0, count).Where(i => (count - 1 - i) % step == 0);
    }

    private static IEnumerable<int> MarkedHours(Periods periods, int room)
    {
        foreach (var step in (ReadOnlySpan<int>)[1, 2, 3, 6, 12])
        {
            if (periods.Count / step <= room)
                return Enumerable.Range(0, periods.Count).Where(i => LocalStart(periods, i) is { Minute: 0 } local && local.Hour % step == 0).ToList();
        }

        return Thin([.. Enumerable.Range(0, periods.Count).Where(i => LocalStart(periods, i) is { Hour: 0, Minute: 0 })], room);
    }

    private static IEnumerable<int> Thin(List<int> marks, int room)
    {
        var step = Math.Max(1, (marks.Count + room - 1) / Math.Max(1, room));
        return marks.Where((_, i) => (marks.Count - 1 - i) % step == 0);
    }

    private static string Short(Granularity granularity, LocalDateTime local, LocalDate? shown) => granularity switch
    {
        Granularity.Hour when local.Hour == 0 => Text(local, "d MMM"),
        Granularity.Hour => Text(local, "HH:mm"),
        Granularity.Month => Text(local, shown is null || shown.Value.Year != local.Year ? "MMM yyyy" : "MMM"),
        Granularity.Day when shown is { } last && last.Month == local.Month && last.Year == local.Year => Text(local, "%d"),
        _ => Text(local, shown is { } before && before.Year != local.Year ? "d MMM yyyy" : "d MMM"),
    };

    private static LocalDate Monday(LocalDate date) => date.PlusDays(1 - (int)date.DayOfWeek);

    private static LocalDateTime LocalStart(Periods periods, int index) => Instant.FromUnixTimeMilliseconds(periods[index].Start).InZone(periods.Zone).LocalDateTime;

    private static string Text(LocalDateTime local, string pattern) => local.ToString(pattern, CultureInfo.InvariantCulture);
}

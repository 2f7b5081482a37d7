using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>The days of the year that ends with a range.</summary>
public static class UsageCalendar
{
    /// <summary>53 weeks are what a year touches.</summary>
    public const int Days = 365;

    /// <summary>The year that ends on the range's last day, that day included.</summary>
    public static FigureRange YearOf(FigureRange range)
    {
        var end = ZonedDays.DateOf(range.To - 1, range.Zone).PlusDays(1);
        return range with { From = ZonedDays.StartOf(end.PlusDays(-Days), range.Zone), To = ZonedDays.StartOf(end, range.Zone) };
    }

    /// <summary>A day per day of the report; each leads to its rows.</summary>
    public static IReadOnlyList<CalendarDay> From(UsageReport year, UsageView view)
    {
        var drill = UsageDrill.Of(year);
        return
        [
            .. Enumerable.Range(0, year.Now.Periods.Count).Select(i =>
            {
                var sum = year.Now.All[i];
                var text = view.Measure == "cost" ? view.TextOf(sum) : FigureClaim.From(view.Metric, sum).Words;
                return new CalendarDay(year.Now.Periods.DateAt(i), view.ValueOf(sum), sum.Rows == 0 ? null : drill.Href(UsageKeys.All, view.Metric, sum, year.Now.Periods[i]), text);
            }),
        ];
    }
}

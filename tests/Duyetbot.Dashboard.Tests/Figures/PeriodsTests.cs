using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using NodaTime;

namespace Duyetbot.Dashboard.Tests.Figures;

public sealed class PeriodsTests
{
    private const long Hour = 3_600_000;

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", 25)]
    [InlineData("Asia/Kathmandu", "2026-11-23", 24)]
    [InlineData("Asia/Ho_Chi_Minh", "2026-11-23", 24)]
    public void Of_Day_IsAsLongAsTheZoneMakesIt(string zoneId, string day, int hours)
    {
        var (zone, date) = (Zone(zoneId), Date(day));

        var periods = Periods.Of(ZonedDays.StartOf(date, zone), ZonedDays.StartOf(date.PlusDays(1), zone), Granularity.Day, zone);

        Assert.Equal(1, periods.Count);
        Assert.Equal(hours * Hour, periods[0].End - periods[0].Start);
        Assert.Equal(hours, Periods.Of(periods.From, periods.To, Granularity.Hour, zone).Count);
    }

    [Fact]
    public void Of_ShiftByHalfAnHour_MakesADayOfTwentyFourAndAHalfHours()
    {
        var zone = Zone("Australia/Lord_Howe");
        var date = Date("2026-04-05");

        var days = Periods.Of(ZonedDays.StartOf(date, zone), ZonedDays.StartOf(date.PlusDays(1), zone), Granularity.Day, zone);
        var hours = Periods.Of(days.From, days.To, Granularity.Hour, zone);

        Assert.Equal(24.5 * Hour, days[0].End - days[0].Start);
        Assert.Equal(days.To - days.From, Enumerable.Range(0, hours.Count).Sum(i => hours[i].End - hours[i].Start));
        Assert.All(Enumerable.Range(0, hours.Count), i => Assert.InRange(hours[i].End - hours[i].Start, 1, Hour));
    }

    [Fact]
    public void Of_SkippedDate_HasNoPeriod()
    {
        var zone = Zone("Pacific/Apia");

        var periods = Periods.Of(ZonedDays.StartOf(Date("2011-12-28"), zone), ZonedDays.StartOf(Date("2012-01-02"), zone), Granularity.Day, zone);

        Assert.Equal(["2011-12-28", "2011-12-29", "2011-12-31", "2012-01-01"], Enumerable.Range(0, periods.Count).Select(i => periods.DateAt(i).ToString("uuuu-MM-dd", null)));
    }

    [Fact]
    public void Of_HourInKathmandu_BeginsAtTheFullHourThere()
    {
        var zone = Zone("Asia/Kathmandu");
        var from = ZonedDays.StartOf(Date("2026-11-23"), zone);

        var periods = Periods.Of(from, from + 24 * Hour, Granularity.Hour, zone);

        Assert.Equal(24, periods.Count);
        Assert.All(Enumerable.Range(0, 24), i => Assert.Equal(0, Formats.Local(periods[i].Start, zone)!.Value.Minute));
    }

    [Fact]
    public void Of_WeekAndMonth_BeginOnMondayAndOnTheFirst_AndAreCutOffAtTheRange()
    {
        var from = ZonedDays.StartOf(Date("2026-10-29"), DateTimeZone.Utc);
        var to = ZonedDays.StartOf(Date("2026-11-24"), DateTimeZone.Utc);

        var weeks = Periods.Of(from, to, Granularity.Week, DateTimeZone.Utc);
        var months = Periods.Of(from, to, Granularity.Month, DateTimeZone.Utc);

        Assert.Equal([29, 2, 9, 16, 23], Enumerable.Range(0, weeks.Count).Select(i => weeks.DateAt(i).Day));
        Assert.Equal([29, 1], Enumerable.Range(0, months.Count).Select(i => months.DateAt(i).Day));
        Assert.Equal((from, to), (weeks.From, weeks.To));
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    public void IndexOf_AnyMoment_IsThePeriodThatHoldsIt(string zoneId)
    {
        var zone = Zone(zoneId);
        var from = ZonedDays.StartOf(Date("2026-01-01"), zone);
        var to = ZonedDays.StartOf(Date("2027-01-01"), zone);
        foreach (var granularity in Enum.GetValues<Granularity>())
        {
            var periods = Periods.Of(from, to, granularity, zone);
            for (var at = from; at < to; at += 7 * Hour + 12_345)
            {
                var period = periods[periods.IndexOf(at)];
                Assert.True(period.Start <= at && at < period.End);
            }

            Assert.Equal(-1, periods.IndexOf(from - 1));
            Assert.Equal(-1, periods.IndexOf(to));
            Assert.Equal(0, periods.IndexOf(from));
            Assert.Equal(periods.Count - 1, periods.IndexOf(to - 1));
        }
    }

    [Fact]
    public void Of_TooManyPeriods_IsRefused()
    {
        var problem = Assert.Throws<InvalidParameterException>(() => Periods.Of(0, 100L * 365 * 24 * Hour, Granularity.Hour, DateTimeZone.Utc));

        Assert.Contains("20,000", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-10-20", "2026-10-27", "2026-10-13")]
    [InlineData("UTC", "2026-11-01", "2026-12-01", "2026-10-02")]
    public void Previous_WholeDays_IsAsManyDays(string zoneId, string from, string to, string previous)
    {
        var zone = Zone(zoneId);

        var before = new FigureRange(ZonedDays.StartOf(Date(from), zone), ZonedDays.StartOf(Date(to), zone), zone).Previous();

        Assert.Equal(ZonedDays.StartOf(Date(previous), zone), before.From);
        Assert.Equal(ZonedDays.StartOf(Date(from), zone), before.To);
    }

    [Fact]
    public void Axis_ManyPeriods_NeverHasMoreLabelsThanRoom()
    {
        var zone = Zone("Asia/Ho_Chi_Minh");
        var now = Instant.FromUtc(2026, 11, 23, 12, 0);
        foreach (var days in new[] { 1, 7, 30, 90, 365, 800 })
        {
            var from = ZonedDays.StartOf(now.InZone(zone).Date.PlusDays(1 - days), zone);
            var to = ZonedDays.StartOf(now.InZone(zone).Date.PlusDays(1), zone);
            foreach (var granularity in Enum.GetValues<Granularity>())
            {
                foreach (var room in new[] { 5, 16 })
                {
                    var labels = PeriodLabels.Axis(Periods.Of(from, to, granularity, zone), room, now).Count(l => l.Length > 0);
                    Assert.InRange(labels, granularity == Granularity.Day && days > 92 ? 1 : 0, room);
                }
            }
        }
    }

    [Theory]
    [InlineData(Granularity.Hour)]
    [InlineData(Granularity.Day)]
    [InlineData(Granularity.Week)]
    [InlineData(Granularity.Month)]
    public void Of_TheEndOfTheCalendar_EndsWithTheRange(Granularity granularity)
    {
        foreach (var id in new[] { "UTC", "Europe/Berlin", "Asia/Tokyo" })
        {
            var (from, to) = (ZonedDays.StartOf(Date("9999-12-02"), Zone(id)), ZonedDays.StartOf(Date("9999-12-31"), Zone(id)) + 3_600_000);

            var periods = Periods.Of(from, to, granularity, Zone(id));

            Assert.Equal((from, to), (periods.From, periods.To));
            Assert.Equal(granularity switch { Granularity.Hour => (29 * 24) + 1, Granularity.Day => 30, Granularity.Week => 5, _ => 1 }, periods.Count);
        }
    }

    [Fact]
    public void Axis_Month_CountsBackFromToday()
    {
        var now = Instant.FromUtc(2026, 11, 23, 12, 0);
        var from = ZonedDays.StartOf(Date("2026-10-25"), DateTimeZone.Utc);

        var labels = PeriodLabels.Axis(Periods.Of(from, ZonedDays.StartOf(Date("2026-11-24"), DateTimeZone.Utc), Granularity.Day, DateTimeZone.Utc), 16, now);

        Assert.Equal(["26 Oct", "28", "30", "1 Nov", "3", "5", "7", "9", "11", "13", "15", "17", "19", "21", "today"], labels.Where(l => l.Length > 0));
    }

    private static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    private static LocalDate Date(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
}

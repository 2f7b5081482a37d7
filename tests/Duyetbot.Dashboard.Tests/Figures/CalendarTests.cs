using Bunit;
using Duyetbot.Dashboard.Shared.Components;
using Duyetbot.Dashboard.Shared.Figures;
using NodaTime;

namespace Duyetbot.Dashboard.Tests.Figures;

public sealed class CalendarTests
{
    [Fact]
    public void Block_OfAYear_HoldsEachDayOnceInItsWeekdaysRow()
    {
        var days = Days(new LocalDate(2025, 11, 24), 365);

        var block = Assert.Single(CalendarBlock.Of(days));

        Assert.Equal(days.Count, block.Rows.Sum(r => r.Count(c => c is not null)));
        for (var weekday = 0; weekday < 7; weekday++)
            Assert.All(block.Rows[weekday].OfType<(CalendarDay Day, int Level)>(), c => Assert.Equal(weekday + 1, (int)c.Day.Day.DayOfWeek));
        Assert.Equal(block.Rows[0].Count, block.Months.Sum(m => m.Weeks));
        Assert.Equal(["", "Dec", "Jan 2026"], block.Months.Take(3).Select(m => m.Name));
    }

    [Fact]
    public void Blocks_OfThreeYears_AreAYearEachWithTheNewestFirst()
    {
        var blocks = CalendarBlock.Of(Days(new LocalDate(2024, 6, 1), 800));

        Assert.Equal(["2026", "2025", "2024"], blocks.Select(b => b.Title));
        Assert.Equal(800, blocks.Sum(b => b.Rows.Sum(r => r.Count(c => c is not null))));
    }

    [Fact]
    public void Block_WithADayLeftOut_HasNoCellThere()
    {
        // Samoa had no 30 December 2011.
        var days = Days(new LocalDate(2011, 12, 26), 7).Where(d => d.Day.Day != 30).ToList();

        var block = Assert.Single(CalendarBlock.Of(days));

        Assert.Null(block.Rows[4][0]);
        Assert.Equal(6, block.Rows.Count(r => r[0] is not null));
    }

    [Fact]
    public void Levels_OfFilledCells_AreFifthsByRankAndEqualForEquals()
    {
        Assert.Equal([0, 1, 2, 3, 4, 5, 0], HeatLevels.Of([0, 1, 2, 3, 4, 1_000_000, -1]));
        Assert.Equal([1, 1, 1], HeatLevels.Of([7, 7, 7]));
        Assert.Empty(HeatLevels.Of([]));
    }

    [Fact]
    public async Task CalendarHeat_Rendered_SaysEachDayInWordsAndHasOneStopForTheKeyboard()
    {
        await using var context = new BunitContext();
        var days = Days(new LocalDate(2026, 11, 1), 24);

        var calendar = context.Render<CalendarHeat>(p => p.Add(c => c.Days, days).Add(c => c.Name, "Tokens per day").Add(c => c.Selected, new LocalDate(2026, 11, 17)));

        Assert.Equal("Tokens per day", calendar.Find("table").GetAttribute("aria-label"));
        Assert.Equal(24, calendar.FindAll("td [tabindex]").Count);
        Assert.Equal("/messages?day=2026-11-24", calendar.Find("[tabindex='0']").GetAttribute("href"));
        Assert.Equal("Tue 17 Nov 2026: 17 tokens", calendar.Find("td.sel a").TextContent);
        Assert.Equal("SPAN", calendar.FindAll("td [tabindex]").Single(e => e.TextContent.StartsWith("Sun 1 Nov", StringComparison.Ordinal)).TagName);
    }

    private static List<CalendarDay> Days(LocalDate first, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => first.PlusDays(i)).Select((day, i) =>
            new CalendarDay(day, i, i == 0 ? null : $"/messages?day={day:uuuu-MM-dd}", $"{day.Day} tokens")),
    ];
}

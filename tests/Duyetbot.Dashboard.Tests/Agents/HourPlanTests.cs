using Duyetbot.Dashboard.Features.Agents;

namespace Duyetbot.Dashboard.Tests.Agents;

public sealed class HourPlanTests
{
    private const long Hour = HourPlan.HourMs;

    [Fact]
    public void Of_CutEnds_ReadsThemLive()
    {
        var plan = HourPlan.Of((2 * Hour) + 5, (6 * Hour) + 7, new HashSet<long>());

        Assert.Equal([((2 * Hour) + 5, 3 * Hour), (6 * Hour, (6 * Hour) + 7)], plan.Live);
        Assert.Equal((3 * Hour, 6 * Hour), (plan.CleanFrom, plan.CleanTo));
        Assert.False(plan.IsClean(2 * Hour));
        Assert.True(plan.IsClean(3 * Hour));
        Assert.False(plan.IsClean(6 * Hour));
    }

    [Fact]
    public void Of_StaleHours_JoinsThoseThatTouch()
    {
        var plan = HourPlan.Of((2 * Hour) + 1, 9 * Hour, new HashSet<long> { 3 * Hour, 5 * Hour, 6 * Hour, 9 * Hour, 0 });

        Assert.Equal([((2 * Hour) + 1, 4 * Hour), (5 * Hour, 7 * Hour)], plan.Live);
        Assert.False(plan.IsClean(5 * Hour));
        Assert.True(plan.IsClean(7 * Hour));
    }

    [Theory]
    [InlineData(10, 20)]
    [InlineData(Hour - 10, Hour + 10)]
    public void Of_ARangeWithoutAWholeHour_ReadsItLive(long from, long to)
    {
        var plan = HourPlan.Of(from, to, new HashSet<long> { 0, Hour });

        Assert.Equal([(from, to)], plan.Live);
        Assert.False(plan.IsClean(0));
        Assert.False(plan.IsClean(Hour));
    }

    [Fact]
    public void Of_WholeCleanHours_ReadsNothingLive() => Assert.Empty(HourPlan.Of(-Hour, 2 * Hour, new HashSet<long>()).Live);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, -Hour)]
    [InlineData(Hour - 1, 0)]
    public void HourOf_AMoment_IsTheFullHourBefore(long moment, long expected) => Assert.Equal(expected, HourPlan.HourOf(moment));
}

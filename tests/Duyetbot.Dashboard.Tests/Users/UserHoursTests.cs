using Duyetbot.Dashboard.Features.Users;

namespace Duyetbot.Dashboard.Tests.Users;

public sealed class UserHoursTests
{
    private const long Hour = 3_600_000;

    [Theory]
    [InlineData(0, 5 * Hour)]
    [InlineData(1, 5 * Hour)]
    [InlineData(-1, (5 * Hour) + 1)]
    [InlineData((-7 * Hour) - 3, -Hour)]
    [InlineData(10, 20)]
    [InlineData(Hour - 1, Hour + 1)]
    [InlineData(Hour, (2 * Hour) - 1)]
    [InlineData(5, Hour)]
    [InlineData(long.MinValue, 5)]
    [InlineData(7, long.MaxValue)]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(long.MaxValue - 5, long.MaxValue)]
    [InlineData(long.MinValue + 1, long.MinValue + 9)]
    public void Hours_OfARange_HoldEveryMomentOnce(long from, long to)
    {
        var hours = UserHours.Of(from, to);

        long[] edges = [from, from + 1, to - 1, hours.HourFrom, hours.HourFrom - 1, hours.HourTo, hours.HourTo - 1];
        foreach (var at in edges.Where(e => e >= from && e < to))
            Assert.Equal(1, Parts(hours, at));
        foreach (var at in new[] { from - 1, to }.Where(e => (e < from || e >= to) && e is not (long.MaxValue or long.MinValue)))
            Assert.Equal(0, Parts(hours, at));
        if (hours.HourTo > hours.HourFrom)
        {
            Assert.True(from == long.MinValue || hours.HourFrom % Hour == 0);
            Assert.True(to == long.MaxValue || hours.HourTo % Hour == 0);
        }
    }

    [Theory]
    [InlineData(Hour, 3 * Hour, false)]
    [InlineData(Hour, long.MaxValue, false)]
    [InlineData(Hour + 1, 3 * Hour, true)]
    [InlineData(10, 20, true)]
    public void Ends_OfARange_AreThereOnlyWhereItIsNoWholeHours(long from, long to, bool expected) => Assert.Equal(expected, UserHours.Of(from, to).HasEnds);

    private static int Parts(UserHours hours, long at) =>
        (at >= hours.HourFrom && at < hours.HourTo ? 1 : 0) + (at >= hours.HeadFrom && at < hours.HeadTo ? 1 : 0) + (at >= hours.TailFrom && at < hours.TailTo ? 1 : 0);
}

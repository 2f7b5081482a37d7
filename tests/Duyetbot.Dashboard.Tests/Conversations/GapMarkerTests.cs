using Duyetbot.Dashboard.Features.Conversations;
using NodaTime;

namespace Duyetbot.Dashboard.Tests.Conversations;

public sealed class GapMarkerTests
{
    private const long Noon = 1_795_435_200_000;
    private const long Minute = 60_000;

    [Theory]
    [InlineData(29 * Minute, null)]
    [InlineData(30 * Minute, "30 min later")]
    [InlineData(135 * Minute + 20_000, "2 h 15 min later")]
    [InlineData(-29 * Minute, null)]
    [InlineData(-90 * Minute, "1 h 30 min earlier")]
    [InlineData(13 * 60 * Minute, "13 h later · Tue 24 Nov 2026")]
    public void Between_TwoMessages_NamesOnlyLongSilences(long gap, string? expected) =>
        Assert.Equal(expected, GapMarker.Between(Noon, Noon + gap, DateTimeZone.Utc)?.Replace('\u202f', ' '));

    [Fact]
    public void Between_FirstMessage_NamesTheDayInTheZone() =>
        Assert.Equal("Tue 24 Nov 2026", GapMarker.Between(null, Noon, DateTimeZone.ForOffset(Offset.FromHours(13))));

    [Theory]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(long.MaxValue, long.MinValue)]
    [InlineData(0, long.MinValue)]
    public void Between_MalformedTimes_DoesNotFail(long from, long to) => Assert.NotNull(GapMarker.Between(from, to, DateTimeZone.Utc));
}

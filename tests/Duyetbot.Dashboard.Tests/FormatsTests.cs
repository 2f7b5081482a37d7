using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Tests;

public sealed class FormatsTests
{
    [Theory]
    [InlineData(412, "412 ms")]
    [InlineData(8140, "8.14 s")]
    [InlineData(41_300, "41.3 s")]
    [InlineData(59_949, "59.9 s")]
    [InlineData(59_950, "1 min")]
    [InlineData(118_000, "1 min 58 s")]
    [InlineData(11_520_000, "3 h 12 min")]
    [InlineData(187_200_000, "2 d 4 h")]
    [InlineData(-1900, "−1.90 s")]
    public void DurationMs_AnyLength_UsesTheTwoLargestUnits(long ms, string expected) =>
        Assert.Equal(expected, Formats.DurationMs(ms).Replace('\u202f', ' '));

    [Theory]
    [InlineData(130.1, 100, "+30.1 %")]
    [InlineData(96, 100, "−4.0 %")]
    [InlineData(144_000, 100, "×1,440")]
    [InlineData(5, 0, "new")]
    [InlineData(0, 0, "–")]
    public void Change_AgainstThePeriodBefore_StaysShort(double now, double before, string expected) =>
        Assert.Equal(expected, Formats.Change(now, before).Replace('\u202f', ' '));

    [Theory]
    [InlineData(0.0042, "$0.0042")]
    [InlineData(12.3, "$12.30")]
    [InlineData(0.0, "$0")]
    [InlineData(null, "no price")]
    public void Usd_AnyAmount_NeverShowsUnknownAsZero(double? usd, string expected) => Assert.Equal(expected, Formats.Usd(usd));

    [Fact]
    public void Clip_OfALongName_KeepsItsBeginningAndSaysHowLongItIs()
    {
        var name = string.Concat(Enumerable.Repeat("ab😀", 250_000));

        var clipped = Formats.Clip(name);

        Assert.Equal(name[..500] + "…", clipped);
        Assert.Equal(clipped + " (1,000,000 characters)", Formats.ClipTitle(name));
        // No half of a pair.
        Assert.Equal("a" + name[..498] + "…", Formats.Clip("a" + name));
        Assert.Equal(name[..500], Formats.Clip(name[..500]));
        Assert.Null(Formats.Clip(null));
    }

    [Fact]
    public void Address_ThatNoServerTakes_LeadsToWhatIsWrongWithTheData()
    {
        var id = new string('n', 9_000);

        Assert.Equal([Urls.Quality, Urls.Quality, Urls.Quality, Urls.Quality], [Urls.Conversation(id), Urls.Trace("e", id), Urls.Message(id), Urls.User(id)]);
        Assert.Equal("/quality?range=7d", Urls.With(Urls.User(id), [new("range", "7d")]));
        Assert.Equal($"/users/{id[..7_000]}", Urls.User(id[..7_000]));
    }
}

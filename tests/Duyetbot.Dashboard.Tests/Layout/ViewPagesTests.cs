using Duyetbot.Dashboard.Layout;

namespace Duyetbot.Dashboard.Tests.Layout;

public sealed class ViewPagesTests
{
    [Theory]
    [InlineData("/conversations", "")]
    [InlineData("/conversations?range=7d&platform=telegram", "platform=telegram&range=7d")]
    [InlineData("/conversations?platform=telegram&range=7d&cursor=abc&limit=100", "platform=telegram&range=7d")]
    [InlineData("/traces?rows=200&status=error&sums=tokens%3A4", "status=error")]
    [InlineData("/messages?not=model%3Ab&not=model%3Aa", "not=model%3Ab&not=model%3Aa")]
    [InlineData("/usage?from=2026-01-01&to=2026-02-01&timezone=Asia%2FTokyo#x", "from=2026-01-01&timezone=Asia%2FTokyo&to=2026-02-01")]
    public void QueryOf_AnAddress_HoldsTheFilterAndNoPlaceInTheList(string address, string expected) => Assert.Equal(expected, ViewPages.QueryOf(address));

    [Fact]
    public void EntryOf_EveryPage_IsInTheNavigation() => Assert.All(ViewPages.EntryOf.Values, entry => Assert.Contains(NavEntry.All, e => e.Path == entry));

    [Fact]
    public void LivePages_Navigation_FollowsEverywhere() => Assert.All(NavEntry.All, entry => Assert.True(LivePages.Holds(entry.Path), entry.Path));

    [Theory]
    [InlineData("/conversations", true)]
    [InlineData("/conversations/telegram%3A1", true)]
    [InlineData("/traces/a", true)]
    [InlineData("/traces/a/compare/b", false)]
    [InlineData("/messages", true)]
    [InlineData("/messages/a", false)]
    [InlineData("/users", true)]
    [InlineData("/users/1", true)]
    [InlineData("/api-explorer", false)]
    public void LivePages_Path_IsOneThatFollows(string path, bool follows) => Assert.Equal(follows, LivePages.Holds(path));
}

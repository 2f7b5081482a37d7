using Duyetbot.Dashboard.Features.Search;
using Duyetbot.Dashboard.Layout;

namespace Duyetbot.Dashboard.Tests.Search;

public sealed class OwnUrlTests
{
    [Theory]
    [InlineData("http://dash.example:8080/conversations?platform=telegram&range=7d", "/conversations?platform=telegram&range=7d")]
    [InlineData("  https://dash.example:8080/traces/ev-1?step=ev-1-0.2#x ", "/traces/ev-1?step=ev-1-0.2")]
    [InlineData("http://localhost:5080/conversations/github%3Ao%2Fr%231%20%25?message=a%2Fb", "/conversations/github%3Ao%2Fr%231%20%25?message=a%2Fb")]
    [InlineData("http://127.0.0.1:5080/users/1", "/users/1")]
    [InlineData("/traces/a/compare/b", "/traces/a/compare/b")]
    [InlineData("/usage?group_by=model", "/usage?group_by=model")]
    [InlineData("/traces/a/compare", "/traces/a/compare")]
    [InlineData("http://dash.example:8080/?range=7d", "/?range=7d")]
    [InlineData("http://dash.example:8080", "/")]
    [InlineData("/quality?finding=event_stuck", "/quality?finding=event_stuck")]
    [InlineData("http://dash.example:8080/data", "/data")]
    [InlineData("/api-explorer", "/api-explorer")]
    [InlineData("/messages/telegram%3A1%3A1%2F3", "/messages/telegram%3A1%3A1%2F3")]
    public void FindAddress_OfAnAddressOfOurs_IsItsPathAndQuery(string text, string expected) => Assert.Equal(expected, OwnUrl.FindAddress(text, "dash.example:8080"));

    [Theory]
    [InlineData("https://github.com/users/1")]
    [InlineData("https://dash.example:9999/conversations")]
    [InlineData("//evil.example/conversations")]
    [InlineData("/\\evil.example/conversations")]
    [InlineData("http://dash.example:8080@evil.example/conversations")]
    [InlineData("/")]
    [InlineData("http://dash.example:8080@evil.example/")]
    [InlineData("/quality/a")]
    [InlineData("/conversations/a/compare")]
    [InlineData("/api/v1/conversations")]
    [InlineData("/conversationsx")]
    [InlineData("/conversations/a/b")]
    [InlineData("/traces/a/b/c")]
    [InlineData("/usage/a")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///conversations")]
    [InlineData("telegram:1:1")]
    [InlineData("conversations")]
    [InlineData("/conversations\n/usage")]
    [InlineData("")]
    public void FindAddress_OfAnythingElse_IsNothing(string text) => Assert.Null(OwnUrl.FindAddress(text, "dash.example:8080"));

    [Fact]
    public void FindAddress_OfEveryPageOfTheNavigation_IsOurs() =>
        Assert.All(NavEntry.All, page => Assert.Equal(page.Path, OwnUrl.FindAddress("http://dash.example" + page.Path, "dash.example")));

    [Fact]
    public void FindAddress_OfAVeryLongText_IsNothing() => Assert.Null(OwnUrl.FindAddress("/conversations?q=" + new string('a', 5_000), "dash.example"));
}

using Duyetbot.Dashboard.Features.Conversations;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Tests.Conversations;

public sealed class ConversationFilterTests
{
    [Fact]
    public void Read_EveryParameter_ComesBackInToQuery()
    {
        const string query = "?q=time%25out&platform=github&user_id=a%2Fb&username=%E7%94%B0%E4%B8%AD&model=m%3Afree&visibility=public&archived=all&starred=true&has_error=false";

        var filter = ConversationFilter.Read(QueryReader.FromUri(query + "&from=5&to=2026-11-23"));

        Assert.Equal(new ConversationFilter { Q = "time%out", Platform = "github", UserId = "a/b", Username = "田中", Model = "m:free", Visibility = "public", Archived = null, Starred = true, HasError = false, From = 5, To = 1_795_392_000_000 }, filter);
        Assert.Equal(query, Urls.With("", filter.ToQuery()));
    }

    [Theory]
    [InlineData("?archived=maybe", "archived")]
    [InlineData("?starred=1", "starred")]
    [InlineData("?visibility=secret", "visibility")]
    [InlineData("?from=10&to=10", "to")]
    [InlineData("?from=yesterday", "from")]
    public void Read_WrongValue_NamesTheParameter(string query, string parameter) =>
        Assert.Equal(parameter, Assert.Throws<InvalidParameterException>(() => ConversationFilter.Read(QueryReader.FromUri(query))).Parameter);

    [Fact]
    public void Parts_EachPart_IsTheFilterWithoutIt()
    {
        var filter = new ConversationFilter { Q = "a", Platform = "b", UserId = "c", Username = "d", Model = "e", Visibility = "public", Archived = true, Starred = true, HasError = true };

        var parts = filter.Parts().ToList();

        Assert.Equal(9, parts.Count);
        Assert.All(parts, p => Assert.Equal(8, p.Without.Parts().Count()));
    }

    [Theory]
    [InlineData("", "last_message_at", true)]
    [InlineData("?sort=total_tokens", "total_tokens", true)]
    [InlineData("?sort=-total_tokens", "total_tokens", true)]
    [InlineData("?sort=%2Btotal_tokens", "total_tokens", false)]
    [InlineData("?sort=+message_count", "message_count", false)]
    public void Sort_Prefix_SaysTheDirection(string query, string column, bool descending) =>
        Assert.Equal(new ConversationSort(column, descending), ConversationSort.Read(QueryReader.FromUri(query)));

    [Theory]
    [InlineData("?sort=title")]
    [InlineData("?sort=--total_tokens")]
    [InlineData("?sort=-")]
    public void Sort_Unknown_IsRefused(string query) => Assert.Throws<InvalidParameterException>(() => ConversationSort.Read(QueryReader.FromUri(query)));
}

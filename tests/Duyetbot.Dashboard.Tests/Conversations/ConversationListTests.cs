using Duyetbot.Dashboard.Features.Conversations;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Tests.Conversations;

public sealed class ConversationListTests
{
    private static readonly TimeRange Range = new() { From = 1_000 };

    [Fact]
    public void Read_TheParameterOfAList_IsTheList()
    {
        var list = new ConversationList(new ConversationFilter { Platform = "cli", Q = "a & b = c", HasError = true, From = 1_000 }, new ConversationSort("total_tokens", false));

        var read = ConversationList.Read(QueryReader.FromUri(Urls.With("/conversations/x", [list.Parameter])), Range);

        Assert.Equal(list, read);
        Assert.Equal("a & b = c · cli · with error", read.Words);
    }

    [Fact]
    public void Parameter_OfEveryConversation_IsNone()
    {
        Assert.Null(ConversationList.All(Range).Parameter.Value);
        Assert.Equal(ConversationList.All(Range), ConversationList.Read(QueryReader.FromUri("/conversations/x"), Range));
    }

    [Theory]
    [InlineData("visibility%3Dsecret", "visibility")]
    [InlineData("sort%3Dcolour", "sort")]
    [InlineData("colour%3Dred", "colour")]
    public void Read_AWrongList_NamesWhatIsWrong(string list, string named)
    {
        var problem = Assert.Throws<InvalidParameterException>(() => ConversationList.Read(QueryReader.FromUri($"/conversations/x?list={list}"), Range));

        Assert.Equal("list", problem.Parameter);
        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
    }
}

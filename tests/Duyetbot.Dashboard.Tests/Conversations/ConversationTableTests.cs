using Bunit;
using Duyetbot.Dashboard.Features.Conversations;
using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Duyetbot.Dashboard.Tests.Conversations;

public sealed class ConversationTableTests : BunitContext
{
    private static readonly Instant Now = Instant.FromUnixTimeMilliseconds(1_795_435_200_000);

    [Fact]
    public void Table_Rows_ShowTitleElseFirstMessageElseId()
    {
        var table = Table(
            Row("a") with { Title = "Given title", FirstUserMessage = "hello" },
            Row("b") with { FirstUserMessage = "\n  first line\nsecond" },
            Row("github:o:o/r#1 %"));

        var links = table.FindAll("[data-testid=conversation-row] a[data-row-link]");

        Assert.Equal(["Given title", "first line", "github:o:o/r#1 %"], links.Select(l => l.TextContent.Trim()));
        Assert.Equal("/conversations/github%3Ao%3Ao%2Fr%231%20%25", links[2].GetAttribute("href"));
    }

    [Fact]
    public void Table_SortedHead_AloneHasAriaSortAndFlips()
    {
        var table = Table(Row("a"));

        var sorted = Assert.Single(table.FindAll("th[aria-sort]"));
        Assert.Equal("descending", sorted.GetAttribute("aria-sort"));
        Assert.Equal("+last_message_at", sorted.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains(table.FindAll("th a"), a => a.GetAttribute("href") == "-total_tokens");
    }

    [Fact]
    public void Table_UnknownCost_IsNeverZero() => Assert.Contains("no price", Table(Row("a") with { EstimatedCostUsd = null, UnpricedTokens = 5, TotalTokens = 5 }).Markup, StringComparison.Ordinal);

    [Fact]
    public void Table_MalformedTimes_AreShown() => Assert.Single(Table(Row("a") with { FirstMessageAt = long.MinValue, LastMessageAt = long.MaxValue }).FindAll("[data-testid=conversation-row]"));

    [Fact]
    public void Table_StarPressed_RaisesTheRow()
    {
        ConversationRow? starred = null;
        var table = Table(r => starred = r, Row("a"), Row("b"));

        table.FindAll("button.star")[1].Click();

        Assert.Equal("b", starred?.ConversationId);
    }

    private static ConversationRow Row(string id) => new() { ConversationId = id, Visibility = "private", MessageCount = 1, FirstMessageAt = Now.ToUnixTimeMilliseconds(), LastMessageAt = Now.ToUnixTimeMilliseconds(), EstimatedCostUsd = 0 };

    private IRenderedComponent<ConversationTable> Table(params ConversationRow[] rows) => Table(_ => { }, rows);

    private IRenderedComponent<ConversationTable> Table(Action<ConversationRow> onStar, params ConversationRow[] rows) => Render<ConversationTable>(p => p
        .Add(t => t.Listing, new ConversationListing { Rows = rows })
        .Add(t => t.List, ConversationList.All(new TimeRange()))
        .Add(t => t.Zone, DateTimeZone.Utc)
        .Add(t => t.Now, Now)
        .Add(t => t.SortUrl, s => (s.Descending ? "-" : "+") + s.Column)
        .Add(t => t.OnStar, EventCallback.Factory.Create(this, onStar)));
}

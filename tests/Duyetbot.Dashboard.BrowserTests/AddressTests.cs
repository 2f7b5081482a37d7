using Duyetbot.Dashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>Every state is in the address: Back returns to the same, and the range goes along.</summary>
public sealed class AddressTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    [Theory]
    [InlineData("/conversations?sort=-message_count&range=90d", "conversation-row")]
    [InlineData("/conversations?platform=telegram&range=all", "conversation-row")]
    [InlineData("/traces?status=error&range=all", "trace-row")]
    [InlineData("/traces?sort=-duration_ms", "trace-row")]
    public async Task List_AfterADetailAndBack_ShowsTheSameRows(string list, string row)
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync(list);
        var before = await LinksAsync(tab, row);
        Assert.NotEmpty(before);

        await tab.Id(row).Nth(Math.Min(3, before.Length - 1)).Locator("[data-row-link]").ClickAsync();
        await tab.AddressIsAsync(a => a != list);
        await tab.Page.GoBackAsync();
        await tab.AddressIsAsync(a => a == list);
        await Assertions.Expect(tab.Id(row)).ToHaveCountAsync(before.Length);

        Assert.Equal(before, await LinksAsync(tab, row));
    }

    [Fact]
    public async Task Range_OnOnePage_GoesAlongToTheOthers()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync("/conversations?range=7d&timezone=Asia%2FHo_Chi_Minh");

        await tab.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" }).First.GetByRole(AriaRole.Link, new() { Name = "Usage" }).ClickAsync();

        await tab.AddressIsAsync(a => a == "/usage?range=7d&timezone=Asia%2FHo_Chi_Minh");
    }

    [Fact]
    public async Task LoadMore_OnALongList_AddsTheNextRowsOnce()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync("/conversations?range=all");
        await Assertions.Expect(tab.Id("conversation-row")).ToHaveCountAsync(50);

        await tab.Id("load-more").ClickAsync();
        await Assertions.Expect(tab.Id("conversation-row").Nth(50)).ToBeAttachedAsync();

        var links = await LinksAsync(tab, "conversation-row");
        Assert.Equal(links.Length, links.Distinct().Count());
    }

    // What a row is: its text holds a time that goes on.
    private static Task<string[]> LinksAsync(Tab tab, string row) =>
        tab.Id(row).Locator("[data-row-link]").EvaluateAllAsync<string[]>("links => links.map(l => l.getAttribute('href').split('?')[0])");
}

using Duyetbot.Dashboard.BrowserTests.Support;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>Pages are complete in the HTML that arrives; becoming interactive changes nothing that is read.</summary>
public sealed class PrerenderTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    [Theory]
    [MemberData(nameof(PageNames.All), MemberType = typeof(PageNames))]
    public async Task Page_BecomingInteractive_ShowsTheSameText(string name)
    {
        var plain = await OpenTabAsync(javaScript: false);
        await plain.Page.GotoAsync(Samples.PathOf(name));
        var tab = await OpenTabAsync();

        await tab.OpenAsync(Samples.PathOf(name));

        Assert.Equal(await plain.Page.Locator("main").InnerTextAsync(), await tab.Page.Locator("main").InnerTextAsync());
    }
}

using Duyetbot.Dashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>What does not exist or cannot be understood is said in words; nothing is ever blank.</summary>
public sealed class ErrorTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    [Theory]
    [InlineData("/conversations?sort=no_such_column")]
    [InlineData("/conversations?from=yesterday-ish")]
    [InlineData("/conversations?no_such_parameter=1")]
    [InlineData("/conversations?timezone=Middle%2FEarth")]
    [InlineData("/traces?min_duration_ms=fast")]
    [InlineData("/traces?cursor=nonsense")]
    [InlineData("/usage?granularity=eon")]
    [InlineData("/?range=forever")]
    public async Task Parameter_ThatIsWrong_IsNamed(string path)
    {
        var tab = await OpenTabAsync();

        await tab.OpenAsync(path);

        var name = path[(path.IndexOf('?', StringComparison.Ordinal) + 1)..path.IndexOf('=', StringComparison.Ordinal)];
        await Assertions.Expect(tab.Id("error-state").First).ToContainTextAsync(name);
        await tab.Id("error-state").First.GetByRole(AriaRole.Link).First.ClickAsync();
        await tab.AddressIsAsync(a => !a.Contains('?'));
        await Assertions.Expect(tab.Id("error-state")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("/conversations/no%20such%20%23conversation")]
    [InlineData("/messages/no%2Fsuch%2Fmessage")]
    [InlineData("/traces/no-such-event")]
    public async Task Id_ThatIsUnknown_IsSaid(string path)
    {
        var tab = await OpenTabAsync();
        tab.Provoked = "404";

        var response = await tab.OpenAsync(path);

        Assert.Equal(404, response.Status);
        await Assertions.Expect(tab.Id("error-state").Or(tab.Id("empty-state")).First).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Address_OfNoPage_SaysSoWithStatus404()
    {
        var tab = await OpenTabAsync();
        tab.Provoked = "404";

        var response = await tab.Page.GotoAsync("/no/such/page");

        Assert.Equal(404, response!.Status);
        await Assertions.Expect(tab.Page.Locator("main")).ToContainTextAsync("no such page");
    }

    [Fact]
    public async Task Agents_ThatAreNotJson_LeaveThePageWhole()
    {
        var tab = await OpenTabAsync();

        await tab.OpenAsync(Samples.PathOf("trace-broken"));

        await Assertions.Expect(tab.Page.Locator("main")).ToContainTextAsync("input of the broken event");
        await Assertions.Expect(tab.Id("error-state")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Message_ThatIsHostile_RunsNothingAndFetchesNothing()
    {
        var tab = await OpenTabAsync();

        await tab.OpenAsync(Samples.PathOf("conversation-odd"));
        await tab.SettledAsync();

        // A dialog, a foreign request or a refused one would be a problem of the tab.
        await Assertions.Expect(tab.Id("message")).ToHaveCountAsync(2);
        await Assertions.Expect(tab.Page.Locator("main script, main iframe, main [onerror], main [onload], main a[href^='javascript:' i], main img[src^=http]")).ToHaveCountAsync(0);
        Assert.Null(await tab.Page.EvaluateAsync<string?>("() => globalThis.hacked ?? null"));
    }
}

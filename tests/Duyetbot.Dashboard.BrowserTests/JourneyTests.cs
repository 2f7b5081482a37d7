using Duyetbot.Dashboard.BrowserTests.Support;
using Duyetbot.Dashboard.Shared;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>From the list to a conversation, a message, its trace, a step: once by mouse, once by keyboard alone.</summary>
public sealed class JourneyTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Back_FromATrace_StandsWhereTheListStood()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync(Urls.Traces + "?rows=200");
        Task<int> TopAsync() => tab.Page.EvaluateAsync<int>("() => Math.round(document.querySelector('.lbody').scrollTop)");
        await tab.Id("trace-row").Nth(150).ScrollIntoViewIfNeededAsync();
        var top = await TopAsync();
        Assert.True(top > 1_000);

        await tab.Id("trace-row").Nth(150).Locator("[data-row-link]").ClickAsync();
        await Assertions.Expect(tab.Page.Locator("[data-trace]")).ToBeVisibleAsync();
        await tab.Page.GoBackAsync();

        await tab.Page.WaitForFunctionAsync("top => Math.abs(document.querySelector('.lbody')?.scrollTop - top) <= 1", top);
        await Assertions.Expect(tab.Id("trace-row")).ToHaveCountAsync(200);
    }

    [Fact]
    public async Task Mouse_FromListToStep_FindsEachByOneClick()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync("/conversations");

        await tab.Id("conversation-row").First.Locator("[data-row-link]").ClickAsync();
        await tab.AddressIsAsync(a => a.StartsWith("/conversations/", StringComparison.Ordinal));
        await Assertions.Expect(tab.Id("message").First).ToBeVisibleAsync();

        await tab.Page.Locator("article[data-testid=message]").Last.Locator("[data-row-link]").ClickAsync();
        await tab.AddressIsAsync(a => a.Contains("message=", StringComparison.Ordinal));
        await Assertions.Expect(tab.Id("message-detail")).ToBeVisibleAsync();

        await tab.OpenAsync(Samples.PathOf("conversation-message"));
        await tab.Id("message-detail").Locator("a[href^='/traces/']").First.ClickAsync();
        await tab.AddressIsAsync(a => a.StartsWith("/traces/", StringComparison.Ordinal));
        await Assertions.Expect(tab.Id("step-row").First).ToBeVisibleAsync();

        await tab.Id("step-row").Last.Locator("[data-row-link]").ClickAsync();
        await tab.AddressIsAsync(a => a.Contains("step=", StringComparison.Ordinal));
        await Assertions.Expect(tab.Id("step-detail")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Keyboard_FromOverviewToStep_NeedsNoMouse()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync("/");
        var keys = tab.Page.Keyboard;

        await keys.PressAsync("g");
        await keys.PressAsync("c");
        await tab.AddressIsAsync(a => a.StartsWith("/conversations", StringComparison.Ordinal));
        await Assertions.Expect(tab.Id("conversation-row").First).ToBeVisibleAsync();

        await keys.PressAsync("j");
        await keys.PressAsync("j");
        await keys.PressAsync("k");
        await Assertions.Expect(tab.Id("conversation-row").First).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("cursor"));
        await keys.PressAsync("Enter");
        await tab.AddressIsAsync(a => a.StartsWith("/conversations/", StringComparison.Ordinal));
        await Assertions.Expect(tab.Id("message").First).ToBeVisibleAsync();

        await keys.PressAsync("g");
        await keys.PressAsync("t");
        await tab.AddressIsAsync(a => a.StartsWith("/traces", StringComparison.Ordinal));
        await Assertions.Expect(tab.Id("trace-row").First).ToBeVisibleAsync();
        await keys.PressAsync("j");
        await keys.PressAsync("Enter");
        await tab.AddressIsAsync(a => a.StartsWith("/traces/", StringComparison.Ordinal));

        await tab.OpenAsync(Samples.PathOf("trace"));
        await tab.SettledAsync();
        await keys.PressAsync("j");
        await keys.PressAsync("Enter");
        await tab.AddressIsAsync(a => a.Contains("step=", StringComparison.Ordinal));
        await Assertions.Expect(tab.Id("step-detail")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Keyboard_FromMessageToItsTrace_GoesThroughThePane()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync(Samples.PathOf("conversation"));
        var keys = tab.Page.Keyboard;

        await PressUntilAsync(tab, "j", "[data-testid=message] [data-row-link]");
        await keys.PressAsync("Enter");
        await tab.AddressIsAsync(a => a.Contains("message=", StringComparison.Ordinal));
        await Assertions.Expect(tab.Id("message-detail")).ToBeVisibleAsync();

        await keys.PressAsync("Escape");
        await tab.AddressIsAsync(a => !a.Contains("message=", StringComparison.Ordinal));
        await Assertions.Expect(tab.Id("message-detail")).ToHaveCountAsync(0);

        await tab.OpenAsync(Samples.PathOf("conversation-message"));
        await PressUntilAsync(tab, "Tab", "[data-testid=message-detail] a[href^='/traces/']");
        await keys.PressAsync("Enter");
        await tab.AddressIsAsync(a => a.StartsWith("/traces/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SkipLink_BeforeEverything_LeadsToTheContent()
    {
        var tab = await OpenTabAsync();
        await tab.Page.GotoAsync("/conversations");
        await tab.InteractiveAsync();

        await PressUntilAsync(tab, "Shift+Tab", "a.skip", 40);
        await tab.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(tab.Page.Locator("main")).ToBeFocusedAsync();
    }

    /// <summary>Presses a key until the focus is on what the selector names.</summary>
    private static async Task PressUntilAsync(Tab tab, string key, string selector, int limit = 250)
    {
        for (var press = 0; press < limit; press++)
        {
            await tab.Page.Keyboard.PressAsync(key);
            if (await tab.Page.Locator(selector).And(tab.Page.Locator(":focus")).CountAsync() > 0)
                return;
        }

        Assert.Fail($"{limit} times {key} did not reach {selector}.");
    }
}

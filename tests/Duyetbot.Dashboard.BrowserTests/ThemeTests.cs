using Duyetbot.Dashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>Light or dark: the system's until one is chosen, never a flash of the other.</summary>
public sealed class ThemeTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    // Keeps every value of data-theme from the first moment of the document on.
    private const string RecordThemes =
        """
        globalThis.themes = [];
        new MutationObserver(() => {
          const theme = document.documentElement?.dataset.theme;
          const drawn = !!document.body;
          if (theme !== globalThis.themes.at(-1) && (theme || drawn)) globalThis.themes.push(theme ?? "none");
        }).observe(document, { attributes: true, childList: true, subtree: true });
        """;

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Theme_WhereNoneWasChosen_IsTheSystems(string theme)
    {
        var tab = await OpenTabAsync(theme: theme);
        await tab.Page.AddInitScriptAsync(RecordThemes);

        await tab.OpenAsync("/");

        Assert.Equal([theme], await tab.Page.EvaluateAsync<string[]>("() => globalThis.themes"));
    }

    [Fact]
    public async Task Theme_ThatWasChosen_StaysAfterReloadWithoutAFlash()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync("/conversations");
        var light = await Background(tab);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" }).ClickAsync();
        var dark = await Background(tab);
        await tab.Page.AddInitScriptAsync(RecordThemes);
        await tab.ReloadAsync();

        Assert.NotEqual(light, dark);
        Assert.Equal(["dark"], await tab.Page.EvaluateAsync<string[]>("() => globalThis.themes"));
        Assert.Equal(dark, await Background(tab));
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Usage" }).First.ClickAsync();
        await tab.AddressIsAsync(a => a.StartsWith("/usage", StringComparison.Ordinal));
        Assert.Equal(dark, await Background(tab));
    }

    private static Task<string> Background(Tab tab) => tab.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}

using Duyetbot.Dashboard.Access;
using Duyetbot.Dashboard.BrowserTests.Support;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>In by form and by link, out in every tab at once; a key is shown once.</summary>
public sealed class SignInTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Person_WithTheToken_ComesInAndGoesOutInEveryTab()
    {
        using var database = new TestDatabase();
        await using var server = await TestServer.StartAsync(database.File, settings: new Dictionary<string, string?> { ["Dashboard:Auth:Mode"] = "Token" });
        var token = server.Services.GetRequiredService<SignInToken>().Current;
        var tab = await OpenTabAsync(390, "dark", server: server);
        tab.Provoked = "401";

        // To the page that was asked for, after a wrong token; the sign-in page itself is fit for everybody.
        await tab.Page.GotoAsync("/data?range=7d");
        Assert.Equal("/login?returnUrl=%2Fdata%3Frange%3D7d", tab.Address);
        await IsFitForEverybodyAsync(tab);
        await tab.Page.GetByLabel("Token").FillAsync("not the token");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the token");
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await tab.Page.SetViewportSizeAsync(1440, 900);
        await IsFitForEverybodyAsync(tab);
        await tab.Page.GetByLabel("Token").FillAsync(token);
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.AddressIsAsync(a => a == "/data?range=7d");
        await tab.InteractiveAsync();

        var second = new Tab(await tab.Page.Context.NewPageAsync(), server.Address);
        await second.OpenAsync("/usage");
        await tab.Page.GetByLabel("Your sign-in").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("signed out");
        await second.AddressIsAsync(a => a.StartsWith("/login?returnUrl=%2Fusage", StringComparison.Ordinal));

        // Back by the link, which leaves no token in the address bar.
        await tab.OpenAsync($"/login?t={token}&returnUrl=%2Fdata");
        Assert.Equal("/data", tab.Address);

        // A key is made, shown, and gone after a reload.
        await tab.Page.GetByLabel("Name").FillAsync("night shift");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make key" }).ClickAsync();
        var key = await tab.Id("new-key-text").InnerTextAsync();
        Assert.StartsWith("duyetbot_", key, StringComparison.Ordinal);
        await tab.ReloadAsync();
        await Assertions.Expect(tab.Id("api-key-row")).ToHaveCountAsync(1);
        Assert.DoesNotContain(key, await tab.TextAsync(), StringComparison.Ordinal);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke night shift…" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke key" }).ClickAsync();
        await Assertions.Expect(tab.Id("api-key-row")).ToHaveCountAsync(0);
        // Before its server goes.
        await second.Page.CloseAsync();
        await tab.Page.CloseAsync();
    }

    private static async Task IsFitForEverybodyAsync(Tab tab)
    {
        var axe = await Axe.RunAsync(tab.Page);
        Check.None(axe.Violations.Select(v => $"{v.Id}: {v.Help}"));
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
    }
}

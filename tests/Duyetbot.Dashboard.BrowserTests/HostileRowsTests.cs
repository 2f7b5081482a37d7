using Duyetbot.Dashboard.BrowserTests.Support;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>Where every stored text is hostile, every page still shows it as text.</summary>
public sealed class HostileRowsTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task EveryPage_OverHostileRows_ShowsThemAsText()
    {
        using var rows = new HostileRows();
        await using var server = await DashboardFixture.ServeAsync(rows.Database);
        await using var context = await Fixture.Browser.NewContextAsync(new() { BaseURL = server.Address.ToString(), ViewportSize = new() { Width = 1440, Height = 900 }, ReducedMotion = ReducedMotion.Reduce, TimezoneId = "UTC" });
        await context.AddInitScriptAsync("globalThis.hit = () => { console.error('script ran'); };");
        var tab = new Tab(await context.NewPageAsync(), server.Address);
        var blank = new List<string>();

        foreach (var path in rows.Pages)
        {
            await tab.OpenAsync(path);
            await tab.SettledAsync();
            // Every cell, in case it shows more under the pointer.
            foreach (var chart in await tab.Page.Locator(".apexcharts-grid").AllAsync())
                await chart.HoverAsync(new() { Force = true });
            var text = await tab.TextAsync();
            if (text.Length < 40 || await tab.Id("error-state").CountAsync() > 0)
                blank.Add($"{path}: {text[..Math.Min(300, text.Length)]}");
            if (new Uri(tab.Page.Url).Authority != server.Address.Authority)
                blank.Add($"{path} led to {tab.Page.Url}");
        }

        Check.None([.. tab.Problems, .. blank]);
    }

    [Theory]
    [MemberData(nameof(HostileRows.Files), MemberType = typeof(HostileRows))]
    public async Task File_OverHostileRows_DoesNothingEvenWithoutItsPolicy(string path)
    {
        using var rows = new HostileRows();
        await using var server = await TestServer.StartAsync(rows.Database.File);
        var file = await server.Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        const string Policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">";
        Assert.Contains(Policy, file, StringComparison.Ordinal);

        var page = await (await Fixture.Browser.NewContextAsync()).NewPageAsync();
        await page.AddInitScriptAsync("globalThis.hit = () => { console.error('script ran'); };");
        var happened = new List<string>();
        page.Console += (_, message) => happened.Add(message.Text);
        page.Request += (_, request) => happened.Add(request.Url);
        await page.SetContentAsync(file.Replace(Policy, "", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Load });

        Assert.Contains("onerror=hit(1)", await page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        await page.Context.DisposeAsync();
        Check.None(happened);
    }

    [Fact]
    public async Task Page_ThatTakesTextForHtml_IsCaught()
    {
        await using var context = await Fixture.Browser.NewContextAsync();
        await context.AddInitScriptAsync("globalThis.hit = () => { console.error('script ran'); };");
        var page = await context.NewPageAsync();
        var tab = new Tab(page, new Uri("http://127.0.0.1:1/"));

        await page.SetContentAsync($"<main>{HostileRows.Name}</main>", new() { WaitUntil = WaitUntilState.Load });

        Assert.Contains(tab.Problems, p => p.Contains("script ran", StringComparison.Ordinal));
        Assert.Contains(tab.Problems, p => p.Contains("foreign host", StringComparison.Ordinal));
    }
}

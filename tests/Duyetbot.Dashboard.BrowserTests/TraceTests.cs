using Duyetbot.Dashboard.BrowserTests.Support;
using Duyetbot.Dashboard.Shared;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>One trace by keyboard and by mouse, and two side by side.</summary>
public sealed class TraceTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    private const string Failed = Samples.SmallEventId + "-1.4";

    [Fact]
    public async Task Keyboard_InTheTree_MovesFoldsAndFindsTheError()
    {
        var tab = await OpenSmallAsync();
        var keys = tab.Page.Keyboard;
        // router, boss, the six searches as one, other, end.
        await Assertions.Expect(tab.Id("step-row")).ToHaveCountAsync(5);

        await keys.PressAsync("j");
        await keys.PressAsync("j");
        await keys.PressAsync("j");
        await keys.PressAsync("k");
        await Assertions.Expect(Row(tab, "1")).ToBeFocusedAsync();

        await keys.PressAsync("h");
        await Assertions.Expect(tab.Id("step-row")).ToHaveCountAsync(3);
        await tab.AddressIsAsync(a => a.Contains("fold=1", StringComparison.Ordinal));
        await keys.PressAsync("l");
        await Assertions.Expect(tab.Id("step-row")).ToHaveCountAsync(5);

        await keys.PressAsync("e");
        await tab.AddressIsAsync(a => a.Contains("step=" + Failed, StringComparison.Ordinal));
        await Assertions.Expect(Row(tab, "1.4")).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(tab.Id("step-detail")).ToContainTextAsync("boom");
    }

    [Fact]
    public async Task Group_OpenedByItsArrow_ShowsItsSixMembers()
    {
        var tab = await OpenSmallAsync();

        await tab.Id("step-row").Nth(2).Locator("[data-toggle]").ClickAsync();

        await Assertions.Expect(tab.Id("step-row")).ToHaveCountAsync(11);
        await tab.Id("step-row").Nth(2).Locator("[data-toggle]").ClickAsync();
        await Assertions.Expect(tab.Id("step-row")).ToHaveCountAsync(5);
    }

    [Fact]
    public async Task Find_ByNameThenN_GoesFromMatchToMatch()
    {
        var tab = await OpenSmallAsync();

        await tab.Page.Locator("main [data-testid=search-box] input").FillAsync("search");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.AddressIsAsync(a => a.Contains("find=search", StringComparison.Ordinal));
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "6 matches" })).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.Locator("[data-wf][data-ready]")).ToBeVisibleAsync();

        await tab.Page.Keyboard.PressAsync("n");
        await tab.AddressIsAsync(a => a.Contains($"step={Samples.SmallEventId}-1.0", StringComparison.Ordinal));
        await Assertions.Expect(Row(tab, "1.0")).ToHaveAttributeAsync("aria-selected", "true");
        await tab.Page.Keyboard.PressAsync("n");
        await tab.AddressIsAsync(a => a.Contains($"step={Samples.SmallEventId}-1.1", StringComparison.Ordinal));
        await Assertions.Expect(Row(tab, "1.1")).ToHaveAttributeAsync("aria-selected", "true");
        await tab.Page.Keyboard.PressAsync("N");
        await tab.AddressIsAsync(a => a.Contains($"step={Samples.SmallEventId}-1.0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Drag_OverTheRows_ZoomsAndKeepsTheWindowInTheAddress()
    {
        var tab = await OpenSmallAsync();
        var axis = await tab.Page.Locator(".wf-head .axis").BoundingBoxAsync() ?? throw new InvalidOperationException("No axis.");
        var row = await tab.Id("step-row").First.BoundingBoxAsync() ?? throw new InvalidOperationException("No row.");
        var y = row.Y + (row.Height / 2);

        await tab.Page.Mouse.MoveAsync(axis.X + (axis.Width / 4), y);
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(axis.X + (axis.Width / 3), y);
        await tab.Page.Mouse.MoveAsync(axis.X + (axis.Width / 2), y);
        await tab.Page.Mouse.UpAsync();

        await tab.AddressIsAsync(a => a.Contains("zoom=", StringComparison.Ordinal));
        // A quarter to a half of 10 s, give or take a pixel.
        var zoom = Uri.UnescapeDataString(tab.Address.Split("zoom=")[1].Split('&')[0]).Split('~').Select(long.Parse).ToArray();
        Assert.InRange(zoom[0], 2_450, 2_550);
        Assert.InRange(zoom[1], 4_950, 5_050);
        await tab.ReloadAsync();
        await Assertions.Expect(tab.Page.Locator("[data-wf]")).ToHaveAttributeAsync("style", new System.Text.RegularExpressions.Regex("--zs"));
    }

    [Fact]
    public async Task ShortSteps_Hidden_AreCountedBelow()
    {
        var tab = await OpenSmallAsync();

        await tab.Page.Locator("summary", new() { HasText = "Any length" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Hide shorter than 1.00" }).ClickAsync();

        await tab.AddressIsAsync(a => a.Contains("min_ms=1000", StringComparison.Ordinal));
        // boss, its failed search, other, end; the router and five searches are shorter.
        await Assertions.Expect(tab.Id("step-row")).ToHaveCountAsync(4);
        await Assertions.Expect(tab.Page.Locator(".wf-foot")).ToContainTextAsync("6 shorter than 1.00");
    }

    [Fact]
    public async Task LongTrace_OfTenThousandSteps_SaysHowManyRowsThereAre()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync(Urls.Trace(Samples.LongEventId));

        await Assertions.Expect(tab.Id("step-row")).ToHaveCountAsync(200);
        await Assertions.Expect(tab.Page.Locator(".wf-foot")).ToContainTextAsync("10,000 steps; rows 1 to 200 of 10,000");
        await tab.Page.Locator(".wbar .seg a").First.ClickAsync();
        await Assertions.Expect(tab.Page.Locator(".wf-foot")).ToContainTextAsync("10,000 steps, 9,000 of them folded; rows 1 to 200 of 1,000");
    }

    [Fact]
    public async Task Pane_ByKeyboard_IsEnteredLeftAndClosedWithoutLosingTheRow()
    {
        var tab = await OpenSmallAsync();
        var keys = tab.Page.Keyboard;
        await keys.PressAsync("e");
        await Assertions.Expect(Row(tab, "1.4")).ToBeFocusedAsync();
        await Assertions.Expect(tab.Id("step-detail")).ToContainTextAsync("boom");

        await keys.PressAsync("Enter");
        await Assertions.Expect(tab.Page.Locator(".pane-b")).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Assertions.Expect(Row(tab, "1.4")).ToBeFocusedAsync();
        await keys.PressAsync("Escape");

        await tab.AddressIsAsync(a => !a.Contains("step=", StringComparison.Ordinal));
        await Assertions.Expect(tab.Id("step-detail")).ToHaveCountAsync(0);
        // The group that the selection kept open stays open, and the row keeps the focus.
        await Assertions.Expect(Row(tab, "1.4")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Pane_Width_MovesByArrowKeysAndIsRemembered()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync($"{Urls.Trace(Samples.SmallEventId)}?step={Failed}");
        var grip = tab.Page.Locator("[data-pane-grip]");
        Task<double> WidthAsync() => tab.Page.EvaluateAsync<double>("() => document.querySelector('.pane').getBoundingClientRect().width");
        Assert.Equal(400, await WidthAsync());

        await tab.Page.RunAndWaitForResponseAsync(() => grip.FocusAsync(), r => r.Url.Contains("pane.js", StringComparison.Ordinal));
        await Assertions.Expect(grip).ToHaveAttributeAsync("aria-valuenow", "400");
        await grip.PressAsync("ArrowLeft");
        await Assertions.Expect(grip).ToHaveAttributeAsync("aria-valuenow", "416");
        await grip.PressAsync("End");
        await Assertions.Expect(grip).ToHaveAttributeAsync("aria-valuenow", "640");
        await tab.ReloadAsync();

        Assert.Equal(640, await WidthAsync());
    }

    [Fact]
    public async Task Compare_FromTheMenuByAPastedId_ShowsBoth()
    {
        var tab = await OpenSmallAsync();

        await tab.Page.Locator("summary", new() { HasText = "Compare" }).ClickAsync();
        await tab.Page.GetByLabel("Id of another trace").FillAsync(Samples.LongEventId);
        await tab.Page.Keyboard.PressAsync("Enter");

        await tab.AddressIsAsync(a => a.Contains("/compare", StringComparison.Ordinal));
        await Assertions.Expect(tab.Id("compare-table")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByText("0 in both, 10 only in A, 10,000 only in B")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Id("compare-row")).ToHaveCountAsync(200);
    }

    private async Task<Tab> OpenSmallAsync()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync(Urls.Trace(Samples.SmallEventId));
        await Assertions.Expect(tab.Page.Locator("[data-wf][data-ready]")).ToBeVisibleAsync();
        await tab.SettledAsync();
        return tab;
    }

    private static ILocator Row(Tab tab, string path) => tab.Page.Locator($"[data-step='{Samples.SmallEventId}-{path}']");
}

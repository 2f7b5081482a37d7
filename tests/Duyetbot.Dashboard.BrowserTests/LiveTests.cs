using System.Text.RegularExpressions;
using Dapper;
using Duyetbot.Dashboard.BrowserTests.Support;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>Another connection writes while a page is open; and what the keyboard reaches from anywhere.</summary>
public sealed class LiveTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Pages_WhileAnotherWrites_CountWithoutMovingAndLoadWhenAsked()
    {
        using var database = new TestDatabase();
        const string talk = "telegram:1:1";
        for (var i = 0; i < 60; i++)
            database.GivenMessage($"telegram:{i}:2", content: $"conversation {i}", at: TestDatabase.Now - 1_000_000 + i);
        for (var i = 0; i < 60; i++)
            database.GivenMessage(talk, i, i % 2 == 0 ? "user" : "assistant", $"message {i}", at: TestDatabase.Now - 2_000_000 + i);
        await using var server = await DashboardFixture.ServeAsync(database);
        var tab = await OpenTabAsync(server: server);
        await tab.OpenAsync("/conversations");
        await tab.Page.EvaluateAsync("() => document.querySelector('.list-scroll').scrollTop = 200");
        var rows = await tab.Id("conversation-row").AllInnerTextsAsync();

        for (var i = 0; i < 12; i++)
            database.GivenMessage($"telegram:new{i}:2", content: $"new {i}", at: TestDatabase.Now + i);
        await Assertions.Expect(tab.Id("new-pill")).ToHaveTextAsync("12 new");
        Assert.Equal(rows, await tab.Id("conversation-row").AllInnerTextsAsync());
        Assert.Equal(200, await tab.Page.EvaluateAsync<int>("() => document.querySelector('.list-scroll').scrollTop"));
        await tab.Id("new-pill").ClickAsync();
        await Assertions.Expect(tab.Id("conversation-row").First).ToContainTextAsync("new 11");
        await Assertions.Expect(tab.Id("new-pill")).ToHaveCountAsync(0);

        // Paused, it says nothing; resumed, it has lost nothing.
        await tab.Page.Keyboard.PressAsync("p");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Paused: follow new data" })).ToBeVisibleAsync();
        database.GivenMessage("telegram:paused:2", at: TestDatabase.Now + 100);
        await tab.ReloadAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Paused: follow new data" })).ToBeVisibleAsync();
        database.GivenMessage("telegram:again:2", at: TestDatabase.Now + 200);
        await tab.Page.Keyboard.PressAsync("p");
        await Assertions.Expect(tab.Id("new-pill")).ToHaveTextAsync("1 new");

        // A conversation is read in its middle: a pill; at its end: what is new comes.
        await tab.OpenAsync($"/conversations/{Uri.EscapeDataString(talk)}");
        await Assertions.Expect(tab.Id("message")).ToHaveCountAsync(60);
        database.GivenMessage(talk, 60, "user", "one more", at: TestDatabase.Now);
        await Assertions.Expect(tab.Id("new-pill")).ToHaveTextAsync("1 new");
        await Assertions.Expect(tab.Id("message")).ToHaveCountAsync(60);
        await tab.Id("new-pill").ClickAsync();
        await Assertions.Expect(tab.Id("message").Last).ToBeInViewportAsync();
        await Assertions.Expect(tab.Id("message").Last).ToContainTextAsync("one more");
        database.GivenMessage(talk, 61, "assistant", "and its answer", at: TestDatabase.Now + 1);
        await Assertions.Expect(tab.Id("message").Last).ToContainTextAsync("and its answer");
        await Assertions.Expect(tab.Id("message").Last).ToBeInViewportAsync();

        // A running trace grows; its selection stays.
        database.GivenEvent("run", status: "processing", agents: """[{"name":"first","duration_ms":10}]""");
        await tab.OpenAsync("/traces/run?step=run-0");
        await Assertions.Expect(tab.Id("step-row")).ToHaveCountAsync(1);
        database.Connection.Execute("""UPDATE observability_events SET status = 'success', duration_ms = 30, agents = '[{"name":"first","duration_ms":10},{"name":"second","duration_ms":20}]' WHERE event_id = 'run'""");
        await Assertions.Expect(tab.Id("step-row")).ToHaveCountAsync(2);
        await Assertions.Expect(tab.Page.Locator("[data-testid=step-row][aria-selected=true]")).ToContainTextAsync("first");
        await tab.Page.GotoAsync("about:blank");
    }

    [Fact]
    public async Task Keyboard_PaletteSheetAndViews_LeadEverywhere()
    {
        using var database = new TestDatabase();
        database.GivenEvent("ev-1", agents: """[{"name":"router","duration_ms":10}]""");
        database.GivenMessage("telegram:1:1", content: "hello", eventId: "ev-1");
        await using var server = await DashboardFixture.ServeAsync(database);
        var tab = await OpenTabAsync(server: server);
        await tab.OpenAsync("/conversations?range=7d&platform=telegram");
        var palette = tab.Id("palette");
        var field = palette.GetByRole(AriaRole.Combobox);

        // A filter gets a name and is opened from elsewhere by it.
        await tab.Page.Locator(".view-menu summary").ClickAsync();
        await tab.Page.GetByLabel("Keep this filter as").FillAsync("Telegram this week");
        await tab.Page.Keyboard.PressAsync("Enter");
        var view = tab.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" }).First.GetByRole(AriaRole.Link, new() { Name = "Telegram this week" });
        await Assertions.Expect(view).ToHaveAttributeAsync("aria-current", "page");
        await tab.Page.Keyboard.PressAsync("Escape");

        // Any id and any address of ours.
        foreach (var (text, address) in new[] { ("ev-1-0", "/traces/ev-1?step=ev-1-0"), ($"{server.Address}conversations/telegram%3A1%3A1", "/conversations/telegram%3A1%3A1"), ("two words", "/messages?q=two%20words&range=all") })
        {
            await tab.Page.Locator("main").FocusAsync();
            await tab.Page.Keyboard.PressAsync("Control+k");
            await Assertions.Expect(field).ToBeFocusedAsync();
            await field.FillAsync(text);
            await tab.Page.Keyboard.PressAsync("Enter");
            await AtAsync(tab, address);
            await Assertions.Expect(palette).ToBeHiddenAsync();
        }

        // Arrows choose; the chosen one is named to the reader of the screen.
        await tab.Page.Locator("main").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Control+k");
        await field.FillAsync("this week");
        await Assertions.Expect(palette.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("Telegram this week");
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(palette.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("Messages with");
        Assert.Equal(await palette.GetByRole(AriaRole.Option, new() { Selected = true }).GetAttributeAsync("id"), await field.GetAttributeAsync("aria-activedescendant"));
        await tab.Page.Keyboard.PressAsync("ArrowUp");
        await tab.Page.Keyboard.PressAsync("Enter");
        await AtAsync(tab, "/conversations?platform=telegram&range=7d");

        await Assertions.Expect(tab.Id("conversation-row")).ToHaveCountAsync(1);

        // The sheet says what holds here; every letter of a page that it names leads there.
        await tab.Page.Locator("main").FocusAsync();
        await tab.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(tab.Id("keys")).ToContainTextAsync("next row");
        await Assertions.Expect(tab.Id("keys")).Not.ToContainTextAsync("zoom");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(tab.Id("keys")).ToBeHiddenAsync();
        await tab.Page.Keyboard.PressAsync("g");
        await tab.Page.Keyboard.PressAsync("t");
        await AtAsync(tab, "/traces?range=7d");
        await tab.Page.GotoAsync("about:blank");
    }

    // A pattern: as a text the question mark would be a wildcard.
    private static Task AtAsync(Tab tab, string address) => Assertions.Expect(tab.Page).ToHaveURLAsync(new Regex(Regex.Escape(address) + "$"));
}

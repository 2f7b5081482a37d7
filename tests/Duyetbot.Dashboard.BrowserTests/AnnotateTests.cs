using Dapper;
using Duyetbot.Dashboard.BrowserTests.Support;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>What people say of conversations, by the keyboard, and its way back.</summary>
public sealed class AnnotateTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Bulk_RowsChosenByKeys_AreArchivedAndUndone()
    {
        using var database = new TestDatabase();
        for (var i = 1; i <= 5; i++)
            database.GivenMessage($"cli:{i}", content: $"conversation {i}", at: TestDatabase.Now - i);
        await using var server = await DashboardFixture.ServeAsync(database);
        var tab = await OpenTabAsync(server: server);
        await tab.OpenAsync("/conversations?range=all&platform=cli");
        var titles = await tab.Id("conversation-row").Locator("[data-row-link]").AllInnerTextsAsync();

        // The first, and with Shift all from it to the third.
        foreach (var key in new[] { "j", "x", "j", "j", "Shift+X" })
            await tab.Page.Keyboard.PressAsync(key);
        var bar = tab.Id("bulk-bar");
        await Assertions.Expect(bar.GetByRole(AriaRole.Status)).ToHaveTextAsync("3 selected");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Archive", Exact = true }).ClickAsync();

        var notice = tab.Page.Locator(".mud-snackbar", new() { HasText = "Archived 3 conversations" });
        await Assertions.Expect(tab.Id("conversation-row").Locator("[data-row-link]").First).ToHaveTextAsync(titles[3]);
        Assert.Equal(3, Archived());
        await notice.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Assertions.Expect(tab.Id("conversation-row").Locator("[data-row-link]").First).ToHaveTextAsync(titles[0]);
        Assert.Equal(0, Archived());
        await Assertions.Expect(bar).ToHaveCountAsync(0);
        // Before its server goes.
        await tab.Page.CloseAsync();

        long Archived() => database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM analytics_conversations_view WHERE is_archived = 1");
    }

    [Fact]
    public async Task Title_EditedByKeys_IsKeptAndUndone()
    {
        using var database = new TestDatabase();
        database.GivenMessage("cli:1", content: "What it is about");
        await using var server = await DashboardFixture.ServeAsync(database);
        var tab = await OpenTabAsync(server: server);
        await tab.OpenAsync("/conversations/cli%3A1");
        var title = tab.Page.Locator(".chead h2");
        var field = tab.Page.GetByRole(AriaRole.Textbox, new() { Name = "Title" });

        await tab.Page.Keyboard.PressAsync("t");
        await Assertions.Expect(field).ToBeFocusedAsync();
        await field.FillAsync("Thrown away");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(title).ToHaveTextAsync("What it is about");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Edit the title" })).ToBeFocusedAsync();

        await tab.Page.Keyboard.PressAsync("t");
        await field.FillAsync("Kept");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(title).ToHaveTextAsync("Kept");
        await tab.Page.Locator(".mud-snackbar", new() { HasText = "Title changed" }).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Assertions.Expect(title).ToHaveTextAsync("What it is about");
        await tab.Page.CloseAsync();
    }
}

using Dapper;
using Duyetbot.Dashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>What people say of conversations, by the keyboard, and its way back. Everything is left as it was found.</summary>
public sealed class AnnotateTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Bulk_RowsChosenByKeys_AreArchivedAndUndone()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync("/conversations?range=all&platform=cli");
        var titles = await tab.Id("conversation-row").Locator("[data-row-link]").AllInnerTextsAsync();
        var archived = Archived();

        // The first, and with Shift all from it to the third.
        foreach (var key in new[] { "j", "x", "j", "j", "Shift+X" })
            await tab.Page.Keyboard.PressAsync(key);
        var bar = tab.Id("bulk-bar");
        await Assertions.Expect(bar.GetByRole(AriaRole.Status)).ToHaveTextAsync("3 selected");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Archive", Exact = true }).ClickAsync();

        var notice = tab.Page.Locator(".mud-snackbar", new() { HasText = "Archived 3 conversations" });
        await Assertions.Expect(tab.Id("conversation-row").Locator("[data-row-link]").First).ToHaveTextAsync(titles[3]);
        Assert.Equal(archived + 3, Archived());
        await notice.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Assertions.Expect(tab.Id("conversation-row").Locator("[data-row-link]").First).ToHaveTextAsync(titles[0]);
        Assert.Equal(archived, Archived());
        await Assertions.Expect(bar).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Title_EditedByKeys_IsKeptAndUndone()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync($"/conversations/{Uri.EscapeDataString(Samples.ConversationId)}");
        var title = tab.Page.Locator(".chead h2");
        var before = await title.InnerTextAsync();
        var field = tab.Page.GetByRole(AriaRole.Textbox, new() { Name = "Title" });

        await tab.Page.Keyboard.PressAsync("t");
        await Assertions.Expect(field).ToBeFocusedAsync();
        await field.FillAsync("Thrown away");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(title).ToHaveTextAsync(before);
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Edit the title" })).ToBeFocusedAsync();

        await tab.Page.Keyboard.PressAsync("t");
        await field.FillAsync("Kept");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(title).ToHaveTextAsync("Kept");
        await tab.Page.Locator(".mud-snackbar", new() { HasText = "Title changed" }).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Assertions.Expect(title).ToHaveTextAsync(before);
    }

    private long Archived() => Fixture.Database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM analytics_conversations_view WHERE is_archived = 1 AND platform = 'cli'");
}

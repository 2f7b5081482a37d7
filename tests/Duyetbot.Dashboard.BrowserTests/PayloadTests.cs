using Dapper;
using Duyetbot.Dashboard.BrowserTests.Support;
using Duyetbot.Dashboard.Shared;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>A JSON tree and a long text, by keyboard.</summary>
public sealed class PayloadTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Tree_ByKeyboard_FindsGoesThereAndFolds()
    {
        var messageId = Fixture.Database.Connection.ExecuteScalar<string>("SELECT message_id FROM chat_messages WHERE session_id = @id AND sequence = 2", new { id = Samples.OddConversationId })!;
        var tab = await OpenTabAsync();
        await tab.OpenAsync(Urls.Conversation(Samples.OddConversationId, messageId));
        var tree = tab.Id("message-detail").GetByRole(AriaRole.Tree);
        var chosen = tree.Locator("[aria-selected=true]");
        await Assertions.Expect(tree.GetByRole(AriaRole.Treeitem)).ToHaveCountAsync(103);

        await tab.Page.GetByLabel("Find key or value").FillAsync("chat 9");
        await Assertions.Expect(tab.Id("message-detail").GetByText("11 found")).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Id("message-detail").GetByText("2 of 11")).ToBeVisibleAsync();
        await Assertions.Expect(tree.Locator("mark.now")).ToBeInViewportAsync();
        await Assertions.Expect(tab.Page.Locator(".jt-foot .mono")).ToHaveTextAsync("$.chats[90].title");

        await tab.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(tree).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("h");
        await Assertions.Expect(chosen).ToHaveAttributeAsync("aria-expanded", "true");
        await tab.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(chosen).ToHaveAttributeAsync("aria-expanded", "false");
        await Assertions.Expect(chosen).ToContainTextAsync("90: { 3 keys }");
        await tab.Page.Keyboard.PressAsync("n");
        await Assertions.Expect(tab.Page.Locator(".jt-foot .mono")).ToHaveTextAsync("$.chats[91].title");
        await tab.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(chosen).ToBeInViewportAsync();
        Assert.Empty(tab.Problems);
    }

    [Fact]
    public async Task LongInput_OnRequest_IsLinesOfWhichFewAreDrawn()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync(Urls.Trace(Samples.SmallEventId) + "?tab=input");
        var pane = tab.Id("step-detail");

        await pane.GetByRole(AriaRole.Button, new() { Name = "Show all" }).ClickAsync();
        await pane.GetByLabel("Find in these lines").FillAsync("input 19999");
        await tab.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(pane.GetByText("1 of 1")).ToBeVisibleAsync();
        await Assertions.Expect(pane.Locator("mark.now")).ToBeInViewportAsync();
        Assert.InRange(await pane.Locator(".ln").CountAsync(), 10, 150);
        Assert.Empty(tab.Problems);
    }
}

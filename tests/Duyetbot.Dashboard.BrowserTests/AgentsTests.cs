using System.Globalization;
using System.Text.Json;
using Duyetbot.Dashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>The agents page by keyboard alone, and its figures against the API's.</summary>
public sealed class AgentsTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Keyboard_FromAgentsToTheTraceOfAnError_NeedsNoMouse()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync("/agents");
        var keys = tab.Page.Keyboard;
        using var json = JsonDocument.Parse(await Fixture.Server.Client.GetStringAsync(new Uri("/api/v1/agents", UriKind.Relative), TestContext.Current.CancellationToken));
        var first = json.RootElement.GetProperty("items")[0];
        var cells = await tab.Id("agent-row").First.Locator("td").AllInnerTextsAsync();
        Assert.Contains(first.GetProperty("agent_name").GetString()!, cells[0], StringComparison.Ordinal);
        Assert.Equal(first.GetProperty("invocations").GetInt64().ToString("N0", CultureInfo.InvariantCulture), cells[2].Trim());
        Assert.Equal(json.RootElement.GetProperty("items").GetArrayLength(), await tab.Id("agent-row").CountAsync());

        // The fold stands before the name.
        await keys.PressAsync("j");
        await keys.PressAsync("Shift+Tab");
        await keys.PressAsync("Enter");
        await tab.AddressIsAsync(a => a.Contains("open=", StringComparison.Ordinal));
        await Assertions.Expect(tab.Id("agent-model-row")).ToHaveCountAsync(first.GetProperty("models").GetArrayLength());

        var error = tab.Id("error-row").First.Locator("[data-row-link]");
        await error.FocusAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(tab.Id("error-pane").GetByRole(AriaRole.Heading, new() { Name = "Exact messages" })).ToBeVisibleAsync();
        await Assertions.Expect(error).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Assertions.Expect(tab.Id("error-pane")).ToHaveCountAsync(0);

        await tab.Id("error-row").First.Locator("a[href^='/traces/']").First.FocusAsync();
        await keys.PressAsync("Enter");
        await tab.AddressIsAsync(a => a.StartsWith("/traces/", StringComparison.Ordinal) && a.Contains("step=", StringComparison.Ordinal));
        await Assertions.Expect(tab.Id("step-detail")).ToBeVisibleAsync();
    }
}

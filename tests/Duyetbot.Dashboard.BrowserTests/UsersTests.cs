using System.Globalization;
using System.Text.Json;
using Duyetbot.Dashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>From the list to one user and on to the rows behind a figure, by the keyboard; list, page and API say the same.</summary>
public sealed class UsersTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task User_OpenedFromTheList_SaysWhatTheApiSaysAndLeadsToTheRows()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync("/users?sort=-message_count");
        using var json = JsonDocument.Parse(await Fixture.Server.Client.GetStringAsync(new Uri("/api/v1/users?sort=-message_count&limit=1&from=2026-10-25", UriKind.Relative), TestContext.Current.CancellationToken));
        var first = json.RootElement.GetProperty("items")[0];
        var row = tab.Id("user-row").First;

        Assert.Equal(first.GetProperty("message_count").GetInt64(), Number(await row.Locator("td:nth-child(4)").InnerTextAsync()));
        Assert.Equal(first.GetProperty("total_tokens").GetInt64(), Number(await row.Locator("td:nth-child(5) a").InnerTextAsync()));
        await tab.Page.Keyboard.PressAsync("j");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.AddressIsAsync(a => a.StartsWith($"/users/{Uri.EscapeDataString(first.GetProperty("user_id").GetString()!)}", StringComparison.Ordinal));

        var link = tab.Page.GetByRole(AriaRole.Link, new() { Name = "Messages", Exact = true });
        await Assertions.Expect(tab.Id("metric-card").Filter(new() { Has = link }).Locator(".explain-key")).ToHaveTextAsync(first.GetProperty("message_count").GetInt64().ToString("N0", CultureInfo.InvariantCulture));
        await link.ClickAsync();
        await tab.AddressIsAsync(a => a.StartsWith("/messages?", StringComparison.Ordinal));
        await Assertions.Expect(tab.Id("sum-equal")).ToBeVisibleAsync();
    }

    private static long Number(string text) => long.Parse(text.Trim(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}

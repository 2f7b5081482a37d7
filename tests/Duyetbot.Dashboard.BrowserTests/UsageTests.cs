using System.Globalization;
using System.Text.Json;
using Dapper;
using Duyetbot.Dashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>The chart is drawn, and chart, table, API and a plain sum say the same.</summary>
public sealed class UsageTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    // With the archive: other tests put conversations into it meanwhile, and take them out.
    private const string LastMonth = "/api/v1/usage?from=2026-10-25&to=2026-11-23&granularity=day&archived=all";

    [Fact]
    public async Task Chart_OfThirtyDays_DrawsABarForEach()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync("/usage");
        await tab.SettledAsync();

        // Four kinds of tokens a day.
        await Assertions.Expect(tab.Id("usage-chart").Locator("path.apexcharts-bar-area")).ToHaveCountAsync(4 * 30);
        var heights = await tab.Id("usage-chart").Locator("path.apexcharts-bar-area").EvaluateAllAsync<double[]>("bars => bars.map(b => b.getBoundingClientRect().height)");
        Assert.True(heights.Max() > 50, "No bar has a height.");
    }

    [Fact]
    public async Task Table_ByModel_EqualsTheApi()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync("/usage?group_by=model&archived=all");
        using var json = JsonDocument.Parse(await Fixture.Server.Client.GetStringAsync(new Uri(LastMonth + "&group_by=model", UriKind.Relative), TestContext.Current.CancellationToken));
        var expected = json.RootElement.GetProperty("series").EnumerateArray()
            .Select(s => s.GetProperty("points").EnumerateArray().Sum(p => p.GetProperty("total_tokens").GetInt64()))
            .Where(tokens => tokens > 0).OrderDescending().ToList();

        var shown = (await tab.Id("usage-table").Locator("tbody tr td:nth-child(3)").AllInnerTextsAsync()).Select(Number).Where(tokens => tokens > 0).ToList();
        var sum = Number(await tab.Id("usage-table").Locator("tfoot tr td:nth-child(3)").InnerTextAsync());

        Assert.True(expected.Count > 3);
        Assert.Equal(expected, shown);
        Assert.Equal(json.RootElement.GetProperty("totals").GetProperty("total_tokens").GetInt64(), sum);
        Assert.Equal(expected.Sum(), sum);
    }

    [Fact]
    public async Task Totals_OfTheApi_EqualAPlainSumOverTheView()
    {
        using var json = JsonDocument.Parse(await Fixture.Server.Client.GetStringAsync(new Uri(LastMonth, UriKind.Relative), TestContext.Current.CancellationToken));
        var plain = Fixture.Database.Connection.ExecuteScalar<long>(
            "SELECT SUM(total_tokens) FROM analytics_messages_view WHERE created_at >= @from AND created_at < @to",
            new { from = new DateTimeOffset(2026, 10, 25, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), to = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() });

        Assert.True(plain > 1_000_000);
        Assert.Equal(plain, json.RootElement.GetProperty("totals").GetProperty("total_tokens").GetInt64());
    }

    private static long Number(string text) => long.Parse(text.Trim(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}

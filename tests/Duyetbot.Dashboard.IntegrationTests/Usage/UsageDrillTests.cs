using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.IntegrationTests.Usage;

/// <summary>Every bar, legend entry, cell and sum of the usage page leads to rows that add up to exactly what it says.</summary>
public sealed partial class UsageDrillTests(DrilledDatabase drilled) : IClassFixture<DrilledDatabase>
{
    public static TheoryData<string, string> Questions
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var zone in new[] { "Europe/Berlin", "Asia/Kathmandu" })
            {
                foreach (var group in new[] { "kind", "model", "platform", "user", "agent", "role", "source" })
                    data.Add($"group_by={group}", zone);
                foreach (var measure in new[] { "cost", "messages", "conversations", "users" })
                    data.Add($"group_by=model&measure={measure}", zone);
                data.Add("group_by=agent&measure=cost", zone);
                data.Add("group_by=user&measure=messages&archived=all&granularity=week&top=3", zone);
                data.Add("group_by=source&not=model%3Apriced&none=user_id&granularity=month", zone);
                data.Add("group_by=agent&platform=github&model=priced&measure=messages", zone);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Page_EveryFigureThatIsALink_IsTheSumOfItsRows(string question, string zone)
    {
        var html = await drilled.Server.Client.GetStringAsync($"/usage?from=2026-10-22T00:00&to=2026-10-29T00:00&timezone={zone}&periods=all&rows=all&{question}", TestContext.Current.CancellationToken);
        var links = Link().Matches(html).Select(m => (Href: WebUtility.HtmlDecode(m.Groups[1].Value), Text: WebUtility.HtmlDecode(Tag().Replace(m.Groups[2].Value, "")))).ToList();

        // Legend, chart, table, heat map and calendar.
        Assert.True(links.Count > 40, $"{links.Count} links.");
        // A figure without a link is nothing, or it is not a figure of rows.
        Assert.DoesNotMatch(BareFigure(), Part(html, "data-testid=\"chart-table\"", "</table>"));
        foreach (var place in new[] { "data-testid=\"usage-heat\"", "data-testid=\"usage-calendar\"", "data-testid=\"usage-table\"" })
            Assert.Matches(Link(), Part(html, place, "</table>"));
        var rows = new List<long>();
        foreach (var (href, text) in links)
        {
            var claim = FigureClaim.Read(QueryReader.FromUri(href))!;
            var query = Urls.Change(href, ("sums", null));
            var sums = await drilled.FollowAsync(query);
            rows.Add(sums.Rows);

            Assert.True(claim.Holds(sums), $"{href} says {claim.Words}, its rows {claim.WordsOf(claim.Of(sums))}.");
            if (Figure().IsMatch(text))
                Assert.Equal(claim.Metric == "cost" ? Formats.Usd(claim.Value) : Formats.Count((long)claim.Value!), text.TrimEnd('+'));
        }

        Assert.Contains(rows, n => n > 1);
    }

    [Fact]
    public async Task Claim_OfAnotherValue_DoesNotHold()
    {
        var sums = await drilled.FollowAsync("/messages?from=2026-10-20&to=2026-11-03");

        Assert.True(new FigureClaim("tokens", sums.TotalTokens).Holds(sums));
        Assert.False(new FigureClaim("tokens", sums.TotalTokens + 1).Holds(sums));
        Assert.False(new FigureClaim("cost", sums.Cost + 1e-6).Holds(sums));
        Assert.False(new FigureClaim("cost", null).Holds(sums));
    }

    [Fact]
    public async Task Messages_OpenedFromAFigure_SayWhetherTheyAddUp()
    {
        var sums = await drilled.FollowAsync("/messages?from=2026-10-20&to=2026-11-03&none=model");

        var equal = await drilled.Server.Client.GetStringAsync($"/messages?from=2026-10-20&to=2026-11-03&none=model&sums=tokens%3A{sums.TotalTokens}", TestContext.Current.CancellationToken);
        var differs = await drilled.Server.Client.GetStringAsync($"/messages?from=2026-10-20&to=2026-11-03&none=model&sums=tokens%3A{sums.TotalTokens + 7}", TestContext.Current.CancellationToken);

        Assert.True(sums.Rows > 0);
        Assert.Contains("data-testid=\"sum-equal\"", equal, StringComparison.Ordinal);
        Assert.Contains("as in the chart", equal, StringComparison.Ordinal);
        Assert.DoesNotContain("data-testid=\"sum-equal\"", differs, StringComparison.Ordinal);
        Assert.Contains("data-testid=\"sum-differs\"", differs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none=colour", "none")]
    [InlineData("not=model", "not")]
    [InlineData("sums=tokens", "sums")]
    [InlineData("weekday=mon", "hour")]
    public async Task Messages_WrongParameter_IsNamed(string query, string parameter)
    {
        var html = await drilled.Server.Client.GetStringAsync($"/messages?{query}", TestContext.Current.CancellationToken);
        Assert.Contains("data-testid=\"error-state\"", html, StringComparison.Ordinal);
        if (parameter == "sums")
            return;
        var answer = await drilled.Server.Client.GetAsync(new Uri($"/api/v1/messages?{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(parameter, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_OfMessages_TakesTheSameWords()
    {
        var at = drilled.Database.Connection.QueryFirst<long>("SELECT timestamp FROM analytics_messages_view WHERE is_archived = 0 AND app_source IS NOT NULL AND model IS NOT 'priced' AND timestamp > 1792540800000 ORDER BY timestamp");
        var local = Instant.FromUnixTimeMilliseconds(at).InZone(DateTimeZoneProviders.Tzdb["Asia/Kathmandu"]).LocalDateTime;
        var query = $"from=2026-10-20&to=2026-11-03&timezone=Asia%2FKathmandu&weekday={local.ToString("ddd", CultureInfo.InvariantCulture).ToLowerInvariant()}&hour={local.Hour}&not=model%3Apriced&any=source";
        var sums = await drilled.FollowAsync($"/messages?{query}");

        var csv = await drilled.Server.Client.GetStringAsync($"/api/v1/messages.csv?{query}", TestContext.Current.CancellationToken);

        Assert.True(sums.Rows > 0);
        Assert.Equal(sums.Rows, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1);
    }

    private static string Part(string html, string from, string to)
    {
        var start = html.IndexOf(from, StringComparison.Ordinal);
        Assert.True(start >= 0, $"The page has no {from}.");
        return html[start..html.IndexOf(to, start, StringComparison.Ordinal)];
    }

    [GeneratedRegex("""<a[^>]*href="(/(?:messages|traces)\?[^"]*sums=[^"]*)"[^>]*>(.*?)</a>""", RegexOptions.Singleline)]
    private static partial Regex Link();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("""^(\$?[\d,.]+\+?|no price)$""")]
    private static partial Regex Figure();

    [GeneratedRegex("""<td class="num[^"]*">\s*[$\d]""")]
    private static partial Regex BareFigure();
}

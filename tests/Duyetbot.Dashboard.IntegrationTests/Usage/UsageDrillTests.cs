using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Features.Messages;
using Duyetbot.Dashboard.Features.Traces;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Duyetbot.Dashboard.IntegrationTests.Usage;

/// <summary>Every bar, legend entry, cell and sum of the usage page leads to rows that add up to exactly what it says.</summary>
public sealed partial class UsageDrillTests : IDisposable
{
    private static readonly string[] Models = ["priced", "a/b:free", "Mô hình & co", "<img src=x>", "m5", "m6", "m7", "m8", "m9", "m10", ""];
    private static readonly string[] Agents = ["router", "search", "search & find", "a", "b", "c", "d", "e", "f", "g", "h"];

    private readonly TestDatabase _database = new();
    private readonly List<Step> _steps = [];

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
        GivenRandomRows();
        await using var server = await TestServer.StartAsync(_database.File);
        var html = await server.Client.GetStringAsync($"/usage?from=2026-10-22T00:00&to=2026-10-29T00:00&timezone={zone}&periods=all&rows=all&{question}", TestContext.Current.CancellationToken);
        var links = Link().Matches(html).Select(m => (Href: WebUtility.HtmlDecode(m.Groups[1].Value), Text: WebUtility.HtmlDecode(Tag().Replace(m.Groups[2].Value, "")))).ToList();

        // Legend, chart, table, heat map and calendar.
        Assert.True(links.Count > 40, $"{links.Count} links.");
        // A figure without a link is nothing, or it is not a figure of rows.
        Assert.DoesNotMatch(BareFigure(), Part(html, "data-testid=\"chart-table\"", "</table>"));
        foreach (var place in new[] { "data-testid=\"usage-heat\"", "data-testid=\"usage-calendar\"", "data-testid=\"usage-table\"" })
            Assert.Matches(Link(), Part(html, place, "</table>"));
        var known = new Dictionary<string, RowSums>();
        foreach (var (href, text) in links)
        {
            var claim = FigureClaim.Read(QueryReader.FromUri(href))!;
            var query = Urls.Change(href, ("sums", null));
            if (!known.TryGetValue(query, out var sums))
                known[query] = sums = await FollowAsync(server.Services, query);

            Assert.True(claim.Holds(sums), $"{href} says {claim.Words}, its rows {claim.WordsOf(claim.Of(sums))}.");
            if (Figure().IsMatch(text))
                Assert.Equal(claim.Metric == "cost" ? Formats.Usd(claim.Value) : Formats.Count((long)claim.Value!), text.TrimEnd('+'));
        }

        Assert.True(known.Count > 10);
        Assert.Contains(known.Values, s => s.Rows > 1);
    }

    [Fact]
    public async Task Claim_OfAnotherValue_DoesNotHold()
    {
        GivenRandomRows();
        await using var server = await TestServer.StartAsync(_database.File);
        var sums = await FollowAsync(server.Services, "/messages?from=2026-10-20&to=2026-11-03");

        Assert.True(new FigureClaim("tokens", sums.TotalTokens).Holds(sums));
        Assert.False(new FigureClaim("tokens", sums.TotalTokens + 1).Holds(sums));
        Assert.False(new FigureClaim("cost", sums.Cost + 1e-6).Holds(sums));
        Assert.False(new FigureClaim("cost", null).Holds(sums));
    }

    [Fact]
    public async Task Messages_OpenedFromAFigure_SayWhetherTheyAddUp()
    {
        GivenRandomRows();
        await using var server = await TestServer.StartAsync(_database.File);
        var sums = await FollowAsync(server.Services, "/messages?from=2026-10-20&to=2026-11-03&none=model");

        var equal = await server.Client.GetStringAsync($"/messages?from=2026-10-20&to=2026-11-03&none=model&sums=tokens%3A{sums.TotalTokens}", TestContext.Current.CancellationToken);
        var differs = await server.Client.GetStringAsync($"/messages?from=2026-10-20&to=2026-11-03&none=model&sums=tokens%3A{sums.TotalTokens + 7}", TestContext.Current.CancellationToken);

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
        await using var server = await TestServer.StartAsync(_database.File);

        var html = await server.Client.GetStringAsync($"/messages?{query}", TestContext.Current.CancellationToken);
        Assert.Contains("data-testid=\"error-state\"", html, StringComparison.Ordinal);
        if (parameter == "sums")
            return;
        var answer = await server.Client.GetAsync(new Uri($"/api/v1/messages?{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(parameter, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_OfMessages_TakesTheSameWords()
    {
        GivenRandomRows();
        await using var server = await TestServer.StartAsync(_database.File);
        var at = _database.Connection.QueryFirst<long>("SELECT timestamp FROM analytics_messages_view WHERE is_archived = 0 AND app_source IS NOT NULL AND model IS NOT 'priced' AND timestamp > 1792540800000 ORDER BY timestamp");
        var local = Instant.FromUnixTimeMilliseconds(at).InZone(DateTimeZoneProviders.Tzdb["Asia/Kathmandu"]).LocalDateTime;
        var query = $"from=2026-10-20&to=2026-11-03&timezone=Asia%2FKathmandu&weekday={local.ToString("ddd", CultureInfo.InvariantCulture).ToLowerInvariant()}&hour={local.Hour}&not=model%3Apriced&any=source";
        var sums = await FollowAsync(server.Services, $"/messages?{query}");

        var csv = await server.Client.GetStringAsync($"/api/v1/messages.csv?{query}", TestContext.Current.CancellationToken);

        Assert.True(sums.Rows > 0);
        Assert.Equal(sums.Rows, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1);
    }

    public void Dispose() => _database.Dispose();

    // As the pages read the address; the rows are listed and added up here.
    private async Task<RowSums> FollowAsync(IServiceProvider services, string address)
    {
        var reader = QueryReader.FromUri(address);
        var range = TimeRange.Read(reader, DateTimeZone.Utc, Instant.FromUnixTimeMilliseconds(TestDatabase.Now));
        return address.StartsWith(Urls.Messages + "?", StringComparison.Ordinal)
            ? await MessagesAsync(services, MessageFilter.Read(reader, range.From, range.To, range.Zone))
            : await StepsAsync(services, EventFilter.Read(reader, range.Zone));
    }

    private static async Task<RowSums> MessagesAsync(IServiceProvider services, MessageFilter filter)
    {
        var rows = new List<MessageRow>();
        await foreach (var row in services.GetRequiredService<MessageQueries>().StreamAsync(filter, TestContext.Current.CancellationToken))
            rows.Add(row);
        var listed = new RowSums
        {
            Rows = rows.Count,
            InputTokens = rows.Sum(r => r.InputTokens),
            OutputTokens = rows.Sum(r => r.OutputTokens),
            CachedTokens = rows.Sum(r => r.CachedTokens),
            ReasoningTokens = rows.Sum(r => r.ReasoningTokens),
            UnpricedTokens = rows.Sum(r => r.UnpricedTokens),
            PricedUsd = rows.Sum(r => r.EstimatedCostUsd ?? 0),
            Conversations = rows.Select(r => r.SessionId).Distinct().Count(),
            Users = rows.Select(r => r.UserId).Where(u => u is not null).Distinct().Count(),
        };
        AssertSame(listed, await services.GetRequiredService<MessageSumQueries>().GetSumsAsync(filter, TestContext.Current.CancellationToken));
        return listed;
    }

    private async Task<RowSums> StepsAsync(IServiceProvider services, EventFilter filter)
    {
        var events = new HashSet<string>();
        await foreach (var row in services.GetRequiredService<EventQueries>().StreamEventsAsync(filter, EventSort.Default, TestContext.Current.CancellationToken))
            events.Add(row.EventId);
        var steps = _steps.Where(s => events.Contains(s.EventId)
            && (filter.Agent is null || s.AgentName == filter.Agent)
            && (filter.Messages?.Model is null || s.Model == filter.Messages.Model)
            && filter.Rules.All(r => r.Kind switch { KeyRuleKind.None => s.AgentName is null, KeyRuleKind.Blank => s.AgentName == "", KeyRuleKind.Any => s.AgentName is not null, _ => s.AgentName != r.Value })).ToList();
        var listed = new RowSums
        {
            Rows = steps.Count,
            InputTokens = steps.Sum(s => s.InputTokens),
            OutputTokens = steps.Sum(s => s.OutputTokens),
            CachedTokens = steps.Sum(s => s.CachedTokens),
            ReasoningTokens = steps.Sum(s => s.ReasoningTokens),
            UnpricedTokens = steps.Sum(s => s.UnpricedTokens),
            PricedUsd = steps.Sum(s => s.EstimatedCostUsd ?? 0),
            Conversations = steps.Select(s => s.SessionId).Where(c => c is not null).Distinct().Count(),
            Users = steps.Select(s => s.UserId).Where(u => u is not null).Distinct().Count(),
        };
        Assert.All(events, e => Assert.Contains(steps, s => s.EventId == e));
        AssertSame(listed, await services.GetRequiredService<StepSumQueries>().GetSumsAsync(filter, TestContext.Current.CancellationToken));
        return listed;
    }

    // A sum of USD depends on the order of its parts in the last digits.
    private static void AssertSame(RowSums listed, RowSums summed)
    {
        Assert.Equal(listed.PricedUsd, summed.PricedUsd, 1e-9);
        Assert.Equal(listed with { PricedUsd = 0 }, summed with { PricedUsd = 0 });
    }

    private static string Part(string html, string from, string to)
    {
        var start = html.IndexOf(from, StringComparison.Ordinal);
        Assert.True(start >= 0, $"The page has no {from}.");
        return html[start..html.IndexOf(to, start, StringComparison.Ordinal)];
    }

    // Over the end of daylight saving in Berlin, with what real data has: no model, no user, no source, no event, archived rows, odd names; fixed seed.
    private void GivenRandomRows()
    {
        _database.Connection.Execute("BEGIN;");
        _database.GivenPrice("priced", input: 1.1, output: 2.7, cached: 0.3);
        _database.GivenPrice("m5", input: 0.013, output: 0.0217);
        var random = new Random(42);
        var start = Instant.FromUtc(2026, 10, 20, 0, 0).ToUnixTimeMilliseconds();
        for (var i = 0; i < 260; i++)
        {
            var at = start + random.NextInt64(11 * 86_400_000L);
            var eventId = random.Next(3) == 0 ? null : _database.GivenEvent(
                $"event-{i}", source: $"source-{random.Next(10)}", at: at, status: random.Next(8) == 0 ? "error" : "success", user: $"u{random.Next(12)}",
                model: random.Next(4) == 0 ? null : Models[random.Next(Models.Length)], agents: AgentsOf(random));
            if (eventId is not null && random.Next(9) == 0)
                continue;
            var input = random.Next(3000);
            _database.GivenMessage(
                $"s{random.Next(20)}", i, new[] { "user", "assistant", "tool", "system" }[random.Next(4)], eventId: eventId, input: input, output: random.Next(700), cached: input / 3, reasoning: random.Next(50),
                model: random.Next(5) == 0 ? null : Models[random.Next(Models.Length)], at: at + random.Next(60_000), user: random.Next(6) == 0 ? null : $"u{random.Next(12)}",
                platform: new[] { "github", "cli", "telegram", "web", "p5", "p6", "p7", "p8", "p9" }[random.Next(9)], archived: random.Next(9) == 0);
        }

        _database.Connection.Execute("COMMIT;");
        _steps.AddRange(_database.Connection.Query<Step>(
            """
            SELECT s.event_id, s.agent_name, s.model, s.user_id, s.input_tokens, s.output_tokens, s.cached_tokens, s.reasoning_tokens, s.unpriced_tokens, s.estimated_cost_usd,
              (SELECT n.session_id FROM chat_messages n WHERE n.event_id = s.event_id ORDER BY n.id LIMIT 1) AS session_id
            FROM analytics_agent_steps_view s
            """));
    }

    private static string? AgentsOf(Random random)
    {
        if (random.Next(6) == 0)
            return random.Next(2) == 0 ? null : "not json";
        return $"[{StepOf(random, $",\"workers\":[{StepOf(random, "")},{StepOf(random, "")}]")}]";
    }

    private static string StepOf(Random random, string more)
    {
        var name = random.Next(9) == 0 ? "" : $"\"name\":\"{Agents[random.Next(Agents.Length)]}\",";
        var model = random.Next(3) == 0 ? $"\"model\":\"{(random.Next(2) == 0 ? "priced" : "m6")}\"," : "";
        return $"{{{name}{model}\"duration_ms\":5,\"input_tokens\":{random.Next(900)},\"output_tokens\":{random.Next(90)}{more}}}";
    }

    [GeneratedRegex("""<a[^>]*href="(/(?:messages|traces)\?[^"]*sums=[^"]*)"[^>]*>(.*?)</a>""", RegexOptions.Singleline)]
    private static partial Regex Link();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("""^(\$?[\d,.]+\+?|no price)$""")]
    private static partial Regex Figure();

    [GeneratedRegex("""<td class="num[^"]*">\s*[$\d]""")]
    private static partial Regex BareFigure();

    private sealed record Step
    {
        public string EventId { get; init; } = "";

        public string? AgentName { get; init; }

        public string? Model { get; init; }

        public string? UserId { get; init; }

        public string? SessionId { get; init; }

        public long InputTokens { get; init; }

        public long OutputTokens { get; init; }

        public long CachedTokens { get; init; }

        public long ReasoningTokens { get; init; }

        public long UnpricedTokens { get; init; }

        public double? EstimatedCostUsd { get; init; }
    }
}

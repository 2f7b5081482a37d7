using System.Collections.Concurrent;
using System.Net;

namespace Duyetbot.Dashboard.IntegrationTests.Hostile;

/// <summary>Malformed source rows take nothing down and change no sum.</summary>
public sealed class MalformedRowsTests(MalformedServer world) : IClassFixture<MalformedServer>
{
    // Names of a megabyte are shown whole where they are what the page is about, a few times each.
    private const int LongestPage = 24_000_000;

    // In lists their beginning stands for them.
    private const int LongestList = 1_000_000;

    // A conversation whose id is no text, or no UTF-8, cannot be looked up by it: the list leaves it out.
    private const string Conversations = "SELECT COUNT(DISTINCT session_id) FROM chat_messages WHERE typeof(session_id) = 'text' AND hex(session_id) NOT IN ('61EDA08062', 'C3')";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/conversations?archived=all", Conversations, "")]
    [InlineData("/conversations?archived=all", Conversations, "&sort=first_message_at")]
    [InlineData("/conversations?archived=all", Conversations, "&sort=-message_count")]
    [InlineData("/conversations?archived=all", Conversations, "&sort=-total_tokens")]
    [InlineData("/conversations?archived=all", Conversations, "&sort=-estimated_cost_usd")]
    [InlineData("/messages?archived=all", "SELECT COUNT(*) FROM chat_messages", "")]
    [InlineData("/events?", "SELECT COUNT(*) FROM observability_events", "")]
    [InlineData("/events?", "SELECT COUNT(*) FROM observability_events", "&sort=-duration_ms")]
    [InlineData("/events?", "SELECT COUNT(*) FROM observability_events", "&sort=-total_tokens")]
    [InlineData("/events?", "SELECT COUNT(*) FROM observability_events", "&sort=-estimated_cost_usd")]
    public async Task List_WalkedToItsEnd_HoldsEveryRowOnce(string path, string count, string sort)
    {
        Assert.True(world.Malformed >= 500);
        var (rows, cursor, pages) = (0, "", 0);
        do
        {
            var page = await world.GetAsync($"/api/v1{path}{sort}&limit=100{cursor}");
            rows += page.GetProperty("items").GetArrayLength();
            cursor = page.GetProperty("next_cursor").GetString() is { } next ? "&cursor=" + Uri.EscapeDataString(next) : "";
        }
        while (cursor.Length > 0 && ++pages < 100);

        Assert.Equal(world.Count(count), rows);
    }

    [Fact]
    public async Task Conversations_ThatTheListLeavesOut_AreNamedByTheQualityPage()
    {
        const string LeftOut = "SELECT COUNT(*) FROM chat_messages WHERE typeof(session_id) <> 'text' OR hex(session_id) IN ('61EDA08062', 'C3')";
        var (named, cursor) = (0, "");
        do
        {
            var page = await world.GetAsync($"/api/v1/quality?range=all&kind=message_text_unreadable&limit=500{cursor}");
            named += page.GetProperty("items").EnumerateArray().Count(i => i.GetProperty("reason").GetString() is { } reason && (reason.Contains("session_id is bytes", StringComparison.Ordinal) || reason.Contains("session_id is no UTF-8", StringComparison.Ordinal)));
            cursor = page.GetProperty("next_cursor").GetString() is { } next ? "&cursor=" + Uri.EscapeDataString(next) : "";
        }
        while (cursor.Length > 0);

        Assert.True(named > 2);
        Assert.Equal(world.Count(LeftOut), named);
    }

    [Theory]
    [InlineData("/conversations.csv?archived=all")]
    [InlineData("/messages.csv?archived=all")]
    [InlineData("/users.csv")]
    [InlineData("/agents.csv")]
    [InlineData("/agents/errors.csv")]
    [InlineData("/usage.csv?from=2026-11-01&to=2026-11-30")]
    [InlineData("/pricing.csv")]
    public async Task File_OfEveryList_EndsWell(string path)
    {
        using var answer = await world.Server.Client.GetAsync(new Uri("/api/v1" + path, UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&group_by=platform")]
    [InlineData("&group_by=user")]
    [InlineData("&group_by=model")]
    [InlineData("&group_by=role")]
    [InlineData("&group_by=agent")]
    [InlineData("&group_by=source")]
    public async Task Usage_OverMalformedRows_SumsTheGoodOnesExactly(string group)
    {
        var usage = await world.GetAsync("/api/v1/usage?from=2026-11-20&to=2026-11-25" + group);
        var totals = usage.GetProperty("totals");

        Assert.Equal(MalformedServer.GoodInput, totals.GetProperty("input_tokens").GetInt64());
        Assert.Equal(2 * MalformedServer.GoodInput, totals.GetProperty("output_tokens").GetInt64());
        Assert.Equal(MalformedServer.GoodInput * 21 / 1_000.0, totals.GetProperty("estimated_cost_usd").GetDouble(), 9);
        Assert.Equal(0, totals.GetProperty("unpriced_tokens").GetInt64());
        Assert.Equal(3 * MalformedServer.GoodInput, usage.GetProperty("series").EnumerateArray().Sum(s => s.GetProperty("points").EnumerateArray().Sum(p => p.GetProperty("total_tokens").GetInt64())));
    }

    [Fact]
    public async Task OtherFigures_OverMalformedRows_AreThoseOfTheGoodOnes()
    {
        var overview = (await world.GetAsync("/api/v1/overview?from=2026-11-20&to=2026-11-25")).GetProperty("figures");
        var agents = (await world.GetAsync("/api/v1/agents?from=2026-11-20&to=2026-11-25")).GetProperty("items").EnumerateArray().ToList();
        var user = await world.GetAsync($"/api/v1/users/{MalformedServer.Good}");

        Assert.Equal(3 * MalformedServer.GoodInput, overview.GetProperty("total_tokens").GetProperty("value").GetDouble());
        Assert.Equal(3 * MalformedServer.GoodInput, agents.Sum(a => a.GetProperty("total_tokens").GetInt64()));
        Assert.Equal(MalformedServer.GoodRows, agents.Single(a => a.GetProperty("agent_name").GetString() == MalformedServer.Good).GetProperty("invocations").GetInt64());
        Assert.Equal(3 * MalformedServer.GoodInput, user.GetProperty("total_tokens").GetInt64());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/conversations")]
    [InlineData("/messages")]
    [InlineData("/traces")]
    [InlineData("/traces", "chart=histogram")]
    [InlineData("/traces", "sort=-duration_ms")]
    [InlineData("/usage")]
    [InlineData("/usage", "group_by=model")]
    [InlineData("/usage", "group_by=user")]
    [InlineData("/agents")]
    [InlineData("/users")]
    [InlineData("/pricing")]
    [InlineData("/quality", "finding=message_text_unreadable")]
    [InlineData("/data")]
    public async Task Page_OverMalformedRows_ShowsEveryPart(string path, string query = "")
    {
        foreach (var range in new[] { "", "range=all&timezone=Pacific%2FApia" })
        {
            var address = $"{path}?{query}&{range}";
            using var answer = await world.Server.Client.GetAsync(new Uri(address, UriKind.Relative), Token);
            var html = await answer.Content.ReadAsStringAsync(Token);

            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {(int)answer.StatusCode}");
            Assert.False(html.Contains("data-testid=\"error-state\"", StringComparison.Ordinal), $"{address}: {Failure(html)}");
            Assert.True(html.Length < (path is "/conversations" or "/traces" ? LongestPage : LongestList), $"{address} has {html.Length:N0} characters.");
        }
    }

    [Theory]
    [InlineData("SELECT event_id FROM observability_events", "/traces/{0}", "/api/v1/events/{0}/steps")]
    [InlineData("SELECT session_id FROM chat_messages", "/conversations/{0}")]
    [InlineData("SELECT message_id FROM chat_messages", "/messages/{0}")]
    [InlineData("SELECT user_id FROM chat_messages", "/users/{0}")]
    public async Task Single_OfEveryMalformedRow_Answers(string ids, params string[] paths)
    {
        var problems = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(world.Ids(ids).SelectMany(_ => paths, (id, path) => (id, path)), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Token }, async (one, token) =>
        {
            var address = string.Format(null, one.path, Uri.EscapeDataString(one.id));
            using var answer = await world.Server.Client.GetAsync(new Uri(address, UriKind.Relative), token);
            var text = await answer.Content.ReadAsStringAsync(token);
            // An id that is no UTF-8 cannot be said in an address, and a zero byte may not stand in one.
            var isSayable = !one.id.Contains('\ufffd') && !one.id.Contains('\0');
            if (isSayable ? answer.StatusCode != HttpStatusCode.OK : (int)answer.StatusCode >= 500)
                problems.Add($"{address}: {(int)answer.StatusCode} {text[..Math.Min(300, text.Length)]}");
            else if (isSayable && text.Contains("data-testid=\"error-state\"", StringComparison.Ordinal))
                problems.Add($"{address}: {Failure(text)}");
            else if (text.Length > LongestPage && !address.StartsWith("/api", StringComparison.Ordinal))
                problems.Add($"{address} has {text.Length:N0} characters.");
        });

        Assert.True(problems.IsEmpty, string.Join('\n', problems.Take(30)));
    }

    private static string Failure(string html)
    {
        var at = html.IndexOf("data-testid=\"error-state\"", StringComparison.Ordinal);
        return at < 0 ? "" : html[at..Math.Min(html.Length, at + 700)];
    }
}

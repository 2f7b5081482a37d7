using System.Net;
using System.Text.Json;
using Dapper;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Traces;

public sealed class EventsApiTests : IAsyncLifetime, IDisposable
{
    private const string Agents = """
        [{"name":"router","type":"agent","duration_ms":5,"input_tokens":10,"output_tokens":1,"model":"m1"},
         {"name":"boss","type":"agent","duration_ms":50,"input_tokens":20,"output_tokens":2,"cached_tokens":4,"model":"m1","workers":[
           {"name":"w0","type":"worker","duration_ms":9,"input_tokens":40,"output_tokens":4,"reasoning_tokens":3,"model":"unknown"},
           {"name":"w1","type":"worker","duration_ms":9,"input_tokens":80,"output_tokens":8,"model":"m1","error":"boom","workers":[{"name":"deep","input_tokens":160,"output_tokens":16,"model":"m1"}]}]}]
        """;

    private readonly TestDatabase _database = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(_database.File);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("sort=%2Btriggered_at")]
    [InlineData("sort=-duration_ms")]
    [InlineData("sort=%2Bduration_ms")]
    [InlineData("sort=-total_tokens")]
    [InlineData("sort=-estimated_cost_usd")]
    [InlineData("sort=%2Bestimated_cost_usd")]
    public async Task List_WalkedByCursor_GivesEveryEventOnceInOrder(string query)
    {
        _database.GivenPrice("m1", 1, 2);
        for (var i = 0; i < 23; i++)
            _database.GivenEvent(at: TestDatabase.Now - (i % 7), durationMs: i % 3 == 0 ? null : (object)(long)(i % 5), input: (long)(i % 4), model: i % 2 == 0 ? "m1" : "none");
        _database.GivenEvent("text times", durationMs: "soon");
        _database.Connection.Execute("UPDATE observability_events SET triggered_at = 'never' WHERE event_id IN ('text times', 'event-3', 'event-4')");

        var walked = new List<string>();
        string? cursor = null;
        do
        {
            var page = await GetAsync($"/api/v1/events?limit=2&{query}{(cursor is null ? "" : "&cursor=" + cursor)}");
            walked.AddRange(page.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("event_id").GetString()!));
            cursor = page.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);
        var whole = (await GetAsync($"/api/v1/events?limit=500&{query}")).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("event_id").GetString()!).ToList();

        Assert.Equal(24, walked.Distinct().Count());
        Assert.Equal(whole, walked);
    }

    [Fact]
    public async Task List_SortedByDuration_HasUnknownOnesLast()
    {
        _database.GivenEvent("slow", durationMs: 900L);
        _database.GivenEvent("running", status: "processing", durationMs: null);
        _database.GivenEvent("fast", durationMs: 5L);

        Assert.Equal(["slow", "fast", "running"], await IdsAsync("sort=duration_ms"));
        Assert.Equal(["slow", "fast", "running"], await IdsAsync("sort=-duration_ms"));
        Assert.Equal(["fast", "slow", "running"], await IdsAsync("sort=%2Bduration_ms"));
    }

    [Theory]
    [InlineData("app_source=github-webhook", "b")]
    [InlineData("event_type=push", "c")]
    [InlineData("status=error", "b")]
    [InlineData("status=running", "c")]
    [InlineData("category=code", "b")]
    [InlineData("complexity=high", "c")]
    [InlineData("type=question", "a")]
    [InlineData("user_id=7", "a")]
    [InlineData("repo=o%2Fr", "b")]
    [InlineData("model=m1", "c")]
    [InlineData("agent=deep", "a")]
    [InlineData("min_duration_ms=100", "b")]
    [InlineData("max_duration_ms=99", "a")]
    [InlineData("from=1795435199000&to=1795435199001", "b")]
    [InlineData("from=2026-11-23T12:00:00Z", "a")]
    [InlineData("q=HELLO", "a")]
    [InlineData("q=100%25_sure", "b")]
    [InlineData("q=exploded", "c")]
    public async Task List_OneFilter_LeavesWhatItNames(string query, string expected)
    {
        _database.GivenEvent("a", at: TestDatabase.Now, durationMs: 10L, agents: Agents, classification: "question", user: "7", inputText: "well hello there");
        _database.GivenEvent("b", source: "github-webhook", status: "error", at: TestDatabase.Now - 1000, durationMs: 100L, category: "code", repo: "o/r", responseText: "100%_sure");
        _database.GivenEvent("c", type: "push", status: "pending", at: TestDatabase.Now - 2000, complexity: "high", model: "m1", error: "it exploded", agents: """[{"name":"deeper"}]""");

        Assert.Equal([expected], await IdsAsync(query));
    }

    [Fact]
    public async Task List_AgentWithEscapedName_IsFound()
    {
        _database.GivenEvent("escaped", agents: """[{"name":"d\u1ecbch"}]""");

        Assert.Equal(["escaped"], await IdsAsync("agent=" + Uri.EscapeDataString("dịch")));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("bogus=1", "bogus")]
    [InlineData("sort=name", "sort")]
    [InlineData("from=yesterday", "from")]
    [InlineData("min_duration_ms=5&max_duration_ms=4", "max_duration_ms")]
    [InlineData("cursor=abc", "cursor")]
    public async Task List_WrongParameter_Is400AndNamesIt(string query, string parameter)
    {
        using var response = await _server.Client.GetAsync("/api/v1/events?" + query, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith(parameter + ":", JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task List_Row_HasCountsButNoLongTexts()
    {
        _database.GivenEvent("a", agents: Agents, inputText: "secret");
        _database.GivenMessage(session: "telegram:1:1", eventId: "a");

        var row = (await GetAsync("/api/v1/events")).GetProperty("items")[0];

        Assert.Equal(5, row.GetProperty("step_count").GetInt64());
        Assert.Equal(1, row.GetProperty("error_count").GetInt64());
        Assert.Equal("telegram:1:1", row.GetProperty("conversation_id").GetString());
        Assert.False(row.TryGetProperty("input_text", out _));
        Assert.False(row.TryGetProperty("agents", out _));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("a/b#c%20d e?f")]
    [InlineData("50%")]
    [InlineData("a%2Fb")]
    [InlineData("事件:1")]
    public async Task One_AnyId_IsFoundByItsEncodedSegment(string id)
    {
        _database.GivenEvent(id, inputText: "hi", agents: Agents);
        var segment = Uri.EscapeDataString(id);

        Assert.Equal("hi", (await GetAsync("/api/v1/events/" + segment)).GetProperty("input_text").GetString());
        Assert.Equal(5, (await GetAsync($"/api/v1/events/{segment}/steps")).GetProperty("items").GetArrayLength());
        var html = await _server.Client.GetStringAsync("/traces/" + segment, TestContext.Current.CancellationToken);
        Assert.Equal(5, html.Split("data-testid=\"step-row\"").Length - 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/steps")]
    [InlineData("/ledger")]
    public async Task One_UnknownId_Is404(string tail)
    {
        using var response = await _server.Client.GetAsync("/api/v1/events/none" + tail, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Steps_NestedWorkers_ComeParentsFirstWithTheirParent()
    {
        _database.GivenEvent("a", agents: Agents);

        var steps = (await GetAsync("/api/v1/events/a/steps")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(["a-0", "a-1", "a-1.0", "a-1.1", "a-1.1.0"], steps.Select(s => s.GetProperty("step_id").GetString()));
        Assert.Equal([null, null, "a-1", "a-1", "a-1.1"], steps.Select(s => s.GetProperty("parent_step_id").GetString()));
        Assert.Equal("success,success,success,error,success", string.Join(',', steps.Select(s => s.GetProperty("status").GetString())));
    }

    [Fact]
    public async Task Ledger_Totals_EqualPlainSums()
    {
        _database.GivenPrice("m1", 1, 10);
        _database.GivenEvent("a", agents: Agents, input: 310L, output: 31L, cached: 4L, reasoning: 3L);
        _database.GivenBotMessage(eventId: "a", sequence: 1, input: 300L, output: 0L);
        _database.GivenBotMessage(eventId: "a", sequence: 2, role: "assistant", input: 0L, output: 31L);

        var ledger = await GetAsync("/api/v1/events/a/ledger");

        Assert.Equal((30, 3, 33), Tokens(ledger, "own"));
        Assert.Equal((310, 31, 341), Tokens(ledger, "subtree"));
        Assert.Equal((310, 31, 341), Tokens(ledger, "event"));
        Assert.Equal((300, 31, 331), Tokens(ledger, "messages"));
        Assert.Equal((270 * 1 + 27 * 10) / 1000.0, ledger.GetProperty("subtree").GetProperty("estimated_cost_usd").GetDouble(), 9);
        Assert.Equal(44, ledger.GetProperty("subtree").GetProperty("unpriced_tokens").GetInt64());
        Assert.False(ledger.GetProperty("agrees").GetBoolean());
        var total = ledger.GetProperty("lines").EnumerateArray().Single(l => l.GetProperty("name").GetString() == "total_tokens");
        Assert.Equal(-10, total.GetProperty("difference").GetDouble());
        Assert.Equal(JsonValueKind.String, total.GetProperty("reason").ValueKind);
    }

    [Fact]
    public async Task Ledger_CostOfTheTree_EqualsTheViews()
    {
        _database.GivenPrice("m1", 1.5, 10, cached: 0.3, reasoning: 20, cachedInInput: false);
        _database.GivenPrice("unknown", 3, 7);
        _database.GivenEvent("a", agents: Agents);

        var ledger = await GetAsync("/api/v1/events/a/ledger");
        var row = await GetAsync("/api/v1/events/a");

        Assert.Equal(row.GetProperty("estimated_cost_usd").GetDouble(), ledger.GetProperty("event").GetProperty("estimated_cost_usd").GetDouble(), 12);
        Assert.Equal(row.GetProperty("estimated_cost_usd").GetDouble(), _database.Connection.ExecuteScalar<double>("SELECT SUM(estimated_cost_usd) FROM analytics_agent_steps_view WHERE event_id = 'a'"), 12);
    }

    [Theory]
    [InlineData("{broken")]
    [InlineData("17")]
    [InlineData("{\"name\":\"x\"}")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[1,\"a\",null,[]]")]
    [InlineData(null)]
    public async Task One_MalformedAgents_StillAnswersEverywhere(string? agents)
    {
        _database.GivenEvent("odd", agents: agents, inputText: "hi");

        Assert.Equal(0, (await GetAsync("/api/v1/events/odd")).GetProperty("step_count").GetInt64());
        Assert.Empty((await GetAsync("/api/v1/events/odd/steps")).GetProperty("items").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, (await GetAsync("/api/v1/events/odd/ledger")).GetProperty("subtree").ValueKind);
        Assert.Contains("trace-row", await _server.Client.GetStringAsync("/traces?range=all", TestContext.Current.CancellationToken));
        var page = await _server.Client.GetStringAsync("/traces/odd", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("error-state", page);
        Assert.DoesNotContain("step-row", page);
    }

    [Fact]
    public async Task Csv_Filtered_HoldsTheSameRowsAsTheList()
    {
        for (var i = 0; i < 5; i++)
            _database.GivenEvent(status: i % 2 == 0 ? "error" : "success", at: TestDatabase.Now - i, error: i == 0 ? "a \"quoted\", text" : null);

        var csv = await _server.Client.GetStringAsync("/api/v1/events.csv?status=error", TestContext.Current.CancellationToken);

        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("id,event_id,", lines[0]);
        Assert.Equal(await IdsAsync("status=error"), lines.Skip(1).Select(l => l.Split(',')[1]));
        Assert.Contains("\"a \"\"quoted\"\", text\"", lines[1]);
    }

    [Fact]
    public async Task Page_UnknownTrace_SaysSoAndOffersLinks()
    {
        using var response = await _server.Client.GetAsync("/traces/none", TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("empty-state", html);
        Assert.Contains("There is no such trace", html);
    }

    private static (long Input, long Output, long Total) Tokens(JsonElement ledger, string name)
    {
        var totals = ledger.GetProperty(name);
        return (totals.GetProperty("input_tokens").GetInt64(), totals.GetProperty("output_tokens").GetInt64(), totals.GetProperty("total_tokens").GetInt64());
    }

    private async Task<List<string?>> IdsAsync(string query) =>
        [.. (await GetAsync("/api/v1/events?" + query)).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("event_id").GetString())];

    private async Task<JsonElement> GetAsync(string path) =>
        JsonDocument.Parse(await _server.Client.GetStringAsync(path, TestContext.Current.CancellationToken)).RootElement;
}

using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Duyetbot.Dashboard.Features.Agents;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Duyetbot.Dashboard.IntegrationTests.Agents;

/// <summary>Every figure is compared with a plain sum over what the test inserted, whatever the roll-up's state.</summary>
public sealed class AgentsApiTests : IDisposable
{
    private const long Hour = 3_600_000;
    private const long Start = 1_793_448_000_000; // 2026-10-31 12:00 UTC
    private const long PriceChange = Start + (20 * Hour) + (17 * 60_000);
    private readonly TestDatabase _database = new();
    private readonly List<AgentSample> _samples = [];
    private readonly Random _random = new(11);
    private int _next;

    [Theory]
    [InlineData("dirty")]
    [InlineData("clean")]
    [InlineData("half")]
    [InlineData("changed")]
    public async Task Agents_OfAnyRange_EqualPlainSums(string state)
    {
        GivenPrices();
        _database.Connection.Execute("BEGIN IMMEDIATE");
        for (var i = 0; i < 400; i++)
            GivenTrace(Start + _random.NextInt64(48 * Hour));
        // On the very edges of hours.
        foreach (var at in new[] { Start, Start + Hour - 1, Start + Hour, PriceChange - 1, PriceChange, Start + (48 * Hour) - 1 })
            GivenTrace(at);
        _database.GivenEvent(at: Start + 5, agents: "not json");
        _database.GivenEvent(at: Start + 6, agents: "{}");
        _database.GivenEvent(at: Start + 7, agents: null);
        _database.GivenEvent(at: Start + 8, agents: "[]");
        _database.Connection.Execute("INSERT INTO observability_events(event_id, app_source, event_type, triggered_at, agents) VALUES ('odd', '', '', 'soon', '[{\"name\":\"router\"}]')");
        _database.Connection.Execute("COMMIT TRANSACTION");
        await using var server = await StartAsync();
        var store = server.Services.GetRequiredService<AgentHourStore>();
        if (state != "dirty")
            await store.RefreshAsync(TestContext.Current.CancellationToken);
        if (state == "half")
            _database.Connection.Execute("INSERT INTO agent_hours_dirty(hour_start) SELECT hour_start FROM agent_hours WHERE hour_start / 3600000 % 2 = 0");
        if (state == "changed")
            ChangeSome();

        foreach (var (from, to) in new[] { (Start, Start + (48 * Hour)), (Start + 1, Start + (47 * Hour) + 1234), (Start + (3 * Hour) + 10, Start + (3 * Hour) + 400_000), (Start - (500 * Hour), Start + (500 * Hour)), (PriceChange - 1, PriceChange + 1) })
        {
            var inside = _samples.Where(s => s.At >= from && s.At < to).ToList();
            foreach (var zone in new[] { "UTC", "Asia/Kathmandu" })
            {
                using var answer = await GetAsync(server, $"/api/v1/agents?from={from}&to={to}&timezone={zone}");
                AssertItems(inside, answer.RootElement);
            }

            using var filtered = await GetAsync(server, $"/api/v1/agents?from={from}&to={to}&agent=router&model=small");
            AssertItems([.. inside.Where(s => s.Agent == "router" && s.Model == "small")], filtered.RootElement);
            using var errors = await GetAsync(server, $"/api/v1/agents/errors?from={from}&to={to}");
            AssertErrors(inside, errors.RootElement);
        }
    }

    [Fact]
    public async Task Agents_WithATamperedRollup_ChangeTheirAnswer()
    {
        GivenTrace(Start, failed: true);
        await using var server = await StartAsync();
        var store = server.Services.GetRequiredService<AgentHourStore>();
        Assert.Equal(1, await store.RefreshAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await store.RefreshAsync(TestContext.Current.CancellationToken));

        _database.Connection.Execute("UPDATE agent_hours SET figures = replace(figures, 'router', 'forged')");
        _database.Connection.Execute("UPDATE agent_errors SET agent_name = 'forged'");

        using var agents = await GetAsync(server, $"/api/v1/agents?from={Start}&to={Start + Hour}");
        using var errors = await GetAsync(server, $"/api/v1/agents/errors?from={Start}&to={Start + Hour}");
        Assert.Contains("forged", Names(agents));
        Assert.Contains("forged", Names(errors));
        using var live = await GetAsync(server, $"/api/v1/agents?from={Start}&to={Start + Hour - 1}");
        Assert.DoesNotContain("forged", Names(live));
    }

    [Theory]
    [InlineData("UPDATE analytics_cost_config SET input_cost_per_1k = 7 WHERE model = 'small'")]
    [InlineData("UPDATE analytics_cost_config SET effective_from = effective_from + 3600000 WHERE effective_to IS NULL")]
    [InlineData("DELETE FROM analytics_cost_config WHERE model = 'small'")]
    [InlineData("INSERT INTO analytics_cost_config(model, provider, input_cost_per_1k, output_cost_per_1k, effective_from, created_at) VALUES ('new', 'p', 3, 4, 0, 0)")]
    [InlineData("INSERT OR REPLACE INTO analytics_cost_config(model, provider, input_cost_per_1k, output_cost_per_1k, effective_from, effective_to, created_at) VALUES ('big', 'test', 3, 4, 0, 5, 0)")]
    [InlineData("UPDATE analytics_cost_config SET model = 'new' WHERE model = 'big'")]
    public async Task Agents_AfterAnyPriceChange_CostWhatTheViewSays(string change)
    {
        GivenPrices();
        _database.Connection.Execute("BEGIN IMMEDIATE");
        for (var i = 0; i < 60; i++)
            GivenTrace(Start + _random.NextInt64(30 * Hour), model: i % 3 == 0 ? "vendor/new:free" : null);
        _database.Connection.Execute("COMMIT TRANSACTION");
        await using var server = await StartAsync();
        await server.Services.GetRequiredService<AgentHourStore>().RefreshAsync(TestContext.Current.CancellationToken);

        _database.Connection.Execute(change);

        Assert.Equal(0, _database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM agent_hours_dirty"));
        using var answer = await GetAsync(server, $"/api/v1/agents?from={Start}&to={Start + (30 * Hour)}");
        var totals = answer.RootElement.GetProperty("totals");
        Assert.Equal(_database.Connection.ExecuteScalar<double>("SELECT SUM(estimated_cost_usd) FROM analytics_agent_steps_view"), totals.GetProperty("estimated_cost_usd").GetDouble(), 9);
        Assert.Equal(_database.Connection.ExecuteScalar<long>("SELECT SUM(unpriced_tokens) FROM analytics_agent_steps_view"), totals.GetProperty("unpriced_tokens").GetInt64());
    }

    [Theory]
    [InlineData("")]
    [InlineData("OR REPLACE")]
    [InlineData("OR IGNORE")]
    [InlineData("OR FAIL")]
    [InlineData("OR ROLLBACK")]
    public void Triggers_OnAnyTime_NeverFailTheBotsStatement(string clause)
    {
        foreach (var at in new[] { "0", "-1", "1.5", "-0.5", "'x'", "''", "x'00'", "9223372036854775807", "-9223372036854775808", "1e300", "'12'", "253402300799999" })
        {
            for (var i = 0; i < 2; i++)
                _database.Connection.Execute($"INSERT {clause} INTO observability_events(event_id, app_source, event_type, triggered_at) VALUES ('e' || {at} || '{i}', '', '', {at})");
            _database.Connection.Execute($"UPDATE {clause} observability_events SET triggered_at = {at}, agents = '[]'");
            _database.Connection.Execute($"UPDATE {clause} observability_events SET triggered_at = 5");
        }

        _database.Connection.Execute("DELETE FROM observability_events");
        Assert.Contains(0, _database.Connection.Query<long>("SELECT hour_start FROM agent_hours_dirty"));
    }

    [Fact]
    public async Task Refresh_AfterReplaceAndDelete_ForgetsWhatIsGone()
    {
        GivenTrace(Start, id: "one");
        GivenTrace(Start + (5 * Hour), id: "two");
        await using var server = await StartAsync();
        var store = server.Services.GetRequiredService<AgentHourStore>();
        await store.RefreshAsync(TestContext.Current.CancellationToken);

        _database.Connection.Execute("INSERT OR REPLACE INTO observability_events(event_id, app_source, event_type, triggered_at) VALUES ('one', '', '', @at)", new { at = Start + (9 * Hour) });
        _database.Connection.Execute("DELETE FROM observability_events WHERE event_id = 'two'");
        Assert.Equal([Start, Start + (5 * Hour), Start + (9 * Hour)], _database.Connection.Query<long>("SELECT hour_start FROM agent_hours_dirty ORDER BY 1"));
        await store.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, _database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM agent_hours"));
        Assert.Equal(0, _database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM agent_errors"));
    }

    [Fact]
    public async Task Errors_OfStepsAndWholeEvents_AreGrouped()
    {
        GivenTrace(Start + 1, id: "a", error: "upstream 504 after 100 ms", user: "u1");
        GivenTrace(Start + 2, id: "b", error: "upstream 504 after 2,000 ms", user: "u2");
        GivenTrace(Start + 3, id: "c", error: "upstream 504 after 7 ms", user: "u1");
        _database.GivenEvent("d", status: "error", at: Start + 4, error: "no answer after 9 s", user: "u3");
        _database.Connection.Execute("UPDATE observability_events SET error_type = 'TimeoutError' WHERE event_id = 'd'");
        await using var server = await StartAsync();

        using var answer = await GetAsync(server, $"/api/v1/agents/errors?from={Start}&to={Start + Hour}");

        var items = answer.RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(2, items.Count);
        Assert.Equal("upstream # after # ms", items[0].GetProperty("fingerprint").GetString());
        Assert.Equal((3, 2, Start + 1, Start + 3), (items[0].GetProperty("error_count").GetInt64(), items[0].GetProperty("user_count").GetInt32(), items[0].GetProperty("first_seen_at").GetInt64(), items[0].GetProperty("last_seen_at").GetInt64()));
        Assert.Equal(["c", "b", "a"], items[0].GetProperty("samples").EnumerateArray().Select(s => s.GetProperty("event_id").GetString()));
        Assert.Equal("c-0.0", items[0].GetProperty("samples")[0].GetProperty("step_id").GetString());
        Assert.Equal("TimeoutError: no answer after # s", items[1].GetProperty("fingerprint").GetString());
        Assert.Equal(JsonValueKind.Null, items[1].GetProperty("agent_name").ValueKind);
    }

    [Fact]
    public async Task Csv_ByModel_HasALinePerAgentAndModel()
    {
        GivenTrace(Start, failed: true);
        await using var server = await StartAsync();

        var byModel = await server.Client.GetStringAsync(new Uri($"/api/v1/agents.csv?from={Start}&to={Start + Hour}&group_by=model", UriKind.Relative), TestContext.Current.CancellationToken);
        var errors = await server.Client.GetStringAsync(new Uri($"/api/v1/agents/errors.csv?from={Start}&to={Start + Hour}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.StartsWith("agent_name,agent_type,model,invocations,successes,errors,success_rate,timed_invocations,p50_duration_ms,p95_duration_ms,p99_duration_ms,avg_duration_ms,input_tokens", byModel, StringComparison.Ordinal);
        Assert.Equal(_samples.Select(s => (s.Agent, s.Model)).Distinct().Count() + 1, byModel.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("error_key,fingerprint,agent_name,error_count,user_count,first_seen_at,last_seen_at", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("sort=beauty", "sort")]
    [InlineData("limit=5", "limit")]
    [InlineData("from=5&to=4", "to")]
    public async Task Agents_WrongParameter_IsNamed(string query, string parameter)
    {
        await using var server = await StartAsync();

        using var answer = await server.Client.GetAsync(new Uri($"/api/v1/agents?{query}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith(parameter + ":", JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/agents")]
    [InlineData("/agents?range=all&open=*&error=000000000000&sort=p95_duration_ms")]
    [InlineData("/agents?agent=nobody")]
    public async Task Page_OfAnyState_Answers(string path)
    {
        GivenTrace(Start, failed: true);
        await using var server = await StartAsync();

        var html = await server.Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("<h1 class=\"cut\">Agents</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-testid=\"error-state\"", html, StringComparison.Ordinal);
    }

    public void Dispose() => _database.Dispose();

    // Nothing refreshes behind the test's back.
    private Task<TestServer> StartAsync() => TestServer.StartAsync(_database.File, b => b.Services.RemoveAll<IHostedService>());

    private void GivenPrices()
    {
        _database.GivenPrice("small", 1, 2, cached: 0.5, reasoning: 3, to: PriceChange);
        _database.GivenPrice("small", 10, 20, from: PriceChange);
        _database.GivenPrice("big", 4, 8, cached: 1, cachedInInput: false);
    }

    // As DATA.md 5 says it, for the two models above; any other has no price.
    private static double? CostOf(AgentSample s) => s.Model switch
    {
        "small" when s.At < PriceChange => ((s.Input - s.Cached) * 1 + s.Cached * 0.5 + (s.Output - s.Reasoning) * 2 + s.Reasoning * 3) / 1000.0,
        "small" => (s.Input * 10 + s.Output * 20) / 1000.0,
        "big" => (s.Input * 4 + (s.Cached + s.Beside) * 1 + s.Output * 8) / 1000.0,
        _ => s.Input + s.Output == 0 ? 0 : null,
    };

    private void GivenTrace(long at, string? id = null, bool failed = false, string? error = null, string? user = null, string? model = null)
    {
        id ??= $"trace-{++_next}";
        user ??= $"user-{_random.Next(5)}";
        var failing = failed || error is not null || _random.Next(4) == 0;
        AgentSample Step(string agent, string? own, string? message)
        {
            var (input, output) = (_random.NextInt64(0, 400), _random.NextInt64(0, 200));
            var beside = _random.Next(3) == 0 ? _random.NextInt64(1, 500) : 0;
            return new AgentSample(at, agent, own, message, _random.Next(5) == 0 ? 0 : _random.NextInt64(1, 5_000), input, output, beside > 0 ? input : _random.NextInt64(0, input + 1), _random.NextInt64(0, output + 1), _random.Next(3), user, id!, beside);
        }

        var root = Step("router", model ?? new[] { "small", "big", "unknown" }[_random.Next(3)], null);
        var worker = Step(error is not null || _random.Next(2) == 0 ? "search" : "router", model ?? "big", failing ? error ?? $"request {_random.Next(10_000)} timed out after {_random.Next(100)} ms" : null);
        var json = root.ToJson("agent");
        json["workers"] = new JsonArray(worker.ToJson("worker"));
        _samples.AddRange([root, worker]);
        _database.GivenEvent(id, status: failing ? "error" : "success", at: at, user: user, agents: new JsonArray(json).ToJsonString());
    }

    private void ChangeSome()
    {
        var gone = _samples.Select(s => s.EventId).Distinct().Take(5).ToList();
        _database.Connection.Execute("DELETE FROM observability_events WHERE event_id IN @gone", new { gone });
        _samples.RemoveAll(s => gone.Contains(s.EventId));
        var moved = _samples[0].EventId;
        var to = _samples[0].At + (7 * Hour);
        _database.Connection.Execute("UPDATE observability_events SET triggered_at = @to WHERE event_id = @moved", new { to, moved });
        for (var i = 0; i < _samples.Count; i++)
        {
            if (_samples[i].EventId == moved)
                _samples[i] = _samples[i] with { At = to };
        }

        GivenTrace(Start + (11 * Hour) + 3);
    }

    private static void AssertItems(List<AgentSample> inside, JsonElement answer)
    {
        var items = answer.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(inside.Select(s => s.Agent).Distinct().Order(StringComparer.Ordinal), items.Select(i => i.GetProperty("agent_name").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("next_cursor").ValueKind);
        foreach (var item in items)
        {
            var mine = inside.Where(s => s.Agent == item.GetProperty("agent_name").GetString()).ToList();
            AgentPlain.AssertFigures(mine, CostOf, item);
            var models = item.GetProperty("models").EnumerateArray().ToList();
            Assert.Equal(mine.Select(s => s.Model).Distinct().Order(StringComparer.Ordinal), models.Select(m => m.GetProperty("model").GetString()).Order(StringComparer.Ordinal));
            foreach (var model in models)
                AgentPlain.AssertFigures([.. mine.Where(s => s.Model == model.GetProperty("model").GetString())], CostOf, model);
        }

        if (inside.Count > 0)
            AgentPlain.AssertFigures(inside, CostOf, answer.GetProperty("totals"));
    }

    private static void AssertErrors(List<AgentSample> inside, JsonElement answer)
    {
        var failed = inside.Where(s => s.Error is not null).ToList();
        var items = answer.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(failed.Select(s => s.Agent).Distinct().Count(), items.Count);
        foreach (var item in items)
        {
            var mine = failed.Where(s => s.Agent == item.GetProperty("agent_name").GetString()).ToList();
            Assert.Equal("request # timed out after # ms", item.GetProperty("fingerprint").GetString());
            Assert.Equal(mine.Count, item.GetProperty("error_count").GetInt64());
            Assert.Equal(mine.Select(s => s.User).Distinct().Count(), item.GetProperty("user_count").GetInt32());
            Assert.Equal((mine.Min(s => s.At), mine.Max(s => s.At)), (item.GetProperty("first_seen_at").GetInt64(), item.GetProperty("last_seen_at").GetInt64()));
        }
    }

    private static IEnumerable<string?> Names(JsonDocument answer) => answer.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("agent_name").GetString());

    private static async Task<JsonDocument> GetAsync(TestServer server, string path)
    {
        var answer = await server.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text);
    }
}

using System.Text.Json;
using Duyetbot.Dashboard.TestSupport;
using NodaTime;

namespace Duyetbot.Dashboard.IntegrationTests.Usage;

public sealed class OverviewTests : IDisposable
{
    private readonly TestDatabase _database = new();

    [Fact]
    public async Task Overview_Figures_EqualPlainSums()
    {
        var at = Instant.FromUtc(2026, 11, 2, 9, 0).ToUnixTimeMilliseconds();
        var durations = Enumerable.Range(1, 40).Select(i => i * 10L).ToList();
        foreach (var duration in durations)
            _database.GivenEvent(at: at, durationMs: duration, status: duration % 40 == 0 ? "error" : "success");
        _database.GivenEvent(at: at, durationMs: "soon", status: "processing");
        _database.GivenEvent(at: at - 86_400_000, durationMs: 7L, status: "error");
        _database.GivenPrice("m", input: 1, output: 1);
        _database.GivenMessage("telegram:1:1", 1, input: 500, output: 500, model: "m", at: at, user: "1");
        _database.GivenMessage("telegram:2:1", 1, input: 10, at: at, user: "2");
        _database.GivenMessage("telegram:3:1", 1, input: 999, at: at, archived: true);
        _database.GivenMessage("telegram:1:1", 2, input: 44, at: at - 86_400_000, user: "1");
        await using var server = await TestServer.StartAsync(_database.File);

        using var answer = JsonDocument.Parse(await server.Client.GetStringAsync("/api/v1/overview?from=2026-11-02&to=2026-11-02", TestContext.Current.CancellationToken));

        Assert.Equal((2, 1), Figure(answer, "conversation_count"));
        Assert.Equal((2, 1), Figure(answer, "message_count"));
        Assert.Equal((2, 1), Figure(answer, "user_count"));
        Assert.Equal((1010, 44), Figure(answer, "total_tokens"));
        Assert.Equal((10, 44), Figure(answer, "unpriced_tokens"));
        Assert.Equal((1, null), Figure(answer, "estimated_cost_usd"));
        Assert.Equal((41, 1), Figure(answer, "event_count"));
        Assert.Equal((10, 1), Figure(answer, "error_count"));
        Assert.Equal((380, 7), Figure(answer, "p95_duration_ms"));
        Assert.Equal((200, 7), Figure(answer, "p50_duration_ms"));
        Assert.Equal(JsonValueKind.Null, answer.RootElement.GetProperty("building").ValueKind);
    }

    [Fact]
    public async Task OverviewPage_EmptyDatabase_OffersCommands()
    {
        await using var server = await TestServer.StartAsync(_database.File);

        var html = await server.Client.GetStringAsync("/", TestContext.Current.CancellationToken);

        Assert.Contains("empty-state", html, StringComparison.Ordinal);
        Assert.Contains("-- demo --database", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("failed", "broken-one")]
    [InlineData("slowest", "slow-one")]
    [InlineData("dearest", "dear-one")]
    public async Task OverviewPage_Traces_NamesThoseThatNeedALook(string order, string expected)
    {
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 60_000;
        _database.GivenPrice("m", input: 1, output: 1);
        _database.GivenEvent("broken-one", at: at, status: "error", durationMs: 1L, error: "<b>boom</b>");
        _database.GivenEvent("slow-one", at: at, durationMs: 90_000L);
        _database.GivenEvent("dear-one", at: at, durationMs: 2L, input: 5000L, model: "m");
        _database.GivenMessage(at: at, content: "What is <i>this</i>?");
        await using var server = await TestServer.StartAsync(_database.File);

        var html = await server.Client.GetStringAsync($"/?traces={order}", TestContext.Current.CancellationToken);

        Assert.True(html.IndexOf($"/traces/{expected}", StringComparison.Ordinal) is > 0 and var first
            && html.IndexOf("/traces/", StringComparison.Ordinal) + "/traces/".Length + expected.Length == first + "/traces/".Length + expected.Length);
        Assert.DoesNotContain("<b>boom</b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>this</i>", html, StringComparison.Ordinal);
        Assert.Equal(7, html.Split("data-testid=\"metric-card\"").Length - 1);
    }

    public void Dispose() => _database.Dispose();

    private static (double? Value, double? Previous) Figure(JsonDocument answer, string name)
    {
        var figure = answer.RootElement.GetProperty("figures").GetProperty(name);
        return (Number(figure.GetProperty("value")), Number(figure.GetProperty("previous")));

        static double? Number(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element.GetDouble();
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Quality;

public sealed class QualityApiTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private TestServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        for (var i = 1; i <= 7; i++)
            _database.GivenBotMessage(sequence: i, input: "many");
        _server = await TestServer.StartAsync(_database.File);
    }

    [Fact]
    public async Task Quality_AllFindings_HaveTheContractsColumns()
    {
        var answer = await GetAsync("/api/v1/quality?range=all");
        var finding = answer.GetProperty("items").EnumerateArray().Single(f => f.GetProperty("kind").GetString() == "message_value_absurd");

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("next_cursor").ValueKind);
        Assert.Equal(
            ["kind", "severity", "title", "meaning", "action", "count", "checked_count", "total_count", "share", "first_seen_at", "last_seen_at", "sample_ids"],
            finding.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("wrong_figures", 7, 7, 1.0), (finding.GetProperty("severity").GetString(), finding.GetProperty("count").GetInt64(), finding.GetProperty("checked_count").GetInt64(), finding.GetProperty("share").GetDouble()));
        Assert.Equal(["telegram:1:1/7", "telegram:1:1/6", "telegram:1:1/5", "telegram:1:1/4", "telegram:1:1/3"], finding.GetProperty("sample_ids").EnumerateArray().Select(i => i.GetString()));
    }

    [Fact]
    public async Task Quality_OneKind_IsPagedAndStreamedWhole()
    {
        var first = await GetAsync("/api/v1/quality?range=all&kind=message_value_absurd&limit=4");
        var next = await GetAsync($"/api/v1/quality?range=all&kind=message_value_absurd&limit=4&cursor={first.GetProperty("next_cursor").GetString()}");
        var csv = await _server.Client.GetStringAsync("/api/v1/quality.csv?range=all&kind=message_value_absurd", Token);
        var findings = await _server.Client.GetStringAsync("/api/v1/quality.csv?range=all", Token);

        Assert.Equal((4, 3), (first.GetProperty("items").GetArrayLength(), next.GetProperty("items").GetArrayLength()));
        Assert.Equal(8, csv.Trim().Split("\r\n").Length);
        Assert.Contains("message_value_absurd,wrong_figures,", findings, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind=nope", "kind")]
    [InlineData("kind=sequence_gap&limit=0", "limit")]
    [InlineData("kind=sequence_gap&cursor=abc", "cursor")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("range=3w", "range")]
    public async Task Quality_WrongParameter_IsNamed(string query, string parameter)
    {
        var response = await _server.Client.GetAsync($"/api/v1/quality?{query}", Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith(parameter, (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _database.Dispose();
    }

    private async Task<JsonElement> GetAsync(string path) => await _server.Client.GetFromJsonAsync<JsonElement>(path, Token);
}

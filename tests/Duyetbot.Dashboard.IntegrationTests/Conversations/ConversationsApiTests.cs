using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Conversations;

public sealed class ConversationsApiTests : IAsyncLifetime
{
    private const string OddId = "github:octocat:owner/repo#12 100% %2F Nguyễn";

    private readonly TestDatabase _database = new();
    private TestServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database.GivenPrice("m1", 0.001, 0.002);
        var eventId = _database.GivenEvent("e/1#%", agents: """[{"name":"router","type":"agent","duration_ms":5,"workers":[{"name":"w","type":"worker","error":"no"}]}]""", status: "error", durationMs: 7L);
        _database.GivenMessage(OddId, 1, "user", "=cmd, where is the Timeout?", eventId, at: TestDatabase.Now);
        _database.GivenMessage(OddId, 2, "assistant", "here", eventId, input: 100, output: 50, model: "m1", at: TestDatabase.Now + 1);
        _database.GivenMessage(OddId, 2, "tool", "repeated sequence", at: TestDatabase.Now + 2);
        _database.GivenMessage("cli:b", 1, "user", "other", at: TestDatabase.Now - 5);
        _server = await TestServer.StartAsync(_database.File);
    }

    [Fact]
    public async Task Conversations_List_HasTheViewsColumns()
    {
        var json = await GetAsync("/api/v1/conversations?limit=1");

        var row = Assert.Single(json.GetProperty("items").EnumerateArray());
        Assert.Equal(OddId, row.GetProperty("conversation_id").GetString());
        Assert.Equal((3, 150, 1), (row.GetProperty("message_count").GetInt32(), row.GetProperty("total_tokens").GetInt32(), row.GetProperty("error_count").GetInt32()));
        Assert.Equal(0.0002, row.GetProperty("estimated_cost_usd").GetDouble(), 9);
        Assert.Equal("=cmd, where is the Timeout?", row.GetProperty("first_user_message").GetString());
        var next = await GetAsync("/api/v1/conversations?limit=1&cursor=" + json.GetProperty("next_cursor").GetString());
        Assert.Equal("cli:b", Assert.Single(next.GetProperty("items").EnumerateArray()).GetProperty("conversation_id").GetString());
        Assert.Equal(JsonValueKind.Null, next.GetProperty("next_cursor").ValueKind);
    }

    [Fact]
    public async Task Conversation_OddId_IsOneSegment()
    {
        Assert.Equal(OddId, (await GetAsync($"/api/v1/conversations/{Uri.EscapeDataString(OddId)}")).GetProperty("conversation_id").GetString());
        Assert.Equal(3, (await GetAsync($"/api/v1/conversations/{Uri.EscapeDataString(OddId)}/messages")).GetProperty("items").GetArrayLength());
        Assert.Contains("data-testid=\"message\"", await PageAsync($"/conversations/{Uri.EscapeDataString(OddId)}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_OfConversation_FollowTheSequenceAndLoseNoRepeatedOne()
    {
        var path = $"/api/v1/conversations/{Uri.EscapeDataString(OddId)}/messages";
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var json = await GetAsync($"{path}?limit=1{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(json.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("role").GetString()!));
            cursor = json.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);
        Assert.Equal(["user", "assistant", "tool"], seen);
        Assert.Equal(2, (await GetAsync($"{path}?after=1")).GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await GetAsync($"{path}?q=timeout")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Message_Detail_HoldsEventAndStepsParentsFirst()
    {
        var id = $"{OddId}/2";
        var json = await GetAsync($"/api/v1/messages/{Uri.EscapeDataString(id)}");

        Assert.Equal(id, json.GetProperty("message_id").GetString());
        Assert.Equal("here", json.GetProperty("content").GetString());
        Assert.Equal("e/1#%", json.GetProperty("event").GetProperty("event_id").GetString());
        Assert.Equal(["e/1#%-0", "e/1#%-0.0"], json.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("step_id").GetString()));
        Assert.Contains("data-testid=\"message-detail\"", await PageAsync($"/messages/{Uri.EscapeDataString(id)}"), StringComparison.Ordinal);
        Assert.Contains("data-testid=\"message-detail\"", await PageAsync($"/conversations/{Uri.EscapeDataString(OddId)}?message={Uri.EscapeDataString(id)}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/conversations/nobody")]
    [InlineData("/api/v1/conversations/nobody/messages")]
    [InlineData("/api/v1/messages/nobody")]
    public async Task UnknownId_IsNotFound(string path) => Assert.Equal(HttpStatusCode.NotFound, (await _server.Client.GetAsync(path, Token)).StatusCode);

    [Theory]
    [InlineData("/conversations/nobody")]
    [InlineData("/messages/nobody")]
    public async Task Page_UnknownId_SaysSoWithStatus404(string path)
    {
        using var response = await _server.Client.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("data-testid=\"empty-state\"", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/conversations?nonsense=1", "nonsense")]
    [InlineData("/api/v1/conversations?limit=0", "limit")]
    [InlineData("/api/v1/conversations?limit=501", "limit")]
    [InlineData("/api/v1/conversations?sort=title", "sort")]
    [InlineData("/api/v1/conversations?cursor=abc", "cursor")]
    [InlineData("/api/v1/conversations?archived=maybe", "archived")]
    [InlineData("/api/v1/conversations.csv?limit=5", "limit")]
    [InlineData("/api/v1/messages?role=robot", "role")]
    [InlineData("/api/v1/messages?cursor=W10", "cursor")]
    [InlineData("/api/v1/conversations/cli%3Ab/messages?after=x", "after")]
    public async Task WrongParameter_IsNamed(string path, string parameter)
    {
        using var response = await _server.Client.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(parameter, (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_Conversations_HoldsEveryRowAndNoFormula()
    {
        var lines = (await _server.Client.GetStringAsync("/api/v1/conversations.csv", Token)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(3, lines.Length);
        Assert.StartsWith("conversation_id,user_id,platform,title", lines[0].TrimStart('\ufeff'), StringComparison.Ordinal);
        Assert.EndsWith("\"'=cmd, where is the Timeout?\"", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_Conversation_ChangesWhatItNames()
    {
        var path = $"/api/v1/conversations/{Uri.EscapeDataString(OddId)}";
        using var response = await _server.Client.PatchAsJsonAsync(path, new { title = "Named", is_starred = true, visibility = "public" }, Token);
        var row = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(("Named", true, "public"), (row.GetProperty("title").GetString(), row.GetProperty("is_starred").GetBoolean(), row.GetProperty("visibility").GetString()));

        using var archived = await _server.Client.PatchAsJsonAsync(path, new { is_archived = true }, Token);
        Assert.Equal("Named", (await archived.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("title").GetString());
        Assert.Equal(1, (await GetAsync("/api/v1/conversations?archived=true")).GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.Client.PatchAsJsonAsync(path, new { message_count = 5 }, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.Client.PatchAsJsonAsync(path, new { visibility = "secret" }, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Client.PatchAsJsonAsync("/api/v1/conversations/nobody", new { title = "x" }, Token)).StatusCode);
    }

    [Fact]
    public async Task Patch_Message_ChangesWhatItNames()
    {
        using var response = await _server.Client.PatchAsJsonAsync("/api/v1/messages/cli%3Ab%2F1", new { is_pinned = true }, Token);

        var row = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal((true, "private"), (row.GetProperty("is_pinned").GetBoolean(), row.GetProperty("visibility").GetString()));
    }

    [Fact]
    public async Task Page_List_ShowsTheRowsOfTheRange()
    {
        var html = await PageAsync("/conversations?range=all");

        Assert.Equal(2, html.Split("data-testid=\"conversation-row\"").Length - 1);
        Assert.Contains("data-testid=\"empty-state\"", await PageAsync("/conversations?range=all&platform=nowhere"), StringComparison.Ordinal);
        Assert.Contains("data-testid=\"error-state\"", await PageAsync("/conversations?sort=title"), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _database.Dispose();
    }

    private async Task<JsonElement> GetAsync(string path) => await _server.Client.GetFromJsonAsync<JsonElement>(path, Token);

    private Task<string> PageAsync(string path) => _server.Client.GetStringAsync(path, Token);
}

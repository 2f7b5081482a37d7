using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Users;

public sealed class UsersApiTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private RandomUsers _users = null!;
    private TestServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _users = new RandomUsers(_database);
        _server = await TestServer.StartAsync(_database.File);
    }

    [Fact]
    public async Task Users_List_HasTheContractsColumnsAndPages()
    {
        var first = await GetAsync("/api/v1/users?limit=2&sort=-message_count");
        var rows = first.GetProperty("items").EnumerateArray().ToList();
        var next = await GetAsync($"/api/v1/users?limit=2&sort=-message_count&cursor={first.GetProperty("next_cursor").GetString()}");

        Assert.Equal(2, rows.Count);
        Assert.Equal(
            ["user_id", "username", "usernames", "platforms", "conversation_count", "message_count", "input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens", "total_tokens", "estimated_cost_usd", "unpriced_tokens", "error_count", "first_seen_at", "last_seen_at"],
            rows[0].EnumerateObject().Select(p => p.Name));
        Assert.True(rows[0].GetProperty("message_count").GetInt64() >= rows[1].GetProperty("message_count").GetInt64());
        Assert.True(rows[1].GetProperty("message_count").GetInt64() >= next.GetProperty("items")[0].GetProperty("message_count").GetInt64());
    }

    [Fact]
    public async Task User_OddId_IsOneSegmentAndEqualsItsRow()
    {
        var expected = _users.Plain(new())[RandomUsers.OddUser];

        var row = await GetAsync($"/api/v1/users/{Uri.EscapeDataString(RandomUsers.OddUser)}");

        Assert.Equal(RandomUsers.OddUser, row.GetProperty("user_id").GetString());
        Assert.Equal((expected.MessageCount, expected.TotalTokens, expected.ErrorCount), (row.GetProperty("message_count").GetInt64(), row.GetProperty("total_tokens").GetInt64(), row.GetProperty("error_count").GetInt64()));
        Assert.Equal(expected.TotalTokens, row.GetProperty("models").EnumerateArray().Sum(m => m.GetProperty("total_tokens").GetInt64()));
        Assert.Equal(0, (await GetAsync($"/api/v1/users/{Uri.EscapeDataString(RandomUsers.OddUser)}?to=1")).GetProperty("message_count").GetInt64());
    }

    [Fact]
    public async Task Users_FromToday_AgreeWithUsageByUser()
    {
        var range = $"from={RandomUsers.End - 86_400_000 - 77}&to={RandomUsers.End - 33}";
        var users = (await GetAsync($"/api/v1/users?{range}")).GetProperty("items").EnumerateArray()
            .Where(u => u.GetProperty("user_id").GetString() is not null && u.GetProperty("message_count").GetInt64() > 0).ToList();
        var usage = (await GetAsync($"/api/v1/usage?{range}&group_by=user&granularity=month")).GetProperty("series").EnumerateArray()
            .Where(s => !string.IsNullOrEmpty(s.GetProperty("key").GetString())).ToDictionary(s => s.GetProperty("key").GetString()!, s => s.GetProperty("totals"));

        Assert.NotEmpty(users);
        Assert.Equal(usage.Keys.Order(StringComparer.Ordinal), users.Select(u => u.GetProperty("user_id").GetString()!).Order(StringComparer.Ordinal));
        foreach (var user in users)
        {
            foreach (var name in new[] { "conversation_count", "message_count", "input_tokens", "output_tokens", "total_tokens", "unpriced_tokens" })
                Assert.Equal(usage[user.GetProperty("user_id").GetString()!].GetProperty(name).GetInt64(), user.GetProperty(name).GetInt64());
        }
    }

    [Fact]
    public async Task Csv_Users_HoldsEveryRow()
    {
        var lines = (await _server.Client.GetStringAsync("/api/v1/users.csv?sort=message_count", Token)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(_users.Plain(new()).Count, lines.Length - 1);
        Assert.StartsWith("user_id,username,usernames,platforms,conversation_count,message_count", lines[0].TrimStart('\ufeff'), StringComparison.Ordinal);
        Assert.Equal(_users.Plain(new()).Values.Max(u => u.MessageCount), long.Parse(lines[1].Split(',')[^11], null));
    }

    [Theory]
    [InlineData("/api/v1/users?nonsense=1", "nonsense")]
    [InlineData("/api/v1/users?limit=0", "limit")]
    [InlineData("/api/v1/users?sort=username", "sort")]
    [InlineData("/api/v1/users?cursor=abc", "cursor")]
    [InlineData("/api/v1/users?archived=maybe", "archived")]
    [InlineData("/api/v1/users?from=9&to=8", "to")]
    [InlineData("/api/v1/users.csv?limit=5", "limit")]
    [InlineData("/api/v1/users/1?q=x", "q")]
    [InlineData("/api/v1/users/1?from=yesterday", "from")]
    public async Task WrongParameter_IsNamed(string path, string parameter)
    {
        using var response = await _server.Client.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith(parameter + ":", (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_Unknown_IsNotFoundInTheApiAndOnThePage()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Client.GetAsync("/api/v1/users/nobody%2Fhere", Token)).StatusCode);
        using var page = await _server.Client.GetAsync("/users/nobody%2Fhere", Token);
        var html = await page.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("There is no such user.", html, StringComparison.Ordinal);
        Assert.Contains("nobody/here", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_AsTheyArrive_AreComplete()
    {
        var list = await _server.Client.GetStringAsync("/users?range=all", Token);
        var one = await _server.Client.GetStringAsync($"{Urls.User(RandomUsers.OddUser)}?range=all", Token);

        Assert.Equal(_users.Plain(new()).Count, list.Split("data-testid=\"user-row\"").Length - 1);
        Assert.Contains("no user", list, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(Urls.User(RandomUsers.OddUser)), list, StringComparison.Ordinal);
        Assert.DoesNotContain("error-state", list + one, StringComparison.Ordinal);
        Assert.Contains(Formats.Count(_users.Plain(new())[RandomUsers.OddUser].TotalTokens), one, StringComparison.Ordinal);
        Assert.Contains("data-testid=\"empty-state\"", await _server.Client.GetStringAsync("/users?range=all&platform=nowhere", Token), StringComparison.Ordinal);
        Assert.Contains("data-testid=\"error-state\"", await _server.Client.GetStringAsync("/users?sort=colour", Token), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _database.Dispose();
    }

    private async Task<JsonElement> GetAsync(string path) => await _server.Client.GetFromJsonAsync<JsonElement>(path, Token);
}

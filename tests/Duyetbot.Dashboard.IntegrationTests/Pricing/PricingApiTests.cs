using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Duyetbot.Dashboard.Features.Pricing;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Duyetbot.Dashboard.IntegrationTests.Pricing;

/// <summary>Prices over HTTP: written, refused with the reason, and in force at once.</summary>
public sealed class PricingApiTests : IAsyncLifetime
{
    private const string Price = """{"model":"m","provider":"p","input_cost_per_1k":1,"output_cost_per_1k":2,"effective_from":1000,"effective_to":2000}""";

    private readonly TestDatabase _database = new();
    private TestServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(_database.File);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task Put_GetReplaceDelete_RoundTrip()
    {
        using var created = await PutAsync("", Price);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var row = await JsonAsync(created);
        var path = created.Headers.Location!.ToString();
        Assert.Equal($"/api/v1/pricing/{row.GetProperty("id").GetInt64()}", path);
        Assert.Equal(
            ["id", "model", "provider", "input_cost_per_1k", "output_cost_per_1k", "cached_cost_per_1k", "reasoning_cost_per_1k", "effective_from", "effective_to", "notes", "created_at", "created_by", "cached_in_input"],
            row.EnumerateObject().Select(p => p.Name));
        Assert.Equal("api", row.GetProperty("created_by").GetString());

        // What GET answers can be sent back as it is, and with one member changed.
        var got = await _server.Client.GetStringAsync(path, Token);
        using var same = await PutAsync(path[15..], got);
        Assert.Equal(got, await same.Content.ReadAsStringAsync(Token));
        using var changed = await PutAsync(path[15..], got.Replace("\"effective_to\":2000", "\"effective_to\":null", StringComparison.Ordinal));
        Assert.Equal(JsonValueKind.Null, (await JsonAsync(changed)).GetProperty("effective_to").ValueKind);

        using var deleted = await _server.Client.DeleteAsync(path, Token);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var gone = await _server.Client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var twice = await _server.Client.DeleteAsync(path, Token);
        Assert.Equal(HttpStatusCode.NotFound, twice.StatusCode);
    }

    [Theory]
    [InlineData("input_cost_per_1k", """{"model":"m","provider":"p","input_cost_per_1k":-1,"output_cost_per_1k":2,"effective_from":5000}""")]
    [InlineData("input_cost_per_1k", """{"model":"m","provider":"p","input_cost_per_1k":"cheap","output_cost_per_1k":2,"effective_from":5000}""")]
    [InlineData("output_cost_per_1k", """{"model":"m","provider":"p","input_cost_per_1k":1,"effective_from":5000}""")]
    [InlineData("cached_cost_per_1k", """{"model":"m","provider":"p","input_cost_per_1k":1,"output_cost_per_1k":2,"cached_cost_per_1k":-0.1,"effective_from":5000}""")]
    [InlineData("model", """{"model":" ","provider":"p","input_cost_per_1k":1,"output_cost_per_1k":2,"effective_from":5000}""")]
    [InlineData("provider", """{"model":"m","input_cost_per_1k":1,"output_cost_per_1k":2,"effective_from":5000}""")]
    [InlineData("effective_from", """{"model":"m","provider":"p","input_cost_per_1k":1,"output_cost_per_1k":2}""")]
    [InlineData("effective_to", """{"model":"m","provider":"p","input_cost_per_1k":1,"output_cost_per_1k":2,"effective_from":5000,"effective_to":5000}""")]
    [InlineData("effective_from", """{"model":"m","provider":"another","input_cost_per_1k":1,"output_cost_per_1k":2,"effective_from":1999}""")]
    [InlineData("effective_from", """{"model":"m","provider":"p","input_cost_per_1k":1,"output_cost_per_1k":2,"effective_from":0,"effective_to":1001}""")]
    [InlineData("price", """{"model":"m","provider":"p","input_cost_per_1k":1,"output_cost_per_1k":2,"effective_from":5000,"price":1}""")]
    [InlineData("id", """{"id":1,"model":"m","provider":"p","input_cost_per_1k":1,"output_cost_per_1k":2,"effective_from":5000}""")]
    [InlineData("body", "[1]")]
    [InlineData("body", "null")]
    [InlineData("body", "{")]
    public async Task Put_Wrong_IsRefusedWithTheParametersName(string parameter, string body)
    {
        using var first = await PutAsync("", Price);
        using var refused = await PutAsync("", body);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(parameter + ": ", (await JsonAsync(refused)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Single((await GetAsync("/api/v1/pricing")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Put_RangesThatTouch_AreNoOverlap()
    {
        using var first = await PutAsync("", Price);
        using var before = await PutAsync("", Price.Replace("\"effective_from\":1000,\"effective_to\":2000", "\"effective_from\":0,\"effective_to\":1000", StringComparison.Ordinal));
        using var after = await PutAsync("", Price.Replace("\"effective_from\":1000,\"effective_to\":2000", "\"effective_from\":2000", StringComparison.Ordinal));
        using var into = await PutAsync("/" + (await JsonAsync(first)).GetProperty("id").GetInt64(), Price.Replace("2000", "2001", StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.BadRequest), (before.StatusCode, after.StatusCode, into.StatusCode));
    }

    [Fact]
    public async Task Put_AsAFormOfAnotherOriginCould_IsRefused()
    {
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data" })
        {
            using var content = new StringContent(Price, Encoding.UTF8, type);
            using var answer = await _server.Client.PutAsync("/api/v1/pricing", content, Token);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        }

        using var post = await _server.Client.PostAsync("/api/v1/pricing", new StringContent(Price, Encoding.UTF8, "application/json"), Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        Assert.Empty((await GetAsync("/api/v1/pricing")).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("/api/v1/pricing/x", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/pricing/9", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/pricing?colour=red", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/pricing?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/pricing?cursor=x", HttpStatusCode.BadRequest)]
    [InlineData("/pricing?price=x", HttpStatusCode.OK)]
    public async Task Get_WrongAddress_SaysSo(string path, HttpStatusCode expected)
    {
        using var answer = await _server.Client.GetAsync(path, Token);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task List_InPages_HoldsEveryRowOnceAndSoDoesTheCsv()
    {
        for (var i = 0; i < 7; i++)
            _database.GivenPrice(i % 2 == 0 ? "even" : "odd", i, 1, from: i * 10, to: (i * 10) + 1);

        var ids = new List<long>();
        string? cursor = null;
        do
        {
            var page = await GetAsync($"/api/v1/pricing?limit=3{(cursor is null ? "" : "&cursor=" + cursor)}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("id").GetInt64()));
            cursor = page.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(1, 7).Select(i => (long)i), ids);
        Assert.Equal(3, (await GetAsync("/api/v1/pricing?model=odd")).GetProperty("items").GetArrayLength());
        var csv = (await _server.Client.GetStringAsync("/api/v1/pricing.csv", Token)).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(8, csv.Length);
        Assert.StartsWith("id,model,provider,input_cost_per_1k,", csv[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_ANewPrice_IsInForceEverywhereAtOnce()
    {
        _database.GivenEvent("e", model: "m", agents: """[{"name":"a","input_tokens":1000,"output_tokens":0}]""", input: 1000L);
        _database.GivenMessage("cli", 1, "assistant", input: 1000, model: "m", eventId: "e");
        Assert.Equal(JsonValueKind.Null, (await ConversationAsync()).ValueKind);
        Assert.Contains("/pricing?model=m", await _server.Client.GetStringAsync("/conversations/cli?range=all", Token), StringComparison.Ordinal);
        var before = await _server.Client.GetStringAsync("/pricing?range=all", Token);
        Assert.Contains("unpriced-panel", before, StringComparison.Ordinal);
        Assert.Contains("There is no price yet.", before, StringComparison.Ordinal);

        using var put = await PutAsync("", """{"model":"m","provider":"p","input_cost_per_1k":2,"output_cost_per_1k":2,"effective_from":0}""");

        Assert.Equal(2, (await ConversationAsync()).GetDouble());
        Assert.Equal(2, (await GetAsync("/api/v1/conversations?archived=all")).GetProperty("items")[0].GetProperty("estimated_cost_usd").GetDouble());
        Assert.Equal(2, (await GetAsync("/api/v1/events/e")).GetProperty("estimated_cost_usd").GetDouble());
        Assert.Equal(2, (await GetAsync("/api/v1/usage?from=2026-11-01&to=2026-11-30")).GetProperty("totals").GetProperty("estimated_cost_usd").GetDouble());
        var after = await _server.Client.GetStringAsync("/pricing?range=all", Token);
        Assert.DoesNotContain("unpriced-panel", after, StringComparison.Ordinal);
        Assert.Contains("$2.00", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_TheBuiltInList_LeavesModelsWithAPriceAloneAndLoadsOnce()
    {
        _database.GivenPrice("gpt-4o", 9, 9, from: 5, to: 6);
        var store = _server.Services.GetRequiredService<PriceStore>();
        var all = PriceList.BuiltIn.Prices.Select(p => p.ToInput(1000, PriceList.BuiltIn.AsOf)).ToList();

        Assert.Equal(all.Count - 1, await store.AddMissingAsync(all, "list", Token));
        Assert.Equal(0, await store.AddMissingAsync(all, "list", Token));
        Assert.Equal(9, (await GetAsync("/api/v1/pricing?model=gpt-4o")).GetProperty("items")[0].GetProperty("input_cost_per_1k").GetDouble());
        Assert.Equal(0.003, (await GetAsync("/api/v1/pricing?model=claude-sonnet-4.5")).GetProperty("items")[0].GetProperty("input_cost_per_1k").GetDouble());
    }

    [Fact]
    public async Task Store_SuccessorThatEndsItsPredecessor_IsOneStep()
    {
        _database.GivenPrice("m", 1, 1, from: 0);
        var store = _server.Services.GetRequiredService<PriceStore>();

        await store.AddAsync(new PriceInput { Model = "m", Provider = "p", InputCostPer1k = 2, OutputCostPer1k = 2, EffectiveFrom = 500 }, "test", 1, Token);

        Assert.Equal([(0, 500), (500, null)], (await GetAsync("/api/v1/pricing")).GetProperty("items").EnumerateArray()
            .Select(r => (r.GetProperty("effective_from").GetInt64(), r.GetProperty("effective_to").ValueKind == JsonValueKind.Null ? (long?)null : r.GetProperty("effective_to").GetInt64())));
    }

    private async Task<JsonElement> ConversationAsync() => (await GetAsync("/api/v1/conversations/cli")).GetProperty("estimated_cost_usd");

    private async Task<JsonElement> GetAsync(string path) => await _server.Client.GetFromJsonAsync<JsonElement>(path, Token);

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;

    private async Task<HttpResponseMessage> PutAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await _server.Client.PutAsync("/api/v1/pricing" + path, content, Token);
    }
}

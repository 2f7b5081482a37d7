using System.Net.Http.Json;
using System.Text.Json;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Live;

/// <summary>What the command palette and the top bar's field find.</summary>
public sealed class PaletteEndpointTests : IDisposable
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Go_IdsAddressesAndWords_FindTheirThing()
    {
        _database.GivenEvent("ev-1", agents: """[{"name":"router"}]""");
        _database.GivenMessage("telegram:7:9", 3, eventId: "ev-1");
        await using var server = await TestServer.StartAsync(_database.File);
        async Task<string> Matches(string q)
        {
            var found = await server.Client.GetFromJsonAsync<JsonElement>($"/go/matches?q={Uri.EscapeDataString(q)}", Token);
            return string.Join(' ', found.EnumerateArray().Select(m => $"{m.GetProperty("kind")}={m.GetProperty("url")}"));
        }

        Assert.Equal("trace=/traces/ev-1", await Matches("ev-1"));
        Assert.Equal("conversation=/conversations/telegram%3A7%3A9", await Matches(" telegram:7:9 "));
        Assert.Equal("message=/conversations/telegram%3A7%3A9?message=telegram%3A7%3A9%2F3", await Matches("telegram:7:9/3"));
        Assert.Equal("step=/traces/ev-1?step=ev-1-0", await Matches("ev-1-0"));
        Assert.Equal("user=/users/7", await Matches("7"));
        Assert.Equal("page=/traces/ev-1?step=ev-1-0", await Matches($"{server.Address}traces/ev-1?step=ev-1-0"));
        Assert.Equal("", await Matches("https://elsewhere.example/traces/ev-1"));
        Assert.Equal("", await Matches("hello world"));
        Assert.Equal("", await Matches(""));

        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = server.Address };
        async Task<string?> Go(string q) => (await client.GetAsync($"/go?q={Uri.EscapeDataString(q)}", Token)).Headers.Location?.ToString();
        Assert.Equal("/traces/ev-1?step=x", await Go("http://localhost:1/traces/ev-1?step=x"));
        Assert.Equal("/traces/ev-1", await Go("ev-1"));
        Assert.Equal("/conversations?q=%2F%2Fevil.example&range=all", await Go("//evil.example"));
    }

    public void Dispose() => _database.Dispose();
}

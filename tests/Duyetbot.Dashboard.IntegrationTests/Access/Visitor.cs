using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Duyetbot.Dashboard.Access;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Duyetbot.Dashboard.IntegrationTests.Access;

/// <summary>A browser without a window: keeps cookies, follows no redirect.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly Uri _home;

    public Visitor(TestServer server)
    {
        _home = server.Address;
        Client = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = server.Address };
    }

    public HttpClient Client { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The product in a mode other than Unsecured.</summary>
    public static Task<TestServer> ServeAsync(DatabaseFile file, params (string Key, string? Value)[] settings) => TestServer.StartAsync(
        file,
        settings: settings.Prepend(("Dashboard:Auth:Mode", "Token")).GroupBy(s => s.Item1).ToDictionary(g => g.Key, g => g.Last().Item2));

    public static string TokenOf(TestServer server) => server.Services.GetRequiredService<SignInToken>().Current;

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(path, Token);

    public async Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, Token);
    }

    /// <summary>By the printed link.</summary>
    public async Task SignInAsync(TestServer server, string returnUrl = "/conversations")
    {
        using var answer = await GetAsync($"/login?t={Uri.EscapeDataString(TokenOf(server))}&returnUrl={Uri.EscapeDataString(returnUrl)}");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    /// <summary>By the page's form.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string token, string page = "/login", string? formToken = null)
    {
        var html = await (await GetAsync(page)).Content.ReadAsStringAsync(Token);
        return await Client.PostAsync("/login", new FormUrlEncodedContent([new("token", token), new("returnUrl", ReturnUrl().Match(html).Groups[1].Value), new("__RequestVerificationToken", formToken ?? FormTokenIn(html))]), Token);
    }

    public async Task<HttpResponseMessage> SignOutAsync() =>
        await Client.PostAsync("/logout", new FormUrlEncodedContent([new("__RequestVerificationToken", await FormTokenAsync())]), Token);

    /// <summary>The antiforgery token of a page.</summary>
    public async Task<string> FormTokenAsync(string page = "/data") => FormTokenIn(await (await GetAsync(page)).Content.ReadAsStringAsync(Token));

    /// <summary>Opens a circuit's connection and shakes hands; null where it is refused.</summary>
    public async Task<ClientWebSocket?> ConnectAsync(string? origin = null)
    {
        using var negotiation = await SendAsync("POST", "/_blazor/negotiate?negotiateVersion=1");
        var id = negotiation.IsSuccessStatusCode
            ? (await negotiation.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("connectionToken").GetString()
            : "none";
        var socket = new ClientWebSocket();
        socket.Options.Cookies = _cookies;
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new UriBuilder(_home) { Scheme = "ws", Path = "/_blazor", Query = $"id={id}" }.Uri, Token);
            await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Binary, true, Token);
            return socket;
        }
        catch (WebSocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    /// <summary>Waits until the other side closes or cuts the connection.</summary>
    public static async Task ClosedAsync(ClientWebSocket socket, CancellationToken token)
    {
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
        }
    }

    public IReadOnlyList<Cookie> Cookies => [.. (IEnumerable<Cookie>)_cookies.GetAllCookies()];

    public void CopyCookiesTo(Visitor other) => other._cookies.Add(_cookies.GetAllCookies());

    public void Dispose() => Client.Dispose();

    private static string FormTokenIn(string html) => FormToken().Match(html).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("name=\"returnUrl\" value=\"([^\"]+)\"")]
    private static partial Regex ReturnUrl();
}

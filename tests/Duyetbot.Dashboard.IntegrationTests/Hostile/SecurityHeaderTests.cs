using System.Net;
using Duyetbot.Dashboard.IntegrationTests.Access;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;

namespace Duyetbot.Dashboard.IntegrationTests.Hostile;

/// <summary>Every answer of every endpoint carries the headers that keep hostile text harmless.</summary>
public sealed class SecurityHeaderTests(Door door) : IClassFixture<Door>
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryEndpoint_WithoutSignIn_SendsTheHeaders()
    {
        using var database = new TestDatabase();
        database.GivenMessage("x", eventId: database.GivenEvent("x"), user: "x");
        await using var server = await TestServer.StartAsync(database.File);
        using var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };

        var problems = new List<string>();
        var statuses = new HashSet<HttpStatusCode>();
        foreach (var (method, path) in AddressesOf(server))
        {
            using var request = new HttpRequestMessage(method, path);
            using var answer = await visitor.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
            statuses.Add(answer.StatusCode);
            problems.AddRange(Problems(answer, mayBeKept: false).Select(p => $"{method} {path} {(int)answer.StatusCode}: {p}"));
        }

        Assert.Empty(problems);
        Assert.Contains(HttpStatusCode.OK, statuses);
        Assert.Contains(HttpStatusCode.BadRequest, statuses);
        Assert.Contains(HttpStatusCode.NotFound, statuses);
    }

    [Theory]
    [InlineData("/", false)]
    [InlineData("/login", false)]
    [InlineData("/health/ready", false)]
    [InlineData("/no/such/page", false)]
    [InlineData("/api/v1/conversations", false)]
    [InlineData("/api/v1/no-such-list", false)]
    [InlineData("/openapi/v1.json", false)]
    [InlineData("/_blazor/negotiate?negotiateVersion=1", false)]
    [InlineData("/css/tokens.css", true)]
    [InlineData("/_framework/blazor.web.js", true)]
    [InlineData("/_content/MudBlazor/MudBlazor.min.js", true)]
    public async Task Answer_ToAStranger_SendsTheHeaders(string path, bool mayBeKept)
    {
        using var stranger = new Visitor(door.Server);

        using var answer = await stranger.GetAsync(path);

        Assert.Empty(Problems(answer, mayBeKept));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/conversations")]
    [InlineData("/traces/x")]
    [InlineData("/api/v1/events/x/export?format=html")]
    [InlineData("/api/v1/events/x/export?format=json")]
    [InlineData("/api/v1/events.csv")]
    [InlineData("/api/v1/messages/x%2F1/content")]
    [InlineData("/api/v1/conversations?limit=none")]
    [InlineData("/go?q=x")]
    [InlineData("/css/tokens.css", true)]
    [InlineData("/_framework/blazor.web.js", true)]
    public async Task Answer_OfEveryKind_SendsTheHeaders(string path, bool mayBeKept = false)
    {
        using var database = new TestDatabase();
        database.GivenMessage("x", eventId: database.GivenEvent("x"), user: "x");
        await using var server = await TestServer.StartAsync(database.File);
        using var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };

        using var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), Token);

        Assert.Empty(Problems(answer, mayBeKept));
    }

    [Fact]
    public async Task Https_AtTheDefaultPortOfAName_IsForGood()
    {
        using var database = new TestDatabase();
        await using var server = await Visitor.ServeAsync(database.File, ("Dashboard:Proxies", "127.0.0.1"), ("AllowedHosts", "dashboard.example;localhost"));
        using var visitor = new Visitor(server);

        Assert.Equal("max-age=31536000", await AskAsync("dashboard.example", "https"));
        Assert.Null(await AskAsync("dashboard.example", "http"));
        Assert.Null(await AskAsync("dashboard.example:8443", "https"));
        Assert.Null(await AskAsync("localhost", "https"));

        async Task<string?> AskAsync(string host, string scheme)
        {
            using var answer = await visitor.SendAsync("GET", "/login", ("Host", host), ("X-Forwarded-Proto", scheme));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? Assert.Single(values) : null;
        }
    }

    [Theory]
    [InlineData("\"'><img src=x onerror=alert(1)>\r\nSet-Cookie: a=b")]
    [InlineData("a\r\nb\"; filename=\"x.exe")]
    [InlineData("../../\u202exe.lmth\u0000;=")]
    [InlineData("終わり.html")]
    public async Task FileName_OfAHostileId_StaysInItsHeader(string id)
    {
        using var database = new TestDatabase();
        database.GivenEvent(id);
        await using var server = await TestServer.StartAsync(database.File);

        foreach (var format in new[] { "json", "html" })
        {
            using var answer = await server.Client.GetAsync(new Uri($"/api/v1/events/{Uri.EscapeDataString(id)}/export?format={format}", UriKind.Relative), Token);
            if (id.Contains('\0'))
            {
                Assert.True((int)answer.StatusCode is 200 or 400 or 404);
                continue;
            }

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
            Assert.Matches($"^\"?trace-[0-9]+\\.{format}\"?$", answer.Content.Headers.ContentDisposition!.FileName!);
        }
    }

    [Fact]
    public void Check_OfAnAnswerWithoutHeaders_FindsEach()
    {
        using var answer = new HttpResponseMessage();

        Assert.Equal(4, Problems(answer, mayBeKept: false).Count());
    }

    // Assets hold nothing that is not in the repository and may be kept; nothing else may.
    private static IEnumerable<string> Problems(HttpResponseMessage answer, bool mayBeKept)
    {
        string One(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(" | ", values) : "none";
        if (One("Content-Security-Policy") is var policy && policy != Policy)
            yield return $"policy {policy}";
        if (One("X-Content-Type-Options") is var sniffing && sniffing != "nosniff")
            yield return $"sniffing {sniffing}";
        if (One("Referrer-Policy") is var referrer && referrer != "no-referrer")
            yield return $"referrer {referrer}";
        if (!mayBeKept && answer.Headers.CacheControl?.NoStore != true)
            yield return $"cache {One("Cache-Control")}";
    }

    private static IEnumerable<(HttpMethod Method, string Path)> AddressesOf(TestServer server) =>
        from endpoint in server.Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
        let path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p is RoutePatternLiteralPart literal ? literal.Content : p is RoutePatternSeparatorPart separator ? separator.Content : "x"))))
        where !path.Contains("blazor.server.js", StringComparison.Ordinal) && !path.StartsWith("/_framework/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]
        where method is not "CONNECT"
        select (new HttpMethod(method), path);
}

using System.Net;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;

namespace Duyetbot.Dashboard.IntegrationTests.Access;

/// <summary>Every endpoint of the running product is on a short list, or turns a stranger away.</summary>
public sealed class DefaultDenyTests(Door door) : IClassFixture<Door>
{
    private static readonly string[] Open = ["GET /health/live", "GET /health/ready", "GET /login", "POST /login"];

    [Fact]
    public async Task Endpoints_ToAStranger_AreClosedButForTheShortList()
    {
        var server = door.Server;

        var (asked, open) = await OpenToStrangersAsync(server);

        Assert.True(asked > 40, $"Only {asked} endpoints were asked.");
        Assert.Equal(Open.Order(), open.Order());
    }

    [Fact]
    public async Task Enumeration_WithAnEndpointThatOptsOut_FindsIt()
    {
        using var database = new TestDatabase();
        await using var server = await TestServer.StartAsync(
            database.File,
            settings: new Dictionary<string, string?> { ["Dashboard:Auth:Mode"] = "Token" },
            map: app => app.MapGet("/api/v1/forgotten/{id}", () => "private").AllowAnonymous());

        var (_, open) = await OpenToStrangersAsync(server);

        Assert.Contains("GET /api/v1/forgotten/x", open);
    }

    [Fact]
    public async Task Enumeration_WithoutSignIn_FindsEverythingOpen()
    {
        using var database = new TestDatabase();
        await using var server = await TestServer.StartAsync(database.File);

        var (asked, open) = await OpenToStrangersAsync(server);

        Assert.True(open.Count > asked / 2);
    }

    [Theory]
    [InlineData("/no/such/page", HttpStatusCode.Redirect)]
    [InlineData("/api/v1/no-such-list", HttpStatusCode.Unauthorized)]
    [InlineData("/openapi/v1.json", HttpStatusCode.Unauthorized)]
    [InlineData("/_blazor/negotiate", HttpStatusCode.Unauthorized)]
    [InlineData("/css/no-such.css", HttpStatusCode.Redirect)]
    [InlineData("/css/site.css", HttpStatusCode.OK)]
    [InlineData("/_framework/blazor.web.js", HttpStatusCode.OK)]
    public async Task Address_ToAStranger_IsAnsweredAs(string path, HttpStatusCode status)
    {
        var server = door.Server;
        using var stranger = new Visitor(server);

        using var answer = await stranger.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Api_ToAStranger_AnswersWithProblemDetails()
    {
        var server = door.Server;
        using var stranger = new Visitor(server);

        using var answer = await stranger.GetAsync("/api/v1/conversations");

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        Assert.Contains("X-Api-Key", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    // Static assets hold nothing that is not in the repository.
    private static async Task<(int Asked, List<string> Open)> OpenToStrangersAsync(TestServer server)
    {
        using var stranger = new Visitor(server);
        var (asked, open) = (0, new List<string>());
        foreach (var endpoint in server.Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null))
        {
            var path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p is RoutePatternLiteralPart literal ? literal.Content : p is RoutePatternSeparatorPart separator ? separator.Content : "x"))));
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                asked++;
                using var answer = await stranger.SendAsync(method, path);
                var isApi = path.StartsWith("/api/", StringComparison.Ordinal) || path.StartsWith("/openapi/", StringComparison.Ordinal);
                var isClosed = answer.StatusCode == HttpStatusCode.Unauthorized
                    || (!isApi && answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.StartsWith("/login", StringComparison.Ordinal));
                if (!isClosed)
                    open.Add($"{method} {path}");
            }
        }

        return (asked, [.. open.Distinct()]);
    }
}

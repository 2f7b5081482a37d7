using System.Net;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Access;

/// <summary>What another site's page sends in a person's name changes nothing.</summary>
public sealed class OriginTests(Door door) : IClassFixture<Door>
{
    [Fact]
    public async Task Change_ByCookie_NeedsThePagesTokenAndOurOrigin()
    {
        var server = door.Server;
        using var visitor = new Visitor(server);
        await visitor.SignInAsync(server);
        var own = server.Address.GetLeftPart(UriPartial.Authority);
        var form = await visitor.FormTokenAsync();

        async Task<HttpStatusCode> DeleteAsync(params (string, string)[] headers)
        {
            using var answer = await visitor.SendAsync("DELETE", "/api/v1/pricing/1", headers);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.Forbidden, await DeleteAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await DeleteAsync(("Origin", own)));
        Assert.Equal(HttpStatusCode.Forbidden, await DeleteAsync(("Origin", "https://evil.example"), ("RequestVerificationToken", form)));
        Assert.Equal(HttpStatusCode.Forbidden, await DeleteAsync(("Origin", "null"), ("RequestVerificationToken", form)));
        Assert.Equal(HttpStatusCode.Forbidden, await DeleteAsync(("Sec-Fetch-Site", "same-site"), ("RequestVerificationToken", form)));
        // Past the door: there is no such price.
        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync(("Origin", own), ("RequestVerificationToken", form)));
    }

    [Fact]
    public async Task Change_WithoutSignIn_IsRefusedFromAnotherSiteOnly()
    {
        using var database = new TestDatabase();
        await using var server = await TestServer.StartAsync(database.File);
        using var visitor = new Visitor(server);

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SendAsync("DELETE", "/api/v1/pricing/1", ("Origin", "https://evil.example"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.SendAsync("DELETE", "/api/v1/pricing/1")).StatusCode);
    }

    [Fact]
    public async Task SignOut_FromAnotherSite_SignsNobodyOut()
    {
        var server = door.Server;
        using var visitor = new Visitor(server);
        await visitor.SignInAsync(server);

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SendAsync("POST", "/logout", ("Origin", "https://evil.example"))).StatusCode);
        Assert.Equal("/", (await visitor.SendAsync("POST", "/logout")).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/data")).StatusCode);
    }

    [Fact]
    public async Task Link_OfAnotherSite_TakesOneStepOfOurOwnSoThatTheCookieComesAlong()
    {
        var server = door.Server;
        using var stranger = new Visitor(server);

        using var first = await stranger.SendAsync("GET", "/login?returnUrl=%2Fusage", ("Sec-Fetch-Site", "cross-site"));
        using var second = await stranger.SendAsync("GET", "/login?returnUrl=%2Fusage&reason=again", ("Sec-Fetch-Site", "cross-site"));

        Assert.Contains("content=\"0;url=/login?returnUrl=%2Fusage&amp;reason=again\"", await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}

using System.Net;
using Duyetbot.Dashboard.Access;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Access;

/// <summary>Signing in with a real provider, all of it over HTTP.</summary>
public sealed class OpenIdConnectTests : IDisposable
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Person_WithTheClaim_IsInUnderTheirName()
    {
        await using var provider = await SmallProvider.StartAsync(["staff", "dashboard"]);
        await using var server = await ServeAsync(provider, ("RequiredClaimType", "groups"), ("RequiredClaimValue", "dashboard"));
        using var visitor = new Visitor(server);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/data")).StatusCode);

        var answer = await SignInAsync(visitor, "/data");

        Assert.Equal("/data", answer.Headers.Location?.OriginalString);
        var page = await visitor.GetAsync("/data");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Nguyễn An", WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Token)), StringComparison.Ordinal);
        // One cookie of our own; nothing of the provider is kept.
        var cookie = Assert.Single(visitor.Cookies, c => c.Name == $"duyetbot-{server.Address.Port}");
        Assert.True(cookie.HttpOnly);
        Assert.True(cookie.Value.Length < 1_000);
    }

    [Theory]
    [InlineData("staff")]
    [InlineData("")]
    public async Task Person_WithoutTheClaim_StaysOutside(string groups)
    {
        await using var provider = await SmallProvider.StartAsync(groups.Split(',', StringSplitOptions.RemoveEmptyEntries));
        await using var server = await ServeAsync(provider, ("RequiredClaimType", "groups"), ("RequiredClaimValue", "dashboard"));
        using var visitor = new Visitor(server);

        var answer = await SignInAsync(visitor, "/data");

        Assert.Equal("/login?returnUrl=%2Fdata&reason=denied", answer.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/data")).StatusCode);
        Assert.Contains("not allowed in here", await (await visitor.GetAsync("/login?reason=denied")).Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Person_WhoDoesNotAgree_IsLedBack()
    {
        await using var provider = await SmallProvider.StartAsync([], denies: true);
        await using var server = await ServeAsync(provider);
        using var visitor = new Visitor(server);

        var answer = await SignInAsync(visitor, "/data");

        Assert.StartsWith("/login", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/data")).StatusCode);
    }

    [Fact]
    public async Task Answer_ThatNobodyAskedFor_SignsNobodyIn()
    {
        await using var provider = await SmallProvider.StartAsync(["dashboard"]);
        await using var server = await ServeAsync(provider);
        using var visitor = new Visitor(server);
        using var other = new Visitor(server);
        var (start, callback) = await AskAsync(visitor, "/data");

        // Another browser, which did not begin this.
        using var stolen = await other.GetAsync(callback.PathAndQuery);
        using var made = await other.GetAsync("/login/callback?code=x&state=y");

        Assert.StartsWith(provider.Address.ToString(), start.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("/login", stolen.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.StartsWith("/login", made.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/data")).StatusCode);
    }

    [Fact]
    public async Task Provider_ThatIsAway_IsSaidOnTheSignInPage()
    {
        var provider = await SmallProvider.StartAsync([]);
        await using var server = await ServeAsync(provider);
        await provider.DisposeAsync();
        using var visitor = new Visitor(server);

        using var answer = await visitor.GetAsync("/login/start?returnUrl=%2Fdata");

        Assert.Equal("/login?returnUrl=%2Fdata&reason=failed", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Token_WhereAProviderIsAsked_CountsForNothing()
    {
        await using var provider = await SmallProvider.StartAsync([]);
        await using var server = await ServeAsync(provider);
        using var visitor = new Visitor(server);

        (await visitor.GetAsync($"/login?t={Visitor.TokenOf(server)}")).Dispose();

        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/data")).StatusCode);
    }

    public void Dispose() => _database.Dispose();

    private Task<TestServer> ServeAsync(SmallProvider provider, params (string Key, string Value)[] settings) => Visitor.ServeAsync(
        _database.File,
        [
            ("Dashboard:Auth:Mode", nameof(AuthMode.OpenIdConnect)),
            ("Dashboard:Auth:OpenIdConnect:Authority", provider.Address.ToString()),
            ("Dashboard:Auth:OpenIdConnect:ClientId", SmallProvider.Client),
            ("Dashboard:Auth:OpenIdConnect:ClientSecret", SmallProvider.Secret),
            .. settings.Select(s => ($"Dashboard:Auth:OpenIdConnect:{s.Key}", (string?)s.Value)),
        ]);

    private static async Task<HttpResponseMessage> SignInAsync(Visitor visitor, string returnUrl) =>
        await visitor.GetAsync((await AskAsync(visitor, returnUrl)).Callback.PathAndQuery);

    // To the provider, which signs in whoever comes, and back.
    private static async Task<(Uri Start, Uri Callback)> AskAsync(Visitor visitor, string returnUrl)
    {
        using var start = await visitor.GetAsync($"/login/start?returnUrl={Uri.EscapeDataString(returnUrl)}");
        using var atProvider = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await atProvider.GetAsync(start.Headers.Location, Token);
        return (start.Headers.Location!, answer.Headers.Location!);
    }
}

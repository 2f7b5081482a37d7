using System.Net;
using Duyetbot.Dashboard.Access;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Duyetbot.Dashboard.IntegrationTests.Access;

public sealed class TokenSignInTests(Door door) : IClassFixture<Door>, IDisposable
{
    private TestDatabase? _own;

    private TestDatabase Own => _own ??= new TestDatabase();

    [Theory]
    [InlineData("/traces?range=7d", "/traces?range=7d")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/login?t=x", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public async Task Link_WithTheToken_SignsInAndLeadsToAnAddressOfOurs(string returnUrl, string expected)
    {
        var server = door.Server;
        using var visitor = new Visitor(server);

        using var answer = await visitor.GetAsync($"/login?t={Visitor.TokenOf(server)}&returnUrl={Uri.EscapeDataString(returnUrl)}");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/conversations")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/api/v1/pricing")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.SendAsync("POST", "/api/v1/ingest/events")).StatusCode);
    }

    [Fact]
    public async Task Cookie_OfASignIn_IsStrictAndOutOfReachOfScripts()
    {
        var server = door.Server;
        using var visitor = new Visitor(server);

        using var answer = await visitor.GetAsync($"/login?t={Visitor.TokenOf(server)}");

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith($"duyetbot-{server.Address.Port}=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Cookie_BehindAKnownProxyWithHttps_IsForThisHostOnly()
    {
        await using var server = await Visitor.ServeAsync(Own.File, ("Dashboard:Proxies", "127.0.0.1"));
        using var visitor = new Visitor(server);

        using var answer = await visitor.SendAsync("GET", $"/login?t={Visitor.TokenOf(server)}", ("X-Forwarded-Proto", "https"));

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-duyetbot=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Cookie_BehindAProxyThatNobodyNamed_TrustsNoHeader()
    {
        var server = door.Server;
        using var visitor = new Visitor(server);

        using var answer = await visitor.SendAsync("GET", $"/login?t={Visitor.TokenOf(server)}", ("X-Forwarded-Proto", "https"));

        Assert.DoesNotContain("__Host-", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_WithTheToken_SignsIn()
    {
        var server = door.Server;
        using var visitor = new Visitor(server);

        using var answer = await visitor.SubmitAsync($" {Visitor.TokenOf(server)}\n", "/login?returnUrl=%2Fusage");

        Assert.Equal("/usage", answer.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/data")).StatusCode);
    }

    [Fact]
    public async Task Form_WithoutItsAntiforgeryToken_SignsNobodyIn()
    {
        var server = door.Server;
        using var visitor = new Visitor(server);

        using var answer = await visitor.SubmitAsync(Visitor.TokenOf(server), formToken: "none");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("too old", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_WrongTooOften_IsNotLookedAtForAMinute()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await TestServer.StartAsync(Own.File, b => b.Services.AddSingleton<TimeProvider>(clock), new Dictionary<string, string?> { ["Dashboard:Auth:Mode"] = "Token" });
        using var visitor = new Visitor(server);
        for (var attempt = 0; attempt < AttemptLimit.Allowed; attempt++)
        {
            using var wrong = attempt % 2 == 0 ? await visitor.SubmitAsync("wrong") : await visitor.GetAsync("/login?t=wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var limited = await visitor.GetAsync($"/login?t={Visitor.TokenOf(server)}");
        using var page = await visitor.GetAsync("/login");

        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        Assert.InRange(limited.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        var html = await limited.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Too many wrong tokens", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Visitor.TokenOf(server), html, StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromSeconds(61));
        await visitor.SignInAsync(server);
    }

    [Fact]
    public void Limit_OfOneAddress_LeavesOthersAlone()
    {
        var limit = new AttemptLimit(TimeProvider.System);
        for (var attempt = 0; attempt < AttemptLimit.Allowed; attempt++)
        {
            limit.CountWrong(IPAddress.Parse("192.0.2.1"));
            limit.CountWrong(IPAddress.Parse($"2001:db8::{attempt + 1}"));
        }

        Assert.NotNull(limit.WaitFor(IPAddress.Parse("::ffff:192.0.2.1")));
        Assert.NotNull(limit.WaitFor(IPAddress.Parse("2001:db8::ffff")));
        Assert.Null(limit.WaitFor(IPAddress.Parse("192.0.2.2")));
        Assert.Null(limit.WaitFor(IPAddress.Parse("2001:db8:0:1::1")));
    }

    [Fact]
    public async Task WrongLink_InTheBrowser_LeavesTheAddressBar()
    {
        await using var server = await Visitor.ServeAsync(Own.File);
        using var visitor = new Visitor(server);

        using var answer = await visitor.GetAsync("/login?t=mistyped-secret&returnUrl=%2Fusage");

        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("http-equiv=\"refresh\" content=\"0;url=/login?returnUrl=%2Fusage&amp;reason=token\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("mistyped-secret", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Token_InALink_IsInNoLog(bool brokenOnPurpose)
    {
        using var log = new Lines();
        await using var server = await TestServer.StartAsync(
            Own.File,
            b =>
            {
                b.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
                b.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Trace);
                if (brokenOnPurpose)
                    b.Logging.AddFilter(AccessServices.RequestLog, LogLevel.Trace);
            },
            new Dictionary<string, string?> { ["Dashboard:Auth:Mode"] = "Token" });
        using var visitor = new Visitor(server);

        await visitor.SignInAsync(server);
        (await visitor.GetAsync("/login?t=mistyped-secret")).Dispose();
        using var stranger = new Visitor(server);
        (await stranger.SubmitAsync("another-secret")).Dispose();
        (await stranger.GetAsync("/login?t=mistyped-secret")).Dispose();

        var found = log.All.Any(l => l.Contains(Visitor.TokenOf(server), StringComparison.Ordinal) || l.Contains("-secret", StringComparison.Ordinal));
        Assert.True(log.All.Count > 20);
        Assert.Equal(brokenOnPurpose, found);
    }

    [Fact]
    public async Task TokenFile_MadeAtFirstUse_IsTheOwnersOnly()
    {
        var server = door.Server;

        var token = Visitor.TokenOf(server);

        var path = door.Database.File.FullPath + ".token";
        Assert.Equal(43, token.Length);
        Assert.Equal(token, (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Trim());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(path, server.Services.GetRequiredService<SignInToken>().FilePath);
    }

    [Fact]
    public async Task CopiedCookie_AfterSigningOut_OpensNothingNotEvenAfterARestart()
    {
        await using var first = await Visitor.ServeAsync(Own.File);
        using var visitor = new Visitor(first);
        using var thief = new Visitor(first);
        await visitor.SignInAsync(first);
        visitor.CopyCookiesTo(thief);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/data")).StatusCode);

        using var answer = await visitor.SignOutAsync();

        Assert.Equal("/login?reason=out", answer.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/data")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/data")).StatusCode);
        var restarted = ActivatorUtilities.CreateInstance<SignIns>(first.Services);
        var ended = Assert.Single(first.Services.GetRequiredService<EndedSignInStore>().Load());
        Assert.False(restarted.Holds(new SignIn(ended.Id, restarted.Begin().Stamp, ended.ExpiresAt, null)));
        Assert.True(restarted.Holds(restarted.Begin()));
    }

    [Fact]
    public async Task SignIn_AfterItsTime_IsOver()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await TestServer.StartAsync(
            Own.File,
            b => b.Services.AddSingleton<TimeProvider>(clock),
            new Dictionary<string, string?> { ["Dashboard:Auth:Mode"] = "Token", ["Dashboard:Auth:Lifetime"] = "01:00:00" });
        using var visitor = new Visitor(server);
        await visitor.SignInAsync(server);

        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/data")).StatusCode);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/data")).StatusCode);
    }

    [Fact]
    public async Task SignIn_UnderAnotherToken_IsOver()
    {
        await using var server = await Visitor.ServeAsync(Own.File);
        using var visitor = new Visitor(server);
        await visitor.SignInAsync(server);

        await File.WriteAllTextAsync(server.Services.GetRequiredService<SignInToken>().FilePath!, "another-token", TestContext.Current.CancellationToken);
        server.Services.GetRequiredService<SignIns>().Refresh();

        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/data")).StatusCode);
        Assert.Equal("another-token", Visitor.TokenOf(server));
    }

    [Fact]
    public async Task Host_ThatNobodyNamed_IsRefused()
    {
        var server = door.Server;
        using var visitor = new Visitor(server);

        using var foreign = await visitor.SendAsync("GET", "/health/live", ("Host", "rebound.example"));
        using var own = await visitor.SendAsync("GET", "/health/live", ("Host", $"localhost:{server.Address.Port}"));

        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    public void Dispose() => _own?.Dispose();

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> All
        {
            get
            {
                lock (_lines)
                    return [.. _lines];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lock (_lines)
                _lines.Add(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
                _lines.Add(formatter(state, exception) + exception);
        }

        public void Dispose()
        {
        }
    }
}

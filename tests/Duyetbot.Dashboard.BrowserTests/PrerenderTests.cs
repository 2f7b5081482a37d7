using Duyetbot.Dashboard.BrowserTests.Support;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>Pages are complete in the HTML that arrives; becoming interactive asks nothing again.</summary>
public sealed class PrerenderTests(DashboardFixture fixture, RealClockServer realClock) : BrowserTest(fixture), IClassFixture<RealClockServer>
{
    [Theory]
    [InlineData("conversations", "conversation-row")]
    [InlineData("conversation", "message")]
    [InlineData("conversation-message", "message-detail")]
    [InlineData("message", "message-detail")]
    [InlineData("traces", "trace-row")]
    [InlineData("trace", "step-row")]
    [InlineData("trace-step", "step-detail")]
    [InlineData("usage", "usage-table")]
    [InlineData("agents", "agent-model-row")]
    [InlineData("overview", "metric-card")]
    public async Task Html_AsItArrives_HoldsTheData(string name, string testId)
    {
        var html = await Fixture.Server.Client.GetStringAsync(new Uri(Samples.PathOf(name), UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains($"data-testid=\"{testId}\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(PageNames.AtOnce), MemberType = typeof(PageNames))]
    public async Task Page_BecomingInteractive_AsksTheDatabaseNothing(string name)
    {
        var server = realClock.Server;
        var tab = await OpenTabAsync(server: server);
        var database = server.Services.GetRequiredService<Database>();
        var path = new Uri(server.Address, Samples.PathOf(name) + (Samples.PathOf(name).Contains('?') ? "&" : "?") + "range=all");

        // Starting reads as well.
        var atStart = database.ReadCount;
        var plain = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.True(plain.IsSuccessStatusCode);
        var perRender = database.ReadCount - atStart;
        Assert.True(perRender > 0, "The page asks nothing: this test proves nothing.");
        await tab.OpenAsync(path.ToString());
        await tab.SettledAsync();

        Assert.Equal(2 * perRender, database.ReadCount - atStart);
        // What this page still asks is not the next one's.
        await tab.Page.GotoAsync("about:blank");
    }
}

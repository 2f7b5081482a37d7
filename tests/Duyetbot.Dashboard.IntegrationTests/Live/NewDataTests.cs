using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Live;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Live;

/// <summary>Whether figures that were read are still those of now, on a real file.</summary>
public sealed class NewDataTests : IDisposable
{
    private static readonly MessageFilter Open = new();
    private readonly TestDatabase _database = new();
    private readonly NewDataQueries _queries;

    public NewDataTests()
    {
        _queries = new NewDataQueries(_database.Database);
        _database.GivenMessage("telegram:1:1", 1);
        _database.GivenEvent("done");
        _database.GivenEvent("running", status: "processing");
        _database.GivenPrice("m", 1, 2);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_NothingCame_AreOfNow()
    {
        var seen = await _queries.GetSeenAsync(Token);

        Assert.Equal(0, await Count(seen, Open));
    }

    [Theory]
    [InlineData("message", true, false)]
    [InlineData("event", false, true)]
    [InlineData("end", false, true)]
    [InlineData("price", true, true)]
    [InlineData("price gone", true, true)]
    public async Task Figures_SomethingCame_AreOutdatedWhereTheyHoldIt(string what, bool ofMessages, bool ofEvents)
    {
        var (messages, events) = (await _queries.GetSeenAsync(Token), await _queries.GetSeenAsync(Token));

        Change(what);

        Assert.Equal(ofMessages ? 1 : 0, await _queries.CountNewAsync(messages, Open, messages: true, events: false, Token));
        Assert.Equal(ofEvents ? 1 : 0, await _queries.CountNewAsync(events, Open, messages: false, events: true, Token));
    }

    [Fact]
    public async Task Figures_OfOtherRows_StayOfNow()
    {
        var seen = await _queries.GetSeenAsync(Token);

        _database.GivenMessage("telegram:1:1", 2, user: "u1", at: TestDatabase.Now + 10);
        _database.GivenEvent("later", user: "u1", at: TestDatabase.Now + 10);

        Assert.Equal(0, await Count(seen, Open with { To = TestDatabase.Now + 5 }));
        Assert.Equal(0, await Count(seen, Open with { UserId = "u2" }));
        // What was looked at is not looked at again; what comes then is.
        _database.GivenMessage("telegram:2:1", 1, user: "u2");
        Assert.Equal(1, await Count(seen, Open with { UserId = "u2" }));
        Assert.Equal(1, await Count(seen, Open with { UserId = "u2" }));
    }

    [Fact]
    public async Task Figures_OfOneUser_SeeAMessageAmongVeryManyOfOthers()
    {
        var seen = await _queries.GetSeenAsync(Token);

        for (var i = 0; i < 1_200; i++)
            _database.GivenBotMessage("telegram:7:1", i);
        Assert.Equal(0, await Count(seen, Open with { UserId = "u2" }));
        _database.GivenMessage("telegram:2:1", 1, user: "u2");

        Assert.Equal(1, await Count(seen, Open with { UserId = "u2" }));
    }

    public void Dispose() => _database.Dispose();

    private Task<int> Count(SeenData seen, MessageFilter filter) => _queries.CountNewAsync(seen, filter, messages: true, events: true, Token);

    private void Change(string what)
    {
        if (what == "message")
            _database.GivenMessage("telegram:1:1", 2, at: TestDatabase.Now - 1);
        else if (what == "event")
            _database.GivenEvent("another");
        else if (what == "end")
            _database.Connection.Execute("UPDATE observability_events SET status = 'success', duration_ms = 5 WHERE event_id = 'running'");
        else if (what == "price")
            _database.Connection.Execute("UPDATE analytics_cost_config SET output_cost_per_1k = 3 WHERE model = 'm'");
        else
            _database.Connection.Execute("DELETE FROM analytics_cost_config");
    }
}

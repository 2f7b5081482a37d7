using Dapper;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Features.Conversations;
using Duyetbot.Dashboard.Features.Messages;
using Duyetbot.Dashboard.Features.Traces;
using Duyetbot.Dashboard.Features.Users;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Live;
using Duyetbot.Dashboard.TestSupport;
using NodaTime;

namespace Duyetbot.Dashboard.IntegrationTests.Live;

/// <summary>How many rows are new for a filter, on a real file: the bot's rewrite of a session is none.</summary>
public sealed class NewRowsTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly FixedTime _time = new(TestDatabase.Now);

    public NewRowsTests()
    {
        for (var i = 0; i < 5; i++)
        {
            _database.GivenMessage($"telegram:{i}:1", 1, at: TestDatabase.Now - 10_000 + i);
            _database.GivenMessage($"telegram:{i}:1", 2, "assistant", at: TestDatabase.Now - 9_000 + i);
        }
    }

    private static FigureReader Figures => new(new FigureNames(), new FigureZones(DateTimeZone.Utc));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(50)]
    [InlineData(2)]
    public async Task Conversations_RewrittenAndGrown_CountTheGrownOnly(int limit)
    {
        var queries = new ConversationQueries(_database.Database);
        var listings = new ConversationListings(queries, new ConversationFacetQueries(_database.Database), _time);
        var telegram = new ConversationFilter { Platform = "telegram" };
        var all = await listings.GetAsync(new ConversationFilter(), ConversationSort.Default, limit, null, Token);
        var narrow = await listings.GetAsync(telegram, new ConversationSort("total_tokens", true), limit, null, Token);
        Task<int> Count(ConversationListing listing, ConversationFilter filter) => listing.Seen!.CountNewAsync((after, most) => queries.ListNewestAsync(filter, after, most, Token));

        Rewrite("telegram:4:1");
        Assert.Equal(0, await Count(all, new ConversationFilter()));
        Assert.Equal(0, await Count(narrow, telegram));
        _database.GivenMessage("telegram:4:1", 3, at: TestDatabase.Now + 1);
        _database.GivenMessage("github:9:1", 1, at: TestDatabase.Now + 2);

        Assert.Equal(2, await Count(all, new ConversationFilter()));
        Assert.Equal(1, await Count(narrow, telegram));
    }

    [Fact]
    public async Task LaterPages_WhatCameSinceTheyWereRead_CountsWhereverItStands()
    {
        var queries = new ConversationQueries(_database.Database);
        var listings = new ConversationListings(queries, new ConversationFacetQueries(_database.Database), _time);
        var first = await listings.GetAsync(new ConversationFilter(), ConversationSort.Default, 2, null, Token);
        var later = await listings.GetAsync(new ConversationFilter(), ConversationSort.Default, 2, first.NextCursor, Token);
        var messages = new MessageQueries(_database.Database);
        var messageListings = new MessageListings(messages, new MessageSumQueries(_database.Database, Figures), _time);
        var laterMessages = await messageListings.GetAsync(new MessageFilter(), MessageSort.Newest, 3, (await messages.ListAsync(new MessageFilter(), MessageSort.Newest, 3, null, Token)).NextCursor, Token);
        Task<int> Count() => later.Seen!.CountNewAsync((after, most) => queries.ListNewestAsync(new ConversationFilter(), after, most, Token));
        Task<int> CountMessages() => laterMessages.Seen!.CountNewAsync((after, most) => messages.ListNewestAsync(new MessageFilter(), after, most, Token));

        Rewrite("telegram:4:1");
        Assert.Equal((0, 0), (await Count(), await CountMessages()));
        _database.GivenMessage("telegram:0:1", 3, at: TestDatabase.Now + 1);
        _database.GivenMessage("github:9:1", 1, at: TestDatabase.Now + 2);

        Assert.Equal((2, 2), (await Count(), await CountMessages()));
    }

    [Fact]
    public async Task Messages_RewrittenAndGrown_CountTheGrownOnly()
    {
        var queries = new MessageQueries(_database.Database);
        var listings = new MessageListings(queries, new MessageSumQueries(_database.Database, Figures), _time);
        var answers = new MessageFilter { Role = "assistant" };
        var all = await listings.GetAsync(new MessageFilter(), MessageSort.Newest, 3, null, Token);
        var narrow = await listings.GetAsync(answers, MessageSort.Newest, 50, null, Token);
        Task<int> Count(MessageListing listing, MessageFilter filter) => listing.Seen!.CountNewAsync((after, most) => queries.ListNewestAsync(filter, after, most, Token));

        Rewrite("telegram:4:1");
        Assert.Equal((0, 0), (await Count(all, new MessageFilter()), await Count(narrow, answers)));
        _database.GivenMessage("telegram:4:1", 3, at: TestDatabase.Now + 1);
        _database.GivenMessage("telegram:4:1", 4, "assistant", at: TestDatabase.Now + 2);

        Assert.Equal((2, 1), (await Count(all, new MessageFilter()), await Count(narrow, answers)));
    }

    [Fact]
    public async Task Events_WrittenLate_CountWhereTheyWouldBeShown()
    {
        var queries = new EventQueries(_database.Database);
        for (var i = 0; i < 4; i++)
            _database.GivenEvent($"e{i}", at: TestDatabase.Now - 1_000 * i, status: i == 0 ? "error" : "success");
        var page = await queries.ListTracesAsync(new EventFilter(), EventSort.Default, null, 3, Token);
        var seen = SeenRows.Shown([.. page.Items.Select(i => new RowMark(i.Event.EventId, i.Event.TriggeredAt))], page.NextCursor is not null, null);

        _database.GivenEvent("late", at: TestDatabase.Now - 1_500);
        _database.GivenEvent("on a later page", at: TestDatabase.Now - 2_500);
        _database.GivenEvent("newest", at: TestDatabase.Now + 1, status: "error");
        _database.Connection.Execute("UPDATE observability_events SET status = 'error' WHERE event_id = 'e1'");

        Assert.Equal(2, await seen.CountNewAsync((after, most) => queries.ListNewestAsync(new EventFilter(), after, most, Token)));
        Assert.Equal(1, await seen.CountNewAsync((after, most) => queries.ListNewestAsync(new EventFilter { Status = "error" }, after, most, Token)));
    }

    [Fact]
    public async Task Users_ActiveSince_AreCountedOnce()
    {
        var queries = new UserQueries(_database.Database, Figures);
        var seen = await SeenRows.RecentAsync(TestDatabase.Now, (after, most) => queries.ListNewestAsync(new UserFilter(), after, most, Token));
        Task<int> Count() => seen.CountNewAsync((after, most) => queries.ListNewestAsync(new UserFilter(), after, most, Token));

        Rewrite("telegram:4:1");
        Assert.Equal(0, await Count());
        _database.GivenMessage("telegram:4:1", 3, at: TestDatabase.Now + 1);
        _database.GivenMessage("telegram:4:1", 4, at: TestDatabase.Now + 2);
        _database.GivenMessage("telegram:new:1", 1, at: TestDatabase.Now + 3);

        Assert.Equal(2, await Count());
    }

    [Fact]
    public async Task Conversation_RewrittenAndGrown_CountsWhatFollowsItsEnd()
    {
        var queries = new ConversationMessageQueries(_database.Database);
        var window = await queries.FindWindowAsync(new WindowRequest("telegram:4:1", null, null, false, null), Token);
        Task<int> Count(bool chatOnly) => queries.CountAfterAsync("telegram:4:1", window!.End!, chatOnly, Token);

        Rewrite("telegram:4:1");
        Assert.Equal(0, await Count(false));
        _database.GivenMessage("telegram:4:1", 3, "tool", at: TestDatabase.Now - 9_000 + 4);
        _database.GivenMessage("telegram:4:1", 4, "assistant", at: TestDatabase.Now);

        Assert.Equal((2, 1), (await Count(false), await Count(true)));
    }

    [Fact]
    public async Task Trace_ItsRowChanged_HasAnotherMark()
    {
        var queries = new TraceQueries(_database.Database);
        _database.GivenEvent("run", status: "processing", agents: """[{"name":"a","status":"running"}]""");
        var before = await queries.FindRowMarkAsync("run", Token);

        _database.GivenEvent("another");
        Assert.Equal(before, await queries.FindRowMarkAsync("run", Token));
        _database.Connection.Execute("""UPDATE observability_events SET agents = '[{"name":"a","status":"success"}]' WHERE event_id = 'run'""");

        Assert.NotEqual(before, await queries.FindRowMarkAsync("run", Token));
        Assert.Null(await queries.FindRowMarkAsync("none", Token));
    }

    public void Dispose() => _database.Dispose();

    // As the bot does it: everything deleted and inserted again.
    private void Rewrite(string session)
    {
        using var transaction = _database.Connection.BeginTransaction();
        var rows = _database.Connection.Query("SELECT session_id, sequence, role, content, timestamp FROM chat_messages WHERE session_id = @session ORDER BY sequence", new { session }, transaction).ToList();
        _database.Connection.Execute("DELETE FROM chat_messages WHERE session_id = @session", new { session }, transaction);
        foreach (var row in rows)
        {
            _database.Connection.Execute(
                "INSERT INTO chat_messages(session_id, sequence, role, content, timestamp) VALUES (@session_id, @sequence, @role, @content, @timestamp)",
                new { row.session_id, row.sequence, row.role, row.content, row.timestamp },
                transaction);
        }

        transaction.Commit();
    }
}

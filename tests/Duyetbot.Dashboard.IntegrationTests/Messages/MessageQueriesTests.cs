using Dapper;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Features.Messages;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.TestSupport;
using NodaTime;

namespace Duyetbot.Dashboard.IntegrationTests.Messages;

public sealed class MessageQueriesTests : IDisposable
{
    private readonly TestDatabase _database = new();

    [Theory]
    [InlineData("", "1")]
    [InlineData("?role=user", "m.role = 'user'")]
    [InlineData("?platform=github", "m.platform = 'github'")]
    [InlineData("?username=Ann", "m.username = 'Ann'")]
    [InlineData("?model=m2", "m.model = 'm2'")]
    [InlineData("?has_error=true", "m.event_status = 'error'")]
    [InlineData("?has_error=false", "m.event_status IS NOT 'error'")]
    [InlineData("?conversation_id=cli%3A2", "m.session_id = 'cli:2'")]
    [InlineData("?event_id=event-1", "m.event_id = 'event-1'")]
    [InlineData("?none=model", "m.model IS NULL")]
    [InlineData("?any=source&role=assistant", "m.app_source IS NOT NULL AND m.role = 'assistant'")]
    [InlineData("?not=platform:github&not=user_id:1", "m.platform <> 'github' AND m.user_id IS NOT '1'")]
    [InlineData("?source=telegram-webhook", "m.app_source = 'telegram-webhook'")]
    [InlineData("?weekday=mon&hour=12", "m.timestamp BETWEEN 1795435200000 AND 1795435200000 + 3599999")]
    [InlineData("?q=100%25", "instr(m.content, '100%') > 0")]
    [InlineData("?from=1795435200005&to=1795435200020", "m.timestamp >= 1795435200005 AND m.timestamp < 1795435200020")]
    public async Task List_WalkedByCursor_IsWhatPlainSqlFindsNewestFirst(string query, string plain)
    {
        for (var i = 0; i < 30; i++)
        {
            var eventId = i % 5 == 0 ? _database.GivenEvent(status: i % 10 == 0 ? "error" : "success", username: "Ann", model: "m2") : null;
            _database.GivenMessage(i % 3 == 0 ? $"github:1:{i}" : $"cli:{i % 4}", i, i % 2 == 0 ? "user" : "assistant", i % 4 == 0 ? "100% here" : "100x", eventId, at: TestDatabase.Now + i / 2);
        }

        var filter = MessageFilter.Read(QueryReader.FromUri(query), DateTimeZone.Utc);
        var queries = new MessageQueries(_database.Database);
        var seen = new List<MessageHit>();
        string? cursor = null;
        do
        {
            var page = await queries.ListAsync(filter, MessageSort.Newest, 4, cursor, TestContext.Current.CancellationToken);
            seen.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        var expected = _database.Connection.Query<long>($"SELECT m.id FROM analytics_messages_view m WHERE {plain} ORDER BY m.timestamp DESC, m.id DESC").ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, seen.Select(m => m.Id));
        Assert.All(seen, m => Assert.Equal(filter.Q is not null, m.Snippet?.Contains("100%", StringComparison.Ordinal) ?? false));
    }

    [Theory]
    [InlineData("???", 7)]
    [InlineData("-plain", 10)]
    [InlineData("-> ???", 3)]
    public async Task List_OfASearchThatTheIndexCannotAnswer_LooksAtSoManyAPageAndSaysHowFar(string search, int hits)
    {
        for (var i = 0; i < 40; i++)
            _database.GivenMessage("telegram:1:1", i, content: i % 4 != 0 ? "plain" : i is 0 or 4 or 8 ? "a -> b ???" : i < 28 ? "what???" : "a → b", at: TestDatabase.Now + i / 2);
        var filter = new MessageFilter { Q = search };
        var queries = new MessageQueries(_database.Database, maxLooked: 9);
        var all = await new MessageQueries(_database.Database).ListAsync(filter, MessageSort.Newest, 500, null, TestContext.Current.CancellationToken);

        var pages = new List<Page<MessageHit>>();
        do
            pages.Add(await queries.ListAsync(filter, MessageSort.Newest, 500, pages.LastOrDefault()?.NextCursor, TestContext.Current.CancellationToken));
        while (pages[^1].NextCursor is not null);

        Assert.Equal(hits, all.Items.Count);
        Assert.Equal(all.Items.Select(m => m.Id), pages.SelectMany(p => p.Items).Select(m => m.Id));
        Assert.Equal(5, pages.Count);
        Assert.Null(pages[^1].LookedBackTo);
        // Nine from the newest: numbers 39 to 31.
        Assert.Equal(TestDatabase.Now + 15, pages[0].LookedBackTo);
        Assert.Null(all.LookedBackTo);
    }

    [Fact]
    public async Task Sums_OfASearchThatTheIndexCannotAnswer_SayWhatIsKnown()
    {
        for (var i = 0; i < 40; i++)
            _database.GivenMessage("telegram:1:1", i, content: "what???", at: TestDatabase.Now + i, input: 2);
        var figures = new FigureReader(new FigureNames(), new FigureZones(DateTimeZone.Utc));
        var filter = new MessageFilter { Q = "???" };

        var part = await new MessageSumQueries(_database.Database, figures, maxLooked: 9).FindSumsAsync(filter, TestContext.Current.CancellationToken);
        var whole = await new MessageSumQueries(_database.Database, figures).FindSumsAsync(filter, TestContext.Current.CancellationToken);

        Assert.Null(part.Sums);
        Assert.Equal("9 hits or more", part.Words("hit"));
        Assert.Equal(80, whole.Sums?.InputTokens);
        Assert.Equal("40 hits", whole.Words("hit"));
        Assert.Equal("no hit so far", new FoundSums(null).Words("hit"));
        Assert.Equal("more than 1,000 hits", new FoundSums(null, 1001).Words("hit"));
    }

    public void Dispose() => _database.Dispose();
}

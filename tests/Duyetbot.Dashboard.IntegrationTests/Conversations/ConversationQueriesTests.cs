using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Features.Conversations;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duyetbot.Dashboard.IntegrationTests.Conversations;

public sealed class ConversationQueriesTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly ConversationQueries _queries;
    private readonly ConversationFacetQueries _facets;

    public ConversationQueriesTests()
    {
        _queries = new ConversationQueries(_database.Database);
        _facets = new ConversationFacetQueries(_database.Database);
    }

    public static TheoryData<string, string> SortsAndStates
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var sort in new[] { "last_message_at", "+last_message_at", "first_message_at", "message_count", "+message_count", "total_tokens", "estimated_cost_usd", "+estimated_cost_usd" })
            {
                foreach (var state in new[] { "all dirty", "all fresh", "some dirty", "prices changed" })
                    data.Add(sort, state);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(SortsAndStates))]
    public async Task List_WalkedByCursor_HoldsEveryConversationOnceInOrder(string sort, string state)
    {
        GivenConversations();
        await BringToAsync(state);
        var order = ConversationSort.Read(QueryReader.FromUri("?sort=" + Uri.EscapeDataString(sort)));
        var filter = new ConversationFilter { Archived = null };

        var rows = await WalkAsync(filter, order, limit: 7);

        var expected = _database.Connection.Query<string>(
            $"SELECT conversation_id FROM analytics_conversations_view ORDER BY COALESCE({order.Column}, -1) {(order.Descending ? "DESC" : "ASC")}, conversation_id {(order.Descending ? "DESC" : "ASC")}");
        Assert.Equal(expected, rows.Select(r => r.ConversationId));
        AssertFiguresAreTheViews(rows);
    }

    [Theory]
    [InlineData("archived=all", 400)]
    [InlineData("archived=all", 20_000_000)]
    [InlineData("platform=github&archived=all", 1_200)]
    [InlineData("from=1795435160000&to=1795435190000", 40_000)]
    public async Task List_WithVeryManyStale_IsInTheViewsOrder(string query, int spread)
    {
        // Far more than are asked for by their ids; messages of few moments, some of text, so that many share one.
        var random = new Random(spread);
        using (var transaction = _database.Connection.BeginTransaction())
        {
            for (var i = 0; i < 2_600; i++)
            {
                for (var message = random.Next(3); message >= 0; message--)
                    _database.GivenBotMessage($"{(i % 7 == 0 ? "github" : "telegram")}:{i}:1", message, at: random.Next(400) == 0 ? $"day {random.Next(3)}" : TestDatabase.Now - (random.Next(spread) / 400 * 400));
            }

            _database.Connection.Execute("UPDATE chat_messages SET is_archived = 1 WHERE id % 3 = 0");
            transaction.Commit();
        }

        await BringToAsync("all fresh");
        _database.Connection.Execute("INSERT INTO conversation_dirty(conversation_id) SELECT conversation_id FROM conversation_rollup WHERE conversation_id NOT GLOB '*0:1'");
        var filter = ConversationFilter.Read(QueryReader.FromUri("?" + query));
        Assert.True(_database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM conversation_dirty") > 2_000);

        var rows = await WalkAsync(filter, ConversationSort.Default, limit: 400);

        var expected = _database.Connection.Query<string>(
            """
            SELECT conversation_id FROM analytics_conversations_view
            WHERE (@Platform IS NULL OR platform = @Platform) AND (@Archived IS NULL OR is_archived = @Archived)
              AND (@From IS NULL OR last_message_at >= @From) AND (@To IS NULL OR last_message_at < @To)
            ORDER BY last_message_at DESC, conversation_id DESC
            """,
            new { filter.Platform, filter.Archived, filter.From, filter.To }).AsList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, rows.Select(r => r.ConversationId));
    }

    [Theory]
    [MemberData(nameof(SortsAndStates))]
    public async Task Neighbours_OfEachRow_AreTheRowsBesideItInTheList(string sort, string state)
    {
        GivenConversations();
        await BringToAsync(state);
        var list = new ConversationList(new ConversationFilter { Archived = null, Platform = "telegram" }, ConversationSort.Read(QueryReader.FromUri("?sort=" + Uri.EscapeDataString(sort))));
        var rows = (await WalkAsync(list.Filter, list.Sort, limit: 50)).ConvertAll(r => r.ConversationId);

        Assert.True(rows.Count > 3);
        for (var i = 0; i < rows.Count; i++)
        {
            var beside = await _queries.FindNeighboursAsync(rows[i], list, TestContext.Current.CancellationToken);
            Assert.Equal(new ConversationNeighbours(rows.ElementAtOrDefault(i - 1), rows.ElementAtOrDefault(i + 1)), beside);
        }
    }

    [Fact]
    public async Task Neighbours_OfARowThatIsNotInTheList_AreWhereItWouldStand()
    {
        _database.GivenMessage("telegram:1:1", at: TestDatabase.Now - 3);
        _database.GivenMessage("github:1:1", at: TestDatabase.Now - 2, platform: "github");
        _database.GivenMessage("telegram:2:2", at: TestDatabase.Now - 1);
        var list = new ConversationList(new ConversationFilter { Platform = "telegram" }, ConversationSort.Default);

        Assert.Equal(new ConversationNeighbours("telegram:2:2", "telegram:1:1"), await _queries.FindNeighboursAsync("github:1:1", list, TestContext.Current.CancellationToken));
        Assert.Null(await _queries.FindNeighboursAsync("nobody", list, TestContext.Current.CancellationToken));
    }

    public static TheoryData<string> Filters =>
    [
        "?", "?platform=github", "?user_id=7", "?username=Ann", "?model=m2", "?visibility=public", "?archived=true", "?archived=all", "?starred=true", "?starred=false", "?has_error=true", "?has_error=false",
        "?q=needle", "?q=100%25", "?q=Named", "?from=1795435000000", "?to=1795435000000", "?platform=telegram&has_error=true&model=m1", "?starred=true&platform=github&archived=all",
    ];

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task List_Filtered_IsWhatPlainSqlFinds(string query)
    {
        GivenConversations();
        var filter = ConversationFilter.Read(QueryReader.FromUri(query));
        foreach (var state in new[] { "all dirty", "all fresh", "some dirty" })
        {
            await BringToAsync(state);
            var expected = Plain(filter);

            var rows = await WalkAsync(filter, ConversationSort.Default, limit: 5);
            var facets = await _facets.GetFacetsAsync(filter, TestContext.Current.CancellationToken);

            Assert.NotEmpty(expected);
            Assert.Equal(expected.Select(e => e.ConversationId).Order(StringComparer.Ordinal), rows.Select(r => r.ConversationId).Order(StringComparer.Ordinal));
            Assert.Equal(expected.Count, await _facets.CountAsync(filter, TestContext.Current.CancellationToken));
            Assert.Equal(expected.Count, facets.Conversations);
            Assert.Equal(expected.Sum(e => e.MessageCount), facets.Messages);
            Assert.Equal(expected.Sum(e => e.TotalTokens), facets.Tokens);
            Assert.Equal(expected.Sum(e => e.EstimatedCostUsd ?? 0), facets.CostUsd ?? 0, 9);
            Assert.Equal(Plain(filter with { HasError = true }).Count, facets.WithError);
            Assert.Equal(Plain(filter with { Starred = true }).Count, facets.Starred);
            foreach (var platform in new[] { "telegram", "github", "cli" })
                Assert.Equal(Plain(filter with { Platform = platform }).Count, facets.Platforms.SingleOrDefault(p => p.Value == platform)?.Count ?? 0);
            foreach (var model in new[] { "m1", "m2" })
                Assert.Equal(Plain(filter with { Model = model }).Count, facets.Models.SingleOrDefault(p => p.Value == model)?.Count ?? 0);
        }
    }

    [Fact]
    public async Task List_MalformedTimes_AreWalkedOnce()
    {
        foreach (var (at, i) in new object[] { long.MaxValue, long.MinValue, "soon", 1.5, 9.3e18, long.MaxValue - 1, -1L }.Select((a, i) => (a, i)))
            _database.GivenBotMessage(session: $"cli:{i}", at: at);

        foreach (var sort in new[] { ConversationSort.Default, new ConversationSort("last_message_at", false) })
            Assert.Equal(7, (await WalkAsync(new ConversationFilter(), sort, limit: 2)).Select(r => r.ConversationId).Distinct().Count());
    }

    [Fact]
    public async Task List_MessageAddedAfterRefresh_ShowsItAtOnce()
    {
        _database.GivenMessage(session: "cli:a", input: 10);
        await BringToAsync("all fresh");
        _database.GivenMessage(session: "cli:a", sequence: 2, input: 5);

        var row = Assert.Single((await _queries.ListAsync(new ConversationFilter(), ConversationSort.Default, 50, null, TestContext.Current.CancellationToken)).Items);

        Assert.Equal((2, 15), (row.MessageCount, row.TotalTokens));
    }

    [Fact]
    public async Task List_ConversationDeletedAfterRefresh_IsGoneAtOnce()
    {
        _database.GivenMessage(session: "cli:a");
        await BringToAsync("all fresh");
        _database.Connection.Execute("DELETE FROM chat_messages");

        Assert.Empty((await _queries.ListAsync(new ConversationFilter(), ConversationSort.Default, 50, null, TestContext.Current.CancellationToken)).Items);
    }

    [Fact]
    public async Task List_NewPrice_CountsForOldConversationsAtOnce()
    {
        _database.GivenMessage(session: "cli:a", input: 1000, model: "m9");
        await BringToAsync("all fresh");
        _database.GivenPrice("m9", 0.5, 1);

        var row = await _queries.FindAsync("cli:a", TestContext.Current.CancellationToken);

        Assert.Equal(0.5, row?.EstimatedCostUsd);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Plan_DefaultList_WalksAnIndexOfTheRollup(bool archived)
    {
        var steps = _database.Connection.Query(
            "EXPLAIN QUERY PLAN SELECT c.conversation_id FROM conversation_rollup c WHERE c.is_archived = " + (archived ? 1 : 0) + " AND c.last_message_at >= 5 ORDER BY c.last_message_at DESC, c.conversation_id DESC LIMIT 51").Select(r => (string)r.detail).ToList();
        Assert.DoesNotContain(steps, s => s.Contains("TEMP B-TREE", StringComparison.Ordinal));
        Assert.Contains(steps, s => s.Contains("COVERING INDEX", StringComparison.Ordinal));
    }

    public void Dispose() => _database.Dispose();

    private void GivenConversations()
    {
        _database.GivenPrice("m1", 0.001, 0.002, cached: 0.0001);
        for (var i = 0; i < 40; i++)
        {
            var session = (i % 4) switch { 0 => $"telegram:{i % 8}:{i}", 1 => $"github:7:owner/repo#{i} %", 2 => $"cli:{i}", _ => $"telegram:7:{i}" };
            var model = (i % 3) switch { 0 => "m1", 1 => "m2", _ => null };
            for (var m = 0; m <= i % 5; m++)
            {
                var eventId = i % 6 == 0 ? _database.GivenEvent(status: m == 0 ? "error" : "success", username: "Ann", model: "m2") : null;
                _database.GivenMessage(
                    session, m, m % 2 == 0 ? "user" : "assistant", i % 9 == 0 ? "a Needle, 100% sure" : $"100x {i}", eventId, input: i * 10 + m, output: m, cached: i, model: model,
                    at: TestDatabase.Now - i * 60_000 / 2 * 2 + m, visibility: i % 7 == 0 ? "public" : null, archived: i % 10 == 0);
            }

            if (i % 5 == 0)
                _database.Connection.Execute("INSERT INTO conversation_annotations(conversation_id, title, is_starred) VALUES (@session, @title, @star)", new { session, title = $"Named {i}", star = i % 2 });
        }

        // Two conversations with equal figures: the id breaks the tie.
        _database.GivenMessage("cli:twin-a", at: TestDatabase.Now);
        _database.GivenMessage("cli:twin-b", at: TestDatabase.Now);
    }

    private async Task BringToAsync(string state)
    {
        if (state == "all dirty")
            return;
        using var refresher = new RollupRefresher(_database.Database, [ConversationsFeature.Rollup, ConversationsFeature.Figures], TimeProvider.System, NullLogger<RollupRefresher>.Instance);
        await refresher.RefreshAsync(TestContext.Current.CancellationToken);
        if (state == "some dirty")
            _database.Connection.Execute("UPDATE chat_messages SET input_tokens = input_tokens + 1, timestamp = timestamp + 3 WHERE id % 3 = 0");
        if (state == "prices changed")
            _database.GivenPrice("m2", 0.01, 0.02);
    }

    private async Task<List<ConversationRow>> WalkAsync(ConversationFilter filter, ConversationSort sort, int limit)
    {
        var rows = new List<ConversationRow>();
        string? cursor = null;
        do
        {
            var page = await _queries.ListAsync(filter, sort, limit, cursor, TestContext.Current.CancellationToken);
            Assert.True(page.Items.Count <= limit);
            rows.AddRange(page.Items);
            cursor = page.NextCursor;
            Assert.True(rows.Count < 3000);
        }
        while (cursor is not null);
        return rows;
    }

    private void AssertFiguresAreTheViews(List<ConversationRow> rows)
    {
        var view = _database.Connection.Query<ConversationRow>("SELECT * FROM analytics_conversations_view").ToDictionary(r => r.ConversationId);
        Assert.All(rows, r => Assert.Equal(view[r.ConversationId], r with { FirstUserMessage = null, Models = view[r.ConversationId].Models }));
        Assert.All(rows, r => Assert.Equal(view[r.ConversationId].Models?.Split(',').Order(), r.Models?.Split(',').Order()));
    }

    // The view's rows, judged one by one in C#.
    private List<ConversationRow> Plain(ConversationFilter filter)
    {
        var contents = _database.Connection.Query<(string Session, string Content)>("SELECT session_id, content FROM chat_messages").ToLookup(r => r.Session, r => r.Content);
        return [.. _database.Connection.Query<ConversationRow>("SELECT * FROM analytics_conversations_view").Where(r =>
            (filter.Platform is null || r.Platform == filter.Platform)
            && (filter.UserId is null || r.UserId == filter.UserId)
            && (filter.Username is null || r.Username == filter.Username)
            && (filter.Model is null || (r.Models?.Split(',').Contains(filter.Model) ?? false))
            && (filter.Visibility is null || r.Visibility == filter.Visibility)
            && (filter.Archived is null || r.IsArchived == filter.Archived)
            && (filter.Starred is null || r.IsStarred == filter.Starred)
            && (filter.HasError is null || (r.ErrorCount > 0) == filter.HasError)
            && (filter.From is null || r.LastMessageAt >= filter.From)
            && (filter.To is null || r.LastMessageAt < filter.To)
            && (filter.Q is null || (r.Title?.Contains(filter.Q, StringComparison.OrdinalIgnoreCase) ?? false) || contents[r.ConversationId].Any(c => c.Contains(filter.Q, StringComparison.OrdinalIgnoreCase))))];
    }
}

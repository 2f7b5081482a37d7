using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Features.Conversations;
using Duyetbot.Dashboard.Features.Users;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Duyetbot.Dashboard.IntegrationTests.Users;

/// <summary>Every figure is compared with a plain sum over what the test inserted, whatever the roll-up holds.</summary>
public sealed class UserQueriesTests : IDisposable
{
    private const long Hour = 3_600_000;
    private const long End = RandomUsers.End;

    private readonly TestDatabase _database = new();
    private readonly RandomUsers _users;
    private readonly FigureNames _names = new();
    private readonly UserQueries _queries;
    private readonly UserActivityQueries _activity;

    public UserQueriesTests()
    {
        _users = new RandomUsers(_database);
        _queries = new UserQueries(_database.Database, new FigureReader(_names, new FigureZones(DateTimeZone.Utc)));
        _activity = new UserActivityQueries(_database.Database);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<long?, long?, string?, bool?> Filters => new()
    {
        { null, null, null, false },
        { null, null, null, null },
        { null, null, "github", true },
        { End - (48 * Hour), null, null, false },
        // Ends within an hour, on both sides, and both within the same hour.
        { End - (47 * Hour) - 1_234_567, End - (3 * Hour) + 42, null, false },
        { End - (47 * Hour) - 1_234_567, null, "telegram", null },
        { null, End - (30 * Hour) - 5, "github", false },
        { End - (20 * Hour) + 100, End - (20 * Hour) + 3_500_000, null, null },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task List_InEveryStateOfTheRollup_EqualsPlainSums(long? from, long? to, string? platform, bool? archived)
    {
        var filter = new UserFilter { From = from, To = to, Platform = platform, Archived = archived };
        foreach (var state in new[] { "all stale", "all fresh", "some stale", "prices changed" })
        {
            await BringToAsync(state);
            var expected = _users.Plain(filter).Values.Where(r => !filter.NeedsMessages || r.MessageCount > 0).ToList();

            var rows = (await _queries.ListAsync(filter, UserSort.Default, 500, null, Token)).Items;
            var totals = await _queries.GetTotalsAsync(filter, Token);

            Assert.True(expected.Count > 2);
            Assert.Equal(expected.Select(r => r.UserId).Order(StringComparer.Ordinal), rows.Select(r => r.UserId).Order(StringComparer.Ordinal));
            foreach (var row in rows)
                AssertSame(expected.Single(e => e.UserId == row.UserId), row, withErrors: platform is null);
            Assert.Equal(
                (expected.Count, expected.Count(e => e.UserId is not null && e.MessageCount > 0), _users.Conversations(filter), expected.Sum(e => e.MessageCount), expected.Sum(e => e.TotalTokens), expected.Sum(e => e.UnpricedTokens)),
                (totals.RowCount, totals.UserCount, totals.ConversationCount, totals.MessageCount, totals.TotalTokens, totals.UnpricedTokens));
            Assert.Equal(expected.Sum(e => e.EstimatedCostUsd ?? 0), totals.EstimatedCostUsd ?? 0, 6);
            foreach (var value in totals.Platforms)
                Assert.Equal(_users.Plain(filter with { Platform = value.Platform }).Values.Count(r => r.MessageCount > 0), value.RowCount);
        }
    }

    [Theory]
    [InlineData("total_tokens")]
    [InlineData("+total_tokens")]
    [InlineData("estimated_cost_usd")]
    [InlineData("+estimated_cost_usd")]
    [InlineData("message_count")]
    [InlineData("conversation_count")]
    [InlineData("error_count")]
    [InlineData("+error_count")]
    [InlineData("first_seen_at")]
    [InlineData("+last_seen_at")]
    public async Task List_WalkedByCursor_HoldsEveryUserOnceInOrder(string word)
    {
        var sort = UserSort.Read(QueryReader.FromUri("?sort=" + Uri.EscapeDataString(word)));
        await BringToAsync("some stale");
        var filter = new UserFilter();
        var walked = new List<UserRow>();
        string? cursor = null;
        do
        {
            var page = await _queries.ListAsync(filter, sort, 2, cursor, Token);
            Assert.InRange(page.Items.Count, 1, 2);
            walked.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        IComparable Value(UserRow r) => sort.Column switch
        {
            "estimated_cost_usd" => r.EstimatedCostUsd ?? -1,
            "message_count" => r.MessageCount,
            "conversation_count" => r.ConversationCount,
            "error_count" => r.ErrorCount,
            "first_seen_at" => r.FirstSeenAt!,
            "last_seen_at" => r.LastSeenAt!,
            _ => r.TotalTokens,
        };
        var plain = _users.Plain(filter).Values;
        var expected = sort.Descending
            ? plain.OrderByDescending(Value).ThenByDescending(r => r.UserId ?? "", StringComparer.Ordinal)
            : plain.OrderBy(Value).ThenBy(r => r.UserId ?? "", StringComparer.Ordinal);
        Assert.Equal(expected.Select(r => r.UserId), walked.Select(r => r.UserId));
    }

    [Theory]
    [InlineData("name 1", "1")]
    [InlineData("Old", RandomUsers.OddUser + ",4,3,2,1")]
    [InlineData("%", RandomUsers.OddUser)]
    [InlineData("unluck", "only-errors")]
    [InlineData("nobody at all", "")]
    public async Task List_SearchedFor_FindsIdsAndEveryName(string text, string expected)
    {
        foreach (var state in new[] { "all stale", "all fresh" })
        {
            await BringToAsync(state);

            var rows = (await _queries.ListAsync(new UserFilter { Q = text }, UserSort.Default, 50, null, Token)).Items;

            Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), rows.Select(r => r.UserId).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task List_Names_ComeWithTheLastUsedFirst()
    {
        _users.Add(_database, "1", End - 1);

        var row = await _queries.FindAsync("1", new UserFilter(), Token);

        Assert.Equal(("Name 1", "Name 1, Old 1"), (row!.Username, row.Usernames));
        Assert.Equal(["github", "telegram"], row.Platforms!.Split(", ").Order());
        Assert.Equal("Unlucky", (await _queries.FindAsync("only-errors", new UserFilter(), Token))!.Username);
        Assert.Null(await _queries.FindAsync("nobody", new UserFilter(), Token));
        Assert.Null(await _queries.FindAsync("", new UserFilter(), Token));
        Assert.Equal(0, (await _queries.FindAsync("1", new UserFilter { To = 5 }, Token))!.MessageCount);
    }

    [Fact]
    public async Task List_WithThousandsOfStaleConversations_EqualsPlainSums()
    {
        await BringToAsync("all fresh");
        _database.Connection.Execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2100)
            INSERT INTO chat_messages(session_id, sequence, role, content, input_tokens, output_tokens, timestamp) SELECT 'api:many:' || i, 1, 'user', 'x', 3, 0, @at - i FROM n
            """,
            new { at = End });
        var filter = new UserFilter { From = End - (47 * Hour) - 1 };

        var rows = (await _queries.ListAsync(filter, UserSort.Default, 50, null, Token)).Items;
        var totals = await _queries.GetTotalsAsync(filter, Token);

        foreach (var (user, expected) in _users.Plain(filter))
            AssertSame(expected, rows.Single(r => (r.UserId ?? "") == user), withErrors: true);
        var many = rows.Single(r => r.UserId == "many");
        Assert.Equal((2100, 2100, 6300, End - 2100, End - 1), (many.ConversationCount, many.MessageCount, many.TotalTokens, many.FirstSeenAt, many.LastSeenAt));
        Assert.Equal(_users.Conversations(filter) + 2100, totals.ConversationCount);
        Assert.Equal("1", Assert.Single((await _queries.ListAsync(filter with { Q = "name 1" }, UserSort.Default, 50, null, Token)).Items).UserId);
    }

    [Fact]
    public async Task Activity_OfOneUser_EqualsPlainSums()
    {
        var zone = DateTimeZoneProviders.Tzdb["Asia/Kathmandu"];
        var end = Instant.FromUnixTimeMilliseconds(End).InZone(zone).Date;
        var range = new FigureRange(ZonedDays.StartOf(end.PlusDays(-1), zone), ZonedDays.StartOf(end.PlusDays(1), zone), zone);
        foreach (var user in new[] { "1", RandomUsers.OddUser })
        {
            var expected = _users.Plain(new UserFilter { From = range.From, To = range.To })[user];
            var before = _users.Plain(new UserFilter { From = range.Previous().From, To = range.From })[user];

            var activity = await _activity.GetActivityAsync(user, range, Granularity.Hour, compare: true, 50, Token);
            var models = await _activity.ListModelsAsync(user, new UserFilter { From = range.From, To = range.To }, Token);

            AssertSame(expected, RowOf(user, activity.All.Total, activity.Errors, expected), withErrors: true);
            AssertSame(before, RowOf(user, activity.Before!.All.Total, activity.ErrorsBefore!.Value, before), withErrors: true);
            Assert.Equal(expected.ConversationCount, activity.Conversations.Count);
            Assert.Equal((expected.MessageCount, expected.TotalTokens), (activity.Conversations.Sum(c => c.MessageCount), activity.Conversations.Sum(c => c.TotalTokens)));
            Assert.Equal(expected.EstimatedCostUsd ?? 0, activity.Conversations.Sum(c => c.EstimatedCostUsd ?? 0), 6);
            Assert.Equal(activity.Conversations.OrderByDescending(c => c.LastMessageAt), activity.Conversations);
            Assert.Equal((expected.MessageCount, expected.TotalTokens, expected.UnpricedTokens), (models.Sum(m => m.MessageCount), models.Sum(m => m.TotalTokens), models.Sum(m => m.UnpricedTokens)));
            Assert.Equal(activity.ByModel.Series.Select(s => s.Key).Order(StringComparer.Ordinal), models.Select(m => m.Model).Order(StringComparer.Ordinal));
            Assert.Equal(expected.ErrorCount, (await _activity.ListErrorsAsync(user, range, 100, Token)).Count);
            var days = (await _activity.GetDaysAsync(user, range.Cut(Granularity.Day), Token)).Sums;
            Assert.Equal(2, days.Count);
            Assert.Equal((expected.MessageCount, expected.TotalTokens), (days.Sum(d => d.Messages), days.Sum(d => d.Tokens)));
        }
    }

    [Fact]
    public async Task Errors_OfOneUser_NameTextAndAgent()
    {
        _database.GivenEvent("e-steps", at: End - 10, user: "9", status: "error", agents: """[{"name":"router","type":"agent","duration_ms":5,"workers":[{"name":"sql","type":"worker","error":"no such table"}]}]""");
        _database.GivenEvent("e-own", at: End - 20, user: "9", status: "error", error: "upstream 504");
        _database.GivenEvent("e-none", at: End - 30, user: "9", status: "error");
        _database.GivenEvent("e-fine", at: End - 5, user: "9");

        var errors = await _activity.ListErrorsAsync("9", new FigureRange(End - 1000, End, DateTimeZone.Utc), 10, Token);

        Assert.Equal([("e-steps", "sql", "no such table"), ("e-own", null, "upstream 504"), ("e-none", null, null)], errors.Select(e => (e.EventId, e.Agent, e.Error)));
    }

    [Fact]
    public void Plans_OfTheHotStatements_UseTheirIndex()
    {
        Assert.Contains("INDEX idx_obs_user_errors (user_id=? AND triggered_at>? AND triggered_at<?)", Plan("SELECT triggered_at FROM observability_events WHERE user_id = 'u' AND status = 'error' AND triggered_at >= 1 AND triggered_at < 2"), StringComparison.Ordinal);
        Assert.Contains("USING COVERING INDEX idx_user_hours_user", Plan("SELECT user_id, COUNT(DISTINCT conversation_id), SUM(message_count), SUM(estimated_cost_usd) FROM user_hours WHERE is_archived = 0 AND +period_start >= 5 GROUP BY user_id"), StringComparison.Ordinal);
        Assert.Contains("USING COVERING INDEX idx_user_hours_time (period_start>?)", Plan("SELECT user_id, COUNT(DISTINCT conversation_id), SUM(message_count), SUM(estimated_cost_usd) FROM (SELECT +h.user_id AS user_id, h.conversation_id, h.message_count, h.estimated_cost_usd FROM user_hours h WHERE h.is_archived = 0 AND h.period_start >= 5) GROUP BY user_id"), StringComparison.Ordinal);
        Assert.Contains("USING COVERING INDEX idx_user_hours_names", Plan("SELECT h.user_id, h.username, h.platform, MAX(h.last_message_at) FROM user_hours h WHERE h.user_id IN ('a', 'b') GROUP BY 1, 2, 3"), StringComparison.Ordinal);
        Assert.Contains("idx_chat_msg_user_time", Plan("SELECT m.timestamp, m.estimated_cost_usd FROM analytics_messages_view m WHERE m.user_id = 'u' AND m.timestamp >= 1 AND m.timestamp < 2"), StringComparison.Ordinal);
    }

    public void Dispose() => _database.Dispose();

    private string Plan(string sql) => string.Join('\n', _database.Connection.Query<(long, long, long, string)>("EXPLAIN QUERY PLAN " + sql).Select(r => r.Item4));

    private static void AssertSame(UserRow expected, UserRow row, bool withErrors)
    {
        Assert.Equal(
            (expected.ConversationCount, expected.MessageCount, expected.InputTokens, expected.OutputTokens, expected.TotalTokens, expected.UnpricedTokens),
            (row.ConversationCount, row.MessageCount, row.InputTokens, row.OutputTokens, row.TotalTokens, row.UnpricedTokens));
        Assert.Equal(expected.EstimatedCostUsd is null, row.EstimatedCostUsd is null);
        Assert.Equal(expected.EstimatedCostUsd ?? 0, row.EstimatedCostUsd ?? 0, 6);
        if (withErrors)
            Assert.Equal((expected.ErrorCount, expected.FirstSeenAt, expected.LastSeenAt), (row.ErrorCount, row.FirstSeenAt, row.LastSeenAt));
        else
            Assert.Equal(0, row.ErrorCount);
    }

    private static UserRow RowOf(string user, FigureSum sum, long errors, UserRow seen) => new()
    {
        UserId = user,
        ConversationCount = sum.Conversations,
        MessageCount = sum.Rows,
        InputTokens = sum.Input,
        OutputTokens = sum.Output,
        TotalTokens = sum.Total,
        EstimatedCostUsd = sum.Cost,
        UnpricedTokens = sum.Unpriced,
        ErrorCount = errors,
        FirstSeenAt = seen.FirstSeenAt,
        LastSeenAt = seen.LastSeenAt,
    };

    private async Task BringToAsync(string state)
    {
        if (state == "all stale")
            return;
        var refresher = new RollupRefresher(_database.Database, [ConversationsFeature.Rollup, ConversationsFeature.Figures, UsersFeature.Hours], TimeProvider.System, NullLogger<RollupRefresher>.Instance);
        await refresher.RefreshAsync(Token);
        using var figures = new FigureRefresher(_database.Database, _names, new FigureZones(DateTimeZone.Utc), TimeProvider.System, NullLogger<FigureRefresher>.Instance);
        await figures.RefreshAsync(Token);
        const string dirty = "SELECT (SELECT COUNT(*) FROM conversation_dirty) + (SELECT COUNT(*) FROM user_hours_dirty) + (SELECT COUNT(*) FROM figure_dirty)";
        Assert.Equal(0, _database.Connection.ExecuteScalar<long>(dirty));
        if (state == "some stale")
        {
            _users.Add(_database, "2", End - (30 * Hour) - 7);
            _users.Add(_database, "3", End - 3);
        }
        else if (state == "prices changed")
        {
            // A price twice as high leaves hours and sums of figures as they are; only what is kept with its cost is stale.
            _database.Connection.Execute("UPDATE analytics_cost_config SET input_cost_per_1k = input_cost_per_1k * 2");
            _users.DoublePrices();
            Assert.Equal(0, _database.Connection.ExecuteScalar<long>(dirty));
            Assert.True(_database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM conversation_figures_dirty") > 0);
        }
    }
}

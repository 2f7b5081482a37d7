using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duyetbot.Dashboard.IntegrationTests.Migrations;

public sealed class TriggerTests
{
    private static readonly Rollup Conversations = new(
        "conversation_rollup",
        "analytics_conversations_view",
        "conversation_id",
        "conversation_dirty",
        ["conversation_id", "user_id", "platform", "visibility", "is_archived", "message_count", "total_tokens", "first_message_at", "last_message_at", "username", "models", "error_count"],
        Rollup.Conversations);

    public static TheoryData<string, string, string> Inserts()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var clause in new[] { "", "OR ABORT", "OR FAIL", "OR IGNORE", "OR REPLACE", "OR ROLLBACK" })
        {
            foreach (var session in new[] { "'telegram:1:2'", "''", "':'", "'::'", "x'3a00ff3a'", "x''", "12", "1.5", "'a' || char(0) || ':b'", "CAST(x'c3283a' AS TEXT)", "hex(zeroblob(100000)) || ':x'" })
                data.Add(clause, session, session.Length % 2 == 0 ? "'odd'" : "1");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Inserts))]
    public async Task Insert_AnyRowUnderAnyConflictClause_SucceedsAndCounts(string clause, string session, string sequence)
    {
        using var database = new TestDatabase();
        for (var i = 0; i < 2; i++)
        {
            database.Connection.Execute($"INSERT {clause} INTO chat_messages(event_id, session_id, sequence, role, content, input_tokens, output_tokens, timestamp) VALUES (NULL, {session}, {sequence}, 'user', x'00', 3, 4, 5)");
            database.Connection.Execute($"INSERT {clause} INTO observability_events(event_id, app_source, event_type, triggered_at) VALUES ({session} || '{i}', '', '', 'x')");
        }

        Assert.Equal(2, database.Connection.ExecuteScalar<long>("SELECT COUNT(DISTINCT message_id) FROM chat_messages"));
        Assert.Equal(14, database.Connection.ExecuteScalar<long>("SELECT SUM(total_tokens) FROM analytics_conversations_view"));
        using var refresher = new RollupRefresher(database.Database, [Conversations], TimeProvider.System, NullLogger<RollupRefresher>.Instance);
        Assert.Equal(1, await refresher.RefreshAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await refresher.RefreshAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            database.Connection.Query<string>("SELECT quote(conversation_id) || message_count FROM analytics_conversations_view"),
            database.Connection.Query<string>("SELECT quote(conversation_id) || message_count FROM conversation_rollup"));
    }

    [Fact]
    public async Task Refresh_AThousandBlobSessions_Ends()
    {
        using var database = new TestDatabase();
        database.Connection.Execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO chat_messages(session_id, sequence, role, content, timestamp) SELECT CAST('b' || i || char(255) AS BLOB) || x'ff', 1, 'user', '', 1 FROM n");
        using var refresher = new RollupRefresher(database.Database, [Conversations], TimeProvider.System, NullLogger<RollupRefresher>.Instance);
        Assert.Equal(1000, await refresher.RefreshAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1000, database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM conversation_rollup"));
        Assert.Equal(0, database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM conversation_dirty"));
    }

    [Fact]
    public void Replace_TheBotsWay_KeepsEveryMessageId()
    {
        using var database = new TestDatabase();
        void Write()
        {
            for (var i = 0; i < 5; i++)
                database.GivenBotMessage("telegram:7:8", i, content: $"m{i}");
        }

        Write();
        var before = database.Connection.Query<string>("SELECT message_id || content FROM chat_messages ORDER BY sequence").AsList();
        database.Connection.Execute("DELETE FROM chat_messages WHERE session_id = 'telegram:7:8'");
        Write();
        Assert.Equal(before, database.Connection.Query<string>("SELECT message_id || content FROM chat_messages ORDER BY sequence"));
    }

    [Fact]
    public void InsertOrReplace_OverAnotherSessionsMessage_MarksThatSessionToo()
    {
        using var database = new TestDatabase();
        database.GivenBotMessage("telegram:1:1");
        database.Connection.Execute("DELETE FROM conversation_dirty");
        database.Connection.Execute("INSERT OR REPLACE INTO chat_messages(message_id, session_id, sequence, role, content, timestamp) VALUES ('telegram:1:1/1', 'other', 1, 'user', 'x', 1)");
        Assert.Equal(["other", "telegram:1:1"], database.Connection.Query<string>("SELECT conversation_id FROM conversation_dirty ORDER BY 1"));
    }

    [Fact]
    public void BotMessage_IsRightInEveryViewAtOnce()
    {
        using var database = new TestDatabase();
        database.GivenPrice("small", 0.5, 2);
        database.GivenEvent("e1", model: "x/small", username: "octo", input: 100, output: 50);
        database.GivenBotMessage("github:octocat:owner/repo#12", 3, "assistant", "hi", "e1", 100L, 50L);

        var message = database.Connection.QuerySingle("SELECT * FROM analytics_messages_view");
        Assert.Equal("github:octocat:owner/repo#12/3", message.message_id);
        Assert.Equal("github", message.platform);
        Assert.Equal("octocat", message.user_id);
        Assert.Equal("owner/repo#12", message.chat_id);
        Assert.Equal("octo", message.username);
        Assert.Equal(150L, message.total_tokens);
        Assert.Equal(0.15, (double)message.estimated_cost_usd, 9);
        Assert.Equal(150L, database.Connection.ExecuteScalar<long>("SELECT total_tokens FROM analytics_user_daily_view WHERE aggregate_key = 'octocat'"));
        Assert.Equal(150L, database.Connection.ExecuteScalar<long>("SELECT total_tokens FROM analytics_platform_daily_view WHERE aggregate_key = 'github'"));
    }

    [Fact]
    public void StepsOfOneEvent_AreOneIndexSearch()
    {
        using var database = new TestDatabase();
        var plan = database.Connection.Query("EXPLAIN QUERY PLAN SELECT step_id, agent_name, input_tokens FROM analytics_agent_steps_view WHERE event_id = 'e1'").Select(r => (string)r.detail).ToList();
        Assert.Contains(plan, p => p.StartsWith("SEARCH oe USING INDEX", StringComparison.Ordinal) && p.Contains("(event_id=?)", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, p => p.StartsWith("SCAN oe", StringComparison.Ordinal) || p.Contains("MATERIALIZE", StringComparison.Ordinal));
    }

    [Fact]
    public void RowsOfSeveralConversations_AreIndexSearches()
    {
        using var database = new TestDatabase();
        var plan = database.Connection.Query("EXPLAIN QUERY PLAN SELECT * FROM analytics_conversations_view WHERE conversation_id IN (CAST(x'61' AS TEXT), x'62')").Select(r => (string)r.detail).ToList();
        Assert.Contains(plan, p => p.StartsWith("SEARCH cm USING INDEX idx_chat_msg_session", StringComparison.Ordinal));
    }
}

using System.Text.Json.Nodes;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Migrations;

public sealed class RescueTests
{
    [Fact]
    public void Run_MatchedMessage_TakesWhatItDidNotKnow()
    {
        using var database = new HistoricalDatabase(6);
        database.Migrator.Run();
        using var connection = database.Open();

        var first = connection.QuerySingle("SELECT * FROM chat_messages WHERE id = 1");
        Assert.Equal("018f-1", first.message_id);
        Assert.Equal("unlisted", first.visibility);
        Assert.Equal("someone", first.username);
        Assert.Equal("x/small", first.model);
        Assert.Equal(10L, first.input_tokens);
        Assert.Equal(3L, first.cached_tokens);
        var metadata = JsonNode.Parse((string)first.metadata)!;
        Assert.Equal(2, (int)metadata["reactions"]!);
        Assert.Equal("talk-1", (string)metadata["legacy"]!["conversation_id"]!);
        Assert.Equal("abc", (string)metadata["legacy"]!["content_hash"]!);
        Assert.Equal(11, (int)metadata["legacy"]!["input_tokens"]!);

        var third = connection.QuerySingle("SELECT * FROM chat_messages WHERE session_id LIKE 'github%' AND sequence = 0");
        Assert.Equal("018f-3", third.message_id);
        Assert.Equal("octocat", third.user_id);
        Assert.Equal("github", third.platform);
        Assert.Equal("owner/repo#12", third.chat_id);
        Assert.Equal("not json", (string)JsonNode.Parse((string)third.metadata)!["legacy"]!["metadata"]!);
    }

    [Fact]
    public void Run_MessageOfTheDuplicateOnly_IsInserted()
    {
        using var database = new HistoricalDatabase(6);
        var report = database.Migrator.Run();
        using var connection = database.Open();

        var row = connection.QuerySingle("SELECT * FROM chat_messages WHERE message_id = '018f-4'");
        Assert.Equal("only the duplicate has this", row.content);
        Assert.Equal(TestDatabase.Now, row.timestamp);
        Assert.Equal(1L, row.is_archived);
        Assert.Equal(2L, connection.ExecuteScalar<long>("SELECT COUNT(*) FROM chat_messages WHERE session_id = 'telegram:1:1' AND sequence = 1"));
        Assert.Contains(new RescueCount("analytics_messages", 5, 3, 2, 0), report.Rescued);
    }

    [Fact]
    public void Run_MadeUpIdFromBefore_GivesWayAndIsKept()
    {
        using var database = new HistoricalDatabase(8);
        var madeUp = Assert.Single(database.Rows("SELECT message_id FROM chat_messages WHERE id = 1"));
        database.Execute("UPDATE chat_messages SET message_id = 'given by a person' WHERE sequence = 2 AND session_id = 'telegram:1:1'");

        database.Migrator.Run();

        Assert.Equal("018f-1", Assert.Single(database.Rows("SELECT message_id FROM chat_messages WHERE id = 1")));
        Assert.Equal(madeUp, Assert.Single(database.Rows("SELECT metadata ->> '$.legacy.message_id' FROM chat_messages WHERE id = 1")));
        Assert.Equal("018f-2", Assert.Single(database.Rows("SELECT metadata ->> '$.legacy.message_id' FROM chat_messages WHERE message_id = 'given by a person'")));
    }

    [Fact]
    public void Run_StepsOfAnEventWithoutChain_AreItsChain()
    {
        using var database = new HistoricalDatabase(6, rows: StageRows.Dirty);
        database.Migrator.Run();
        using var connection = database.Open();

        var steps = connection.Query<(string Id, string Parent, string Name, string Status, string Tools, string Error)>(
            "SELECT step_id, parent_step_id, agent_name, status, tools_used, error_message FROM analytics_agent_steps_view WHERE event_id = 'e-null' ORDER BY step_id").AsList();
        Assert.Equal(
            [("e-null-0", null, "router", "success", null, null), ("e-null-0.0", "e-null-0", "first worker", "success", "[\"bash\",\"git\"]", null), ("e-null-0.0.0", "e-null-0.0", "below", "success", "no json", null), ("e-null-0.1", "e-null-0", "second worker", "error", null, "it broke")],
            steps!);
        Assert.Equal(600, connection.ExecuteScalar<long>("SELECT COUNT(*) FROM analytics_agent_steps_view WHERE event_id = 'e-deep'"));
        Assert.Equal(4, connection.ExecuteScalar<long>("SELECT COUNT(*) FROM analytics_agent_steps_view WHERE event_id = 'e-numbers'"));
        Assert.Equal("[{\"name\":\"cut o", connection.ExecuteScalar<string>("SELECT metadata ->> '$.legacy.agents' FROM observability_events WHERE event_id = 'e-broken'"));
        Assert.Equal("also not json", connection.ExecuteScalar<string>("SELECT metadata ->> '$.legacy.own_metadata' FROM observability_events WHERE event_id = 'e-broken'"));
        Assert.Equal("s16", connection.ExecuteScalar<string>("SELECT metadata ->> '$.legacy.steps[0].step_id' FROM observability_events WHERE event_id = 'e-chain'"));
    }

    [Fact]
    public void Run_StepsOfNoEvent_MakeOne()
    {
        using var database = new HistoricalDatabase(4);
        database.Migrator.Run();
        using var connection = database.Open();

        var made = connection.QuerySingle("SELECT * FROM observability_events WHERE event_id = 'e-gone'");
        Assert.Equal("legacy", made.app_source);
        Assert.Equal("error", made.status);
        Assert.Equal(200L, made.input_tokens);
        Assert.Equal(TestDatabase.Now, made.triggered_at);
        Assert.Equal(2, connection.ExecuteScalar<long>("SELECT COUNT(*) FROM analytics_agent_steps_view WHERE event_id = 'e-gone'"));
    }

    [Fact]
    public void Run_Conversations_BecomeAnnotations()
    {
        using var database = new HistoricalDatabase(6);
        database.Migrator.Run();
        using var connection = database.Open();

        var issue = connection.QuerySingle("SELECT * FROM analytics_conversations_view WHERE conversation_id = 'github:octocat:owner/repo#12'");
        Assert.Equal("An issue", issue.title);
        Assert.Equal(1L, issue.is_starred);
        Assert.Equal(1L, issue.is_archived);
        // The conversation was public, its messages are not: nothing becomes more public.
        Assert.Equal("private", issue.visibility);
        var metadata = JsonNode.Parse((string)issue.metadata)!;
        Assert.Equal("public", (string)metadata["legacy"]!["visibility"]!);
        Assert.Equal("a", (string)metadata["tags"]![0]!);
        Assert.Equal("A talk of another name", connection.ExecuteScalar<string>("SELECT title FROM conversation_annotations WHERE conversation_id = 'telegram:1:1'"));
        Assert.Equal("not json", connection.ExecuteScalar<string>("SELECT metadata ->> '$.legacy.metadata' FROM conversation_annotations WHERE conversation_id = 'without messages'"));
        Assert.Equal(3L, connection.ExecuteScalar<long>("SELECT metadata ->> '$.legacy.message_count' FROM conversation_annotations WHERE conversation_id = 'without messages'"));
    }

    [Fact]
    public void Run_OrphanEventIds_StayAsTheyAre()
    {
        using var database = new HistoricalDatabase(3, rows: StageRows.Dirty);
        database.Migrator.Run();
        Assert.Equal(2, database.Count("SELECT COUNT(*) FROM chat_messages WHERE event_id = 'e-missing'"));
    }
}

using Dapper;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.TestSupport;

/// <summary>Rows for a historical database: source rows, and duplicates that match, repeat, add to or contradict them.</summary>
internal static class HistoricalRows
{
    private const long Start = TestDatabase.Now;

    public static void Insert(SqliteConnection connection, int stage, bool dirty)
    {
        if (stage >= 1)
            Events(connection, dirty);
        if (stage >= 2)
            Messages(connection, dirty);
        if (stage >= 3)
            DuplicateMessages(connection, dirty);
        if (stage >= 4)
            Steps(connection, dirty);
        if (stage >= 5)
            Rest(connection, dirty);
        if (stage >= 7)
        {
            // As the old 0007 filled them: random ids, some of them kept null.
            connection.Execute("UPDATE chat_messages SET message_id = lower(hex(randomblob(16))) WHERE id % 3 <> 0");
            connection.Execute("UPDATE chat_messages SET visibility = 'public', metadata = '{\"own\":1}' WHERE id = 4");
            if (dirty)
                connection.Execute("UPDATE chat_messages SET message_id = 'same for two' WHERE id IN (5, 6); UPDATE chat_messages SET metadata = 'no json' WHERE id IN (2, 5); UPDATE chat_messages SET message_id = '' WHERE id = 7");
        }
    }

    private static void Events(SqliteConnection connection, bool dirty)
    {
        const string chain = """[{"name":"router","type":"agent","duration_ms":50,"input_tokens":100,"output_tokens":20},{"name":"orchestrator","type":"agent","duration_ms":200,"input_tokens":300,"output_tokens":80,"workers":[{"name":"coder","type":"worker","duration_ms":150,"input_tokens":500,"output_tokens":100}]}]""";
        void Event(string id, string? agents, string? metadata = null) => connection.Execute(
            "INSERT INTO observability_events(event_id, app_source, event_type, user_id, triggered_at, status, agents, input_tokens, output_tokens, model, metadata, created_at) VALUES (@id, 'telegram-webhook', 'message', '1', @at, 'success', @agents, 900, 200, 'x/small', @metadata, @at)",
            new { id, agents, metadata, at = Start });
        Event("e-chain", chain);
        Event("e-null", null, """{"chat":"a"}""");
        Event("e-empty", "[]");
        if (!dirty)
            return;
        Event("e-broken", "[{\"name\":\"cut o", "also not json");
        Event("e-object", """{"name":"no array"}""");
        Event("e-numbers", "[1,2]");
        connection.Execute("INSERT INTO observability_events(event_id, app_source, event_type, triggered_at, duration_ms, input_tokens, output_tokens, agents, created_at) VALUES (x'00ff', '', '', 'yesterday', 'long', 9223372036854775807, -1, x'00', 'never')");
    }

    private static void Messages(SqliteConnection connection, bool dirty)
    {
        void Message(string session, int sequence, string role, string content, string? eventId = null, int input = 0, int output = 0) => connection.Execute(
            "INSERT INTO chat_messages(event_id, session_id, sequence, role, content, input_tokens, output_tokens, timestamp, created_at) VALUES (@eventId, @session, @sequence, @role, @content, @input, @output, @at, @at)",
            new { eventId, session, sequence, role, content, input, output, at = Start + sequence });
        Message("telegram:1:1", 0, "user", "hello", "e-chain", input: 10);
        Message("telegram:1:1", 1, "assistant", "two\nlines, a \\n and 'quotes'", "e-chain", output: 20);
        Message("telegram:1:1", 2, "user", "again");
        Message("github:octocat:owner/repo#12", 0, "user", "xin chào \U0001F44B", "e-null");
        Message("github:octocat:owner/repo#12", 1, "assistant", "ok", "e-null", output: 7);
        Message("cli", 0, "user", "no colon");
        Message("api:9f", 0, "user", "two parts");
        // An id that was given and is gone must not be given again.
        connection.Execute("INSERT INTO chat_messages(id, session_id, sequence, role, content, timestamp) VALUES (500, 'gone', 0, 'user', 'gone', 1); DELETE FROM chat_messages WHERE id = 500");
        if (!dirty)
            return;
        Message("telegram:1:1", 1, "assistant", "the same sequence again");
        Message("telegram:1:1", 2, "user", "again");
        Message("a/1", 2, "user", "slash", "e-missing");
        connection.Execute("INSERT INTO chat_messages(session_id, sequence, role, content, input_tokens, output_tokens, timestamp, created_at) VALUES ('a', '1/2', 'user', x'00ff00', 'many', 9223372036854775807, 'then', 'now'), (x'61', 1, 'user', 'blob session', 1.5, -3, -1, 0), ('', 0, 'tool', '', NULL, NULL, 9e18, 0), ('nul' || char(0) || 'x', 0, 'user', 'a' || char(0) || 'b', 0, 0, 0, 0)");
        connection.Execute("INSERT INTO chat_messages(session_id, sequence, role, content, timestamp) VALUES (CAST(x'74c328' AS TEXT), 0, 'user', CAST(x'c328' AS TEXT), 1)");
    }

    private static void DuplicateMessages(SqliteConnection connection, bool dirty)
    {
        void Copy(string id, string session, object sequence, string role, string content, string? conversation = null, string? metadata = null, string visibility = "private", int archived = 0, int input = 0, string? user = "1", string? hash = null) => connection.Execute(
            "INSERT INTO analytics_messages(message_id, session_id, conversation_id, sequence, role, content, content_hash, visibility, is_archived, platform, user_id, username, model, input_tokens, cached_tokens, created_at, updated_at, metadata, platform_message_id) VALUES (@id, @session, @conversation, @sequence, @role, @content, @hash, @visibility, @archived, @platform, @user, 'someone', 'x/small', @input, 3, @at, @at, @metadata, @id)",
            new { id, session, conversation, sequence, role, content, metadata, visibility, archived, input, user, hash, platform = session.Split(':')[0], at = Start });
        Copy("018f-1", "telegram:1:1", 0, "user", "hello", conversation: "talk-1", metadata: """{"reactions":2}""", visibility: "unlisted", input: 11, hash: "abc");
        Copy("018f-2", "telegram:1:1", 2, "user", "again", conversation: "telegram:1:1");
        Copy("018f-3", "github:octocat:owner/repo#12", 0, "user", "xin chào \U0001F44B", user: "octocat", metadata: "not json");
        Copy("018f-4", "telegram:1:1", 3, "assistant", "only the duplicate has this", conversation: "talk-1", archived: 1);
        Copy("018f-5", "telegram:1:1", 1, "assistant", "other words than the message", metadata: "[1]");
        if (!dirty)
            return;
        Copy("018f-6", "telegram:1:1", 0, "user", "hello", conversation: "talk-2", metadata: "{\"again\":true}");
        Copy("018f-7", "telegram:1:1", 0, "user", "hello");
        Copy("018f-8", "telegram:1:1", 9, "function", "a role that a message cannot have");
        Copy("018f-9", "a/1", 2, "user", "slash", user: null);
        connection.Execute("INSERT INTO analytics_messages(message_id, session_id, sequence, role, content, event_id, input_tokens, created_at, metadata) VALUES ('018f-a', 'nobody', 'x', 'user', x'0102', 'e-missing', 'many', 'once', x'7b7d'), (x'0a', '', 0, 'user', '', NULL, NULL, 9223372036854775807, '{\"legacy\":5}')");
    }

    private static void Steps(SqliteConnection connection, bool dirty)
    {
        void Step(string id, string eventId, int sequence, string name, string? parent = null, string? tools = null, string status = "success", string? error = null, int duration = 50, int input = 100, int output = 20) => connection.Execute(
            "INSERT INTO analytics_agent_steps(step_id, event_id, parent_step_id, agent_name, agent_type, sequence, started_at, duration_ms, status, input_tokens, output_tokens, model, tools_used, tool_calls_count, error_message, queue_time_ms, metadata, created_at) VALUES (@id, @eventId, @parent, @name, @type, @sequence, @at, @duration, @status, @input, @output, 'x/small', @tools, 1, @error, 4, '{\"k\":null}', @at)",
            new { id, eventId, parent, name, type = parent is null ? "agent" : "worker", sequence, at = Start, duration, status, input, output, tools, error });
        Step("s1", "e-chain", 0, "router");
        Step("s2", "e-chain", 1, "coder", parent: "s1", duration: 150, input: 500, output: 100);
        Step("s3", "e-null", 0, "router");
        Step("s4", "e-null", 2, "second worker", parent: "s3", status: "error", error: "it broke");
        Step("s5", "e-null", 1, "first worker", parent: "s3", tools: "[\"bash\",\"git\"]");
        Step("s6", "e-null", 3, "below", parent: "s5", tools: "no json");
        Step("s7", "e-empty", 0, "alone");
        Step("s8", "e-gone", 0, "of no event");
        Step("s9", "e-gone", 1, "worker of no event", parent: "s8", status: "error");
        if (!dirty)
            return;
        Step("s10", "e-broken", 0, "rebuilt");
        Step("s11", "e-object", 0, "rebuilt");
        Step("s12", "e-numbers", 0, "round", parent: "s13");
        Step("s13", "e-numbers", 1, "and round", parent: "s12");
        Step("s14", "e-numbers", 2, "itself", parent: "s14");
        Step("s15", "e-numbers", 3, "orphan", parent: "nowhere");
        Step("s16", "e-chain", 2, "not in the chain");
        connection.Execute("INSERT INTO analytics_agent_steps(step_id, event_id, agent_name, agent_type, sequence, started_at, duration_ms, input_tokens, tools_used, created_at) VALUES (x'ff', 'e-odd', '', '', 'x', 'then', 9e300, 9223372036854775807, x'00', -1)");
        for (var i = 0; i < 600; i++)
            Step($"deep{i}", "e-deep", i, "deep", parent: i == 0 ? null : $"deep{i - 1}");
    }

    private static void Rest(SqliteConnection connection, bool dirty)
    {
        connection.Execute("INSERT INTO analytics_cost_config(model, provider, input_cost_per_1k, output_cost_per_1k, effective_from, created_at) VALUES ('small', 'x', 0.5, 1.5, 0, 0), ('small', 'x', 0.4, 1.2, 1000, 0)");
        connection.Execute("INSERT INTO analytics_token_aggregates(aggregate_type, aggregate_key, period_type, period_start, period_end, created_at) VALUES ('user_daily', '1', 'day', 0, 86400000, 0)");
        void Conversation(string id, string? title, int starred = 0, int archived = 0, string visibility = "private", string? metadata = null) => connection.Execute(
            "INSERT INTO analytics_conversations(conversation_id, user_id, platform, title, summary, visibility, is_archived, is_starred, message_count, created_at, updated_at, metadata) VALUES (@id, '1', 'telegram', @title, 'in short', @visibility, @archived, @starred, 3, @at, @at, @metadata)",
            new { id, title, starred, archived, visibility, metadata, at = Start });
        Conversation("github:octocat:owner/repo#12", "An issue", starred: 1, archived: 1, visibility: "public", metadata: """{"tags":["a"]}""");
        Conversation("talk-1", "A talk of another name");
        Conversation("without messages", "Nothing said", metadata: "not json");
        if (!dirty)
            return;
        Conversation("telegram:1:1", "The session's own name", metadata: "[]");
        Conversation("talk-2", "Another talk in the same session");
        connection.Execute("INSERT INTO analytics_conversations(conversation_id, title, is_starred, is_archived, metadata) VALUES (x'01', x'02', 'yes', 'no', x'03')");
    }
}

using Dapper;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>Rows that no page may stumble over, beside the demo's.</summary>
public static class OddRows
{
    private const string Hostile =
        """
        <script>globalThis.hacked = 1</script><img src=x onerror="globalThis.hacked = 2"><svg onload="globalThis.hacked = 3"></svg>
        ![pixel](https://tracker.example/pixel.png) [click](javascript:globalThis.hacked=4) <iframe src="https://tracker.example"></iframe>
        <a href="jAvAsCrIpT:alert(1)">x</a> <style>@import "https://tracker.example/x.css";</style> <b style="background:url(https://tracker.example/y)">b</b>
        """;

    /// <summary>Inserts them, older than every demo row that a test looks for.</summary>
    public static void Insert(TestDatabase database)
    {
        var at = TestDatabase.Now - (20 * 86_400_000L);
        database.GivenEvent(Samples.BrokenEventId, at: at, agents: "[{\"name\": \"router\", ", inputText: "input of the broken event", durationMs: 1L);
        // Outside of every range that a page starts with, so that no figure on one holds them.
        var old = TestDatabase.Now - (400 * 86_400_000L);
        database.GivenEvent(Samples.SmallEventId, at: old, durationMs: 10_000L, agents: SmallTrace(), inputText: LongInput());
        database.GivenEvent(Samples.LongEventId, at: old + 1, durationMs: 100_000L, agents: LongTrace());
        database.Connection.Execute(LongConversation, new { id = Samples.LongConversationId, old, count = Samples.LongConversationLength });
        database.Connection.Execute("INSERT INTO api_keys(name, sha256, scopes, created_at, last_used_at) VALUES ('<b>nightly</b> report', 'none', 'read', @old, @at), ('bot', 'none either', 'ingest', @at, NULL)", new { old, at });
        database.GivenMessage(Samples.OddConversationId, 1, "user", Hostile, at: at, username: "<b>&amp;", platform: "github");
        var message = database.GivenMessage(Samples.OddConversationId, 2, "assistant", Hostile + "\u202e\u0000 end", Samples.BrokenEventId, at: at + 1, input: long.MaxValue, output: -5, model: "<i>model</i>");
        database.Connection.Execute("UPDATE chat_messages SET metadata = @metadata WHERE id = @message", new { metadata = Metadata(), message });
    }

    // A tree that does not fit at once: the places are folded away at first.
    private static string Metadata() =>
        $$"""{"<b>key</b>":"<img src=x onerror=hit()>","chats":[{{string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"id":{{i}},"title":"chat {{i}}","members":["\u05d0","b","c"]}"""))}}]}""";

    // 240,000 characters, so that it is shown as lines.
    private static string LongInput() => string.Concat(Enumerable.Range(1, 20_000).Select(i => $"input {i:00000}\n"));

    // Texts of one to five lines, so that no height can be guessed.
    private const string LongConversation =
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)
        INSERT INTO chat_messages(message_id, session_id, sequence, role, content, timestamp, created_at, platform)
        SELECT 'long-' || i, @id, i, CASE i % 2 WHEN 1 THEN 'user' ELSE 'assistant' END, replace(hex(zeroblob(1 + i * 7 % 5)), '00', 'Line of message ' || i || char(10, 10)), @old + i * 1000, @old + i * 1000, 'cli' FROM n
        """;

    private static string SmallTrace()
    {
        var searches = Enumerable.Range(0, 6).Select(i => $$"""{"name":"search","duration_ms":{{500 + i}}{{(i == 4 ? ",\"error\":\"boom\"" : "")}}}""");
        return $$"""[{"name":"router","duration_ms":400},{"name":"boss","duration_ms":8000,"workers":[{{string.Join(',', searches)}},{"name":"other","duration_ms":3000}]},{"name":"end","duration_ms":1600}]""";
    }

    private static string LongTrace() =>
        $"[{string.Join(',', Enumerable.Range(0, 1_000).Select(i => $$"""{"name":"agent {{i}}","duration_ms":90,"workers":[{{string.Join(',', Enumerable.Range(0, 9).Select(j => $$"""{"name":"worker {{j}}","duration_ms":9}"""))}}]}"""))}]";
}

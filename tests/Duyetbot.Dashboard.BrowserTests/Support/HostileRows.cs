using System.Text.Json;
using Dapper;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>A database in which every text that somebody may choose is hostile: names, ids, titles, models, types, errors, JSON, prices, saved views, keys.</summary>
public sealed class HostileRows : IDisposable
{
    /// <summary>Runs in whatever takes a name for HTML, for the end of an attribute, or for a script.</summary>
    public const string Name = "\"'><img src=https://evil.example/n onerror=hit(1)><script>hit(1)</script>";

    private const string Session = "telegram:" + Name + ":1";
    private const string Event = "e/" + Name;
    private const int Rows = 120;

    private readonly List<string> _texts = HostileTexts.Make(2_000, 7);
    private int _next;

    /// <summary>Makes it.</summary>
    public HostileRows()
    {
        var chain = JsonSerializer.Serialize(new object[]
        {
            new { name = Name, type = Name, model = Name, duration_ms = 10, input_tokens = 50, output_tokens = 5, tools = new[] { Name, "=cmd()" } },
            new { name = Text(), type = "agent", duration_ms = 20, error = Text(), workers = new object[] { new { name = Text(), type = "worker", duration_ms = 5, error = Name, model = Text(), started_at = Name } } },
        });
        Database.GivenEvent(Event, Name, Name, "error", durationMs: 40L, agents: chain, input: 50L, output: 5L, model: Name, user: Name, username: Name, error: Name, category: Name, complexity: Name, classification: Name, inputText: Text(), responseText: Text(), repo: Name);
        Database.Connection.Execute("UPDATE observability_events SET error_type = @Name, request_id = @Name, chat_id = @Name, metadata = @json", new { Name, json = JsonSerializer.Serialize(new Dictionary<string, string> { [Name] = Text(), ["</script>"] = Name }) });
        for (var i = 0; i < Rows; i++)
        {
            var session = i < 40 ? Session : $"{Text(60)}:{i % 7}:{i}";
            var ev = i % 3 == 0 ? Database.GivenEvent($"{Text(80)}{i}", Text(60), Text(60), i % 2 == 0 ? "error" : Text(30), TestDatabase.Now - (i * 3_600_000L), 100L + i, i % 2 == 0 ? chain : Text(), i, i, model: Text(80), user: Text(60), username: Text(60), error: Text(), category: Text(40), complexity: Text(40), classification: Text(40), inputText: Text(), responseText: Text(), repo: Text(60)) : Event;
            Database.GivenMessage(session, i, i % 2 == 0 ? "user" : "assistant", Text(), ev, input: i, output: i, model: i % 4 == 0 ? Name : Text(80), at: TestDatabase.Now - (i * 3_600_000L), user: i < 40 ? Name : Text(60), username: i < 40 ? Name : Text(60), platform: i % 5 == 0 ? Name : Text(30), visibility: i % 9 == 0 ? Name : "public");
        }

        Database.Connection.Execute("UPDATE chat_messages SET chat_id = @Name, metadata = @metadata WHERE id % 2 = 0", new { Name, metadata = JsonSerializer.Serialize(new Dictionary<string, string> { [Name] = Name }) });
        Database.Connection.Execute("INSERT OR IGNORE INTO conversation_annotations(conversation_id, title, summary, note, is_starred, metadata) SELECT session_id, @Name || MIN(id), @Name, @Name, 1, @Name FROM chat_messages GROUP BY session_id", new { Name });
        Database.GivenPrice(Name, 1, 2, provider: Name);
        Database.Connection.Execute("UPDATE analytics_cost_config SET notes = @Name, created_by = @Name", new { Name });
        Database.Connection.Execute("INSERT INTO api_keys(name, sha256, scopes, created_at) VALUES (@Name, @Name, @Name, 1)", new { Name });
        Database.Connection.Execute("INSERT INTO saved_views(page, name, query, created_at, updated_at) VALUES ('/traces', @Name, @query, 1, 1), ('/usage', @Name, @query, 1, 1)", new { Name, query = "status=\"><img src=x onerror=hit(1)>" });
        MessageId = Database.Connection.ExecuteScalar<string>("SELECT message_id FROM chat_messages WHERE session_id = @Session AND sequence = 5", new { Session })!;
        OtherEvent = Database.Connection.ExecuteScalar<string>("SELECT event_id FROM observability_events WHERE event_id <> @Event AND json_valid(agents) ORDER BY id LIMIT 1", new { Event })!;
    }

    /// <summary>The database.</summary>
    public TestDatabase Database { get; } = new();

    /// <summary>A message of the first conversation.</summary>
    public string MessageId { get; }

    /// <summary>A second event with steps.</summary>
    public string OtherEvent { get; }

    /// <summary>Every page, and every pane that shows what is stored.</summary>
    public IReadOnlyList<string> Pages
    {
        get
        {
            var (conversation, trace, name) = (Duyetbot.Dashboard.Shared.Urls.Conversation(Session), Duyetbot.Dashboard.Shared.Urls.Trace(Event), Uri.EscapeDataString(Name));
            var step = Uri.EscapeDataString(Event + "-0");
            return
            [
                "/", "/conversations", $"/conversations?q={name}", $"/conversations?platform={name}", conversation, $"{conversation}?message={Uri.EscapeDataString(MessageId)}", $"{conversation}?q=img",
                "/messages", "/messages?q=script", $"/messages?model={name}", Duyetbot.Dashboard.Shared.Urls.Message(MessageId), "/traces", "/traces?chart=histogram", $"/traces?event_type={name}", trace, $"{trace}?step={step}", Duyetbot.Dashboard.Shared.Urls.Trace(OtherEvent),
                $"{trace}/compare/{Uri.EscapeDataString(OtherEvent)}", "/usage?group_by=model", "/usage?group_by=user", $"/usage?group_by=agent&model={name}", "/agents", $"/agents?open={name}", "/users", $"/users?q={name}", Duyetbot.Dashboard.Shared.Urls.User(Name),
                "/pricing", "/pricing?price=1", $"/pricing?model={name}", $"/pricing?instead={name}", "/quality?finding=message_visibility_unknown", "/data", "/api-explorer",
            ];
        }
    }

    /// <summary>The files that people hand on: a trace's and a conversation's.</summary>
    public static TheoryData<string> Files { get; } = new($"/api/v1/events/{Uri.EscapeDataString(Event)}/export?format=html", $"/api/v1/conversations/{Uri.EscapeDataString(Session)}/export?format=html");

    /// <inheritdoc/>
    public void Dispose() => Database.Dispose();

    private string Text(int longest = int.MaxValue)
    {
        var text = _texts[_next++ % _texts.Count];
        return text.Length > longest ? text[..longest] : text;
    }
}

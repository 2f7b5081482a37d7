using Dapper;
using Duyetbot.Dashboard.Features.Agents;
using Duyetbot.Dashboard.Shared;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>Ids to open: a conversation of the last month with a good trace, and what belongs to it.</summary>
public sealed record Samples
{
    /// <summary>A conversation on the first page of the list.</summary>
    public required string ConversationId { get; init; }

    /// <summary>An answer in it, whose event has steps.</summary>
    public required string MessageId { get; init; }

    /// <summary>The event of that answer.</summary>
    public required string EventId { get; init; }

    /// <summary>One of its steps.</summary>
    public required string StepId { get; init; }

    /// <summary>Who wrote most.</summary>
    public required string UserId { get; init; }

    /// <summary>An event that ended in error.</summary>
    public required string FailedEventId { get; init; }

    /// <summary>The group of the newest failed step.</summary>
    public required string ErrorKey { get; init; }

    /// <summary>An event whose chain of agents is not JSON.</summary>
    public const string BrokenEventId = "broken-agents";

    /// <summary>An event of router, boss and end; boss has six workers "search", whose fifth failed, and a seventh "other".</summary>
    public const string SmallEventId = "small-trace";

    /// <summary>An event of 10,000 steps: 1,000 agents of different names, each with nine workers.</summary>
    public const string LongEventId = "long-trace";

    /// <summary>A conversation of many messages, outside of every range that a page starts with: <c>long-1</c>, <c>long-2</c>, …</summary>
    public const string LongConversationId = "cli:long";

    /// <summary>How many.</summary>
    public const int LongConversationLength = 800;

    /// <summary>A conversation whose id and messages are as odd as ids and messages get.</summary>
    public const string OddConversationId = "github:octocat:owner/hello world#12?a=b&c%2F ünï 終";

    /// <summary>Every page, by the name that its pictures have.</summary>
    public IReadOnlyList<(string Name, string Path)> Pages =>
    [
        ("overview", "/"),
        ("conversations", "/conversations"),
        ("conversation", Urls.Conversation(ConversationId)),
        ("conversation-message", Urls.Conversation(ConversationId, MessageId)),
        ("message", Urls.Message(MessageId)),
        ("messages-search", "/messages?q=error&range=all"),
        ("traces", "/traces"),
        ("trace", Urls.Trace(EventId)),
        ("trace-step", Urls.Trace(EventId, StepId)),
        ("trace-failed", Urls.Trace(FailedEventId)),
        ("usage", "/usage"),
        ("users", "/users"),
        ("user", Urls.User(UserId)),
        ("messages", "/messages?none=model&sums=tokens%3A0"),
        ("agents", $"/agents?open=simple&error={ErrorKey}"),
        ("pricing", "/pricing?instead=gpt-5-mini"),
        ("pricing-price", "/pricing?price=1"),
        ("pricing-list", "/pricing?pane=list"),
        ("quality", "/quality?range=all&finding=agents_not_json"),
        ("data", "/data"),
        ("conversation-odd", Urls.Conversation(OddConversationId)),
        ("trace-broken", Urls.Trace(BrokenEventId)),
        ("trace-compare", $"{Urls.Trace(FailedEventId)}/compare/{Uri.EscapeDataString(EventId)}"),
        ("traces-histogram", "/traces?chart=histogram"),
        ("api-explorer", "/api-explorer?operation=get_messages"),
    ];

    /// <summary>The address of one of <see cref="Pages"/>.</summary>
    public string PathOf(string name) => Pages.First(p => p.Name == name).Path;

    /// <summary>Chooses them by figures alone, so that a rebuilt demo with the same seed gives the same.</summary>
    public static Samples From(SqliteConnection connection)
    {
        var (conversation, message, ev) = connection.QueryFirst<(string, string, string)>(
            """
            SELECT m.session_id, m.message_id, m.event_id
            FROM (SELECT session_id, MAX(timestamp) AS last FROM chat_messages GROUP BY session_id HAVING COUNT(*) >= 4 ORDER BY last DESC LIMIT 40) c
            JOIN chat_messages m ON m.session_id = c.session_id
            JOIN observability_events e ON e.event_id = m.event_id
            WHERE m.role = 'assistant' AND m.is_archived = 0 AND e.status = 'success' AND json_valid(e.agents)
            ORDER BY (SELECT COUNT(*) FROM analytics_agent_steps_view s WHERE s.event_id = e.event_id) DESC, c.last DESC, m.id
            LIMIT 1
            """);
        var (agent, error) = connection.QueryFirst<(string, string)>("SELECT agent_name, error_message FROM analytics_agent_steps_view WHERE is_failed ORDER BY event_triggered_at DESC LIMIT 1");
        return new Samples
        {
            ErrorKey = ErrorFingerprint.Key(agent, ErrorFingerprint.Of(error)),
            ConversationId = conversation,
            MessageId = message,
            EventId = ev,
            StepId = connection.QueryFirst<string>("SELECT step_id FROM analytics_agent_steps_view WHERE event_id = @ev ORDER BY parent_step_id IS NULL, step_id LIMIT 1", new { ev }),
            UserId = connection.QueryFirst<string>("SELECT user_id FROM chat_messages WHERE user_id IS NOT NULL GROUP BY user_id ORDER BY COUNT(*) DESC, user_id LIMIT 1"),
            FailedEventId = connection.QueryFirst<string>("SELECT event_id FROM observability_events WHERE status = 'error' ORDER BY json_valid(agents) DESC, triggered_at DESC LIMIT 1"),
        };
    }
}

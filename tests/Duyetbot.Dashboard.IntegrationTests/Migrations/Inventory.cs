namespace Duyetbot.Dashboard.IntegrationTests.Migrations;

/// <summary>What a historical database held, read without the product's code, and the check that all of it is still somewhere.</summary>
internal sealed class Inventory
{
    private const string Message = "quote(id) || quote(session_id) || quote(sequence) || quote(role) || quote(content) || quote(timestamp) || quote(created_at)";
    private const string Event = "quote(id) || quote(event_id) || quote(app_source) || quote(event_type) || quote(user_id) || quote(triggered_at) || quote(duration_ms) || quote(status) || quote(input_tokens) || quote(output_tokens) || quote(model) || quote(created_at)";
    private const string Price = "quote(id) || quote(model) || quote(provider) || quote(input_cost_per_1k) || quote(output_cost_per_1k) || quote(effective_from)";

    private readonly List<string> _messages;
    private readonly List<string> _events;
    private readonly List<string> _prices;
    private readonly List<string> _facts;
    private readonly List<string> _duplicates;
    private readonly List<string> _steps;
    private readonly List<string> _titles;

    private Inventory(HistoricalDatabase database)
    {
        var tables = database.Rows("SELECT name FROM sqlite_schema WHERE type = 'table'").ToHashSet();
        List<string> From(string table, string sql) => tables.Contains(table) ? database.Rows(sql) : [];
        _messages = From("chat_messages", $"SELECT {Message} FROM chat_messages");
        _events = From("observability_events", $"SELECT {Event} FROM observability_events");
        _prices = From("analytics_cost_config", $"SELECT {Price} FROM analytics_cost_config");
        // Facts that a rescue may add to, never take away.
        _facts = From("chat_messages", "SELECT id || ' event ' || quote(event_id) FROM chat_messages WHERE event_id IS NOT NULL UNION ALL SELECT id || ' input ' || quote(input_tokens) FROM chat_messages WHERE input_tokens <> 0 UNION ALL SELECT id || ' output ' || quote(output_tokens) FROM chat_messages WHERE output_tokens <> 0");
        _duplicates = From("analytics_messages", "SELECT quote(session_id) || quote(sequence) || quote(content) || quote(created_at) FROM analytics_messages");
        MessageIds = From("analytics_messages", "SELECT CASE typeof(message_id) WHEN 'blob' THEN hex(message_id) ELSE message_id END FROM analytics_messages");
        _steps = From("analytics_agent_steps", "SELECT CASE typeof(step_id) WHEN 'blob' THEN hex(step_id) ELSE step_id END FROM analytics_agent_steps WHERE step_id NOT IN ('s1', 's2')");
        _titles = From("analytics_conversations", "SELECT CASE typeof(title) WHEN 'blob' THEN hex(title) ELSE title END FROM analytics_conversations");
    }

    private List<string> MessageIds { get; }

    public static Inventory Read(HistoricalDatabase database) => new(database);

    public void RequireKept(HistoricalDatabase database)
    {
        RequireSuperset(_messages, database.Rows($"SELECT {Message} FROM chat_messages"));
        RequireSuperset(_events, database.Rows($"SELECT {Event} FROM observability_events"));
        RequireSuperset(_prices, database.Rows($"SELECT {Price} FROM analytics_cost_config"));
        RequireSuperset(_facts, database.Rows("SELECT id || ' event ' || quote(event_id) FROM chat_messages UNION ALL SELECT id || ' input ' || quote(input_tokens) FROM chat_messages UNION ALL SELECT id || ' output ' || quote(output_tokens) FROM chat_messages"));

        var messages = database.Rows("SELECT quote(session_id) || quote(sequence) || quote(content) FROM chat_messages").ToHashSet();
        Assert.All(_duplicates, d => Assert.Contains(messages, m => d.StartsWith(m, StringComparison.Ordinal)));
        var ids = string.Join('\n', database.Rows("SELECT COALESCE(CASE typeof(message_id) WHEN 'blob' THEN hex(message_id) ELSE message_id END, '') || ' ' || COALESCE(CAST(metadata AS TEXT), '') FROM chat_messages"));
        Assert.All(MessageIds, id => Assert.Contains(id, ids, StringComparison.Ordinal));
        var chains = string.Join('\n', database.Rows("SELECT COALESCE(CAST(agents AS TEXT), '') || COALESCE(metadata, '') FROM observability_events"));
        Assert.All(_steps, id => Assert.Contains($"\"step_id\":\"{id}\"", chains, StringComparison.Ordinal));
        var titles = string.Join('\n', database.Rows("SELECT COALESCE(CASE typeof(title) WHEN 'blob' THEN hex(title) ELSE title END, '') || COALESCE(metadata, '') FROM conversation_annotations"));
        Assert.All(_titles, title => Assert.Contains(title, titles, StringComparison.Ordinal));
        Assert.Equal(0, database.Count("SELECT COUNT(*) FROM chat_messages WHERE message_id IS NULL"));
    }

    private static void RequireSuperset(List<string> before, List<string> after)
    {
        var counts = after.CountBy(r => r).ToDictionary();
        foreach (var (row, count) in before.CountBy(r => r))
            Assert.True(counts.GetValueOrDefault(row) >= count, $"{row}: {count} before, {counts.GetValueOrDefault(row)} after");
    }
}

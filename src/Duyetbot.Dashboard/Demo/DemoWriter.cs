using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Demo;

/// <summary>Inserts the rows of one transaction through prepared statements.</summary>
internal sealed class DemoWriter : IDisposable
{
    private readonly SqliteCommand _event;
    private readonly SqliteCommand _message;
    private readonly SqliteCommand _annotation;

    public DemoWriter(SqliteConnection connection)
    {
        _event = Prepare(
            connection,
            """
            INSERT INTO observability_events(event_id, request_id, app_source, event_type, user_id, username, chat_id, repo, triggered_at, completed_at, duration_ms, status, error_type, error_message,
              input_text, response_text, classification_type, classification_category, classification_complexity, agents, input_tokens, output_tokens, total_tokens, cached_tokens, reasoning_tokens, model, metadata, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            28);
        _message = Prepare(
            connection,
            """
            INSERT INTO chat_messages(event_id, session_id, sequence, role, content, input_tokens, output_tokens, timestamp, created_at, message_id, platform, user_id, chat_id, visibility, is_archived, is_pinned, model, metadata)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            18);
        _annotation = Prepare(
            connection,
            "INSERT INTO conversation_annotations(conversation_id, title, is_starred, summary, updated_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (conversation_id) DO NOTHING",
            5);
    }

    /// <summary>Events first: messages point to them.</summary>
    public void Write(DemoConversation conversation)
    {
        foreach (var e in conversation.Events)
        {
            var completed = e.TriggeredAt + e.DurationMs;
            Run(_event, e.EventId, e.RequestId, e.AppSource, e.EventType, e.UserId, e.Username, e.ChatId, e.Repo, e.TriggeredAt, completed, e.DurationMs, e.Status, e.ErrorType, e.ErrorMessage,
                e.InputText, e.ResponseText, e.ClassificationType, e.Category, e.Complexity, e.Agents, e.Input, e.Output, e.Input + e.Output, e.Cached, e.Reasoning, e.Model, e.Metadata, completed ?? e.TriggeredAt);
        }

        foreach (var m in conversation.Messages)
        {
            Run(_message, m.EventId, m.SessionId, m.Sequence, m.Role, m.Content, m.Input, m.Output, m.Timestamp, m.Timestamp, m.MessageId, m.Platform, m.UserId, m.ChatId, m.Visibility, m.IsArchived ? 1L : 0L, m.IsPinned ? 1L : 0L, m.Model, m.Metadata);
        }

        if (conversation.Title is not null || conversation.Summary is not null || conversation.IsStarred)
            Run(_annotation, conversation.SessionId, conversation.Title, conversation.IsStarred ? 1L : 0L, conversation.Summary, conversation.Messages[^1].Timestamp);
    }

    /// <summary>Prices; those that are there stay as they are.</summary>
    public static void WritePrices(SqliteConnection connection, DemoOptions options)
    {
        using var command = Prepare(
            connection,
            """
            INSERT INTO analytics_cost_config(model, provider, input_cost_per_1k, output_cost_per_1k, cached_cost_per_1k, effective_from, effective_to, notes, created_at, created_by)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE NOT EXISTS (SELECT 1 FROM analytics_cost_config WHERE model = ?1 AND effective_from <> ?11 AND effective_from <> ?12)
            ON CONFLICT (model, provider, effective_from) DO NOTHING
            """,
            12);
        var prices = DemoPrices.For(options);
        foreach (var p in prices)
            Run(command, p.Model, p.Provider, p.Input, p.Output, p.Cached, p.From, p.To, p.Notes, p.From, "demo", prices[0].From, prices[^1].From);
    }

    public void Dispose()
    {
        _event.Dispose();
        _message.Dispose();
        _annotation.Dispose();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        // Numbered from 1: the provider binds by name, and ?1 is the name of the first.
        var number = 0;
        command.CommandText = sql.Contains("?1", StringComparison.Ordinal) ? sql : string.Concat(sql.Select(c => c == '?' ? $"?{++number}" : c.ToString()));
        for (var i = 1; i <= parameters; i++)
            command.Parameters.Add(new SqliteParameter($"?{i}", null));
        command.Prepare();
        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }
}

using System.Data;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>Rows of the live views as figures count them, and the filter on messages as fixed clauses; values travel as parameters of the filter's own names.</summary>
internal static class FigureSql
{
    /// <summary>Events of a stretch of time.</summary>
    public const string Events = "SELECT e.triggered_at, e.status = 'error', e.duration_ms FROM analytics_events_view e WHERE e.triggered_at >= @from AND e.triggered_at < @to";

    /// <summary>The rows of a dimension: messages, or steps by agent.</summary>
    public static string Rows(FigureDimension dimension, ConversationFilter filter) =>
        dimension == FigureDimension.Agent ? Steps(filter) : Messages(dimension, filter);

    /// <summary>Steps that count with an event. One does where a message of its event passes the filter, or, for the plain filter, where none does only because there is none.</summary>
    public static string StepCounts(ConversationFilter filter)
    {
        var ofMessages = filter with { Model = null };
        var passes = $"EXISTS (SELECT 1 FROM analytics_messages_view m WHERE m.event_id = s.event_id{Clauses(ofMessages)})";
        var orphan = ofMessages.IsOpen ? " OR NOT EXISTS (SELECT 1 FROM chat_messages o WHERE o.event_id = s.event_id)" : "";
        return $"({passes}{orphan})";
    }

    /// <summary>The parameters that the clauses name.</summary>
    public static Dictionary<string, object?> Parameters(ConversationFilter filter) => new()
    {
        ["platform"] = filter.Platform,
        ["user_id"] = filter.UserId,
        ["username"] = filter.Username,
        ["model"] = filter.Model,
        ["visibility"] = filter.Visibility,
        ["q"] = filter.Q is null ? null : Like.Contains(filter.Q),
    };

    /// <summary>A row of <see cref="Rows"/>.</summary>
    public static FigureRow Read(IDataReader reader) => new()
    {
        At = reader.GetInt64(0),
        Key = Text(reader, 1),
        Label = Text(reader, 2),
        Input = reader.GetInt64(3),
        Output = reader.GetInt64(4),
        Cached = reader.GetInt64(5),
        Reasoning = reader.GetInt64(6),
        Cost = reader.IsDBNull(7) ? null : reader.GetDouble(7),
        Unpriced = reader.GetInt64(8),
        User = Text(reader, 9),
        Conversation = Text(reader, 10),
    };

    /// <summary>A text, or null.</summary>
    public static string? Text(IDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static string Messages(FigureDimension dimension, ConversationFilter filter) => $"""
        SELECT m.timestamp, {KeyOf(dimension)}, {(dimension == FigureDimension.User ? "m.username" : "NULL")},
          m.input_tokens, m.output_tokens, m.cached_tokens, m.reasoning_tokens, m.estimated_cost_usd, m.unpriced_tokens, m.user_id, m.session_id
        FROM analytics_messages_view m
        WHERE m.timestamp >= @from AND m.timestamp < @to{Clauses(filter)}
        """;

    private static string Steps(ConversationFilter filter) => $"""
        SELECT s.event_triggered_at, s.agent_name, NULL,
          s.input_tokens, s.output_tokens, s.cached_tokens, s.reasoning_tokens, s.estimated_cost_usd, s.unpriced_tokens, s.user_id,
          (SELECT n.session_id FROM chat_messages n WHERE n.event_id = s.event_id ORDER BY n.id LIMIT 1)
        FROM analytics_agent_steps_view s
        WHERE s.event_triggered_at >= @from AND s.event_triggered_at < @to{(filter.Model is null ? "" : " AND s.model = @model")}
          AND {StepCounts(filter)}
        """;

    private static string KeyOf(FigureDimension dimension) => dimension switch
    {
        FigureDimension.Platform => "m.platform",
        FigureDimension.User => "m.user_id",
        FigureDimension.Model => "m.model",
        FigureDimension.Role => "m.role",
        FigureDimension.Source => "m.app_source",
        _ => "NULL",
    };

    private static string Clauses(ConversationFilter filter) => string.Concat(All(filter).Select(c => "\n  AND " + c));

    private static IEnumerable<string> All(ConversationFilter filter)
    {
        if (filter.Platform is not null) yield return "m.platform = @platform";
        if (filter.UserId is not null) yield return "m.user_id = @user_id";
        if (filter.Username is not null) yield return "m.username = @username";
        if (filter.Model is not null) yield return "m.model = @model";
        if (filter.Visibility is not null) yield return "m.visibility = @visibility";
        if (filter.Archived is { } archived) yield return archived ? "m.is_archived <> 0" : "m.is_archived = 0";
        if (filter.Starred is { } starred) yield return $"{(starred ? "" : "NOT ")}EXISTS (SELECT 1 FROM conversation_annotations a WHERE a.conversation_id = m.session_id AND a.is_starred <> 0)";
        if (filter.HasError is { } error) yield return error ? "m.event_status = 'error'" : "m.event_status IS NOT 'error'";
        if (filter.Q is not null) yield return @"m.content LIKE @q ESCAPE '\'";
    }
}

using System.Data;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>Rows of the live views as figures count them, narrowed down by the clauses that lists use too.</summary>
internal static class FigureSql
{
    /// <summary>Events of a stretch of time.</summary>
    public const string Events = "SELECT e.triggered_at, e.status = 'error', e.duration_ms FROM analytics_events_view e WHERE e.triggered_at >= @from AND e.triggered_at < @to";

    /// <summary>The rows of a dimension, messages or, by agent, steps, under a filter; and the parameters of its conditions.</summary>
    /// <param name="dimension">What they are grouped by.</param>
    /// <param name="filter">Which messages; its own From and To are not used.</param>
    /// <param name="from">Where the widest stretch begins in Unix ms.</param>
    /// <param name="to">Where it ends.</param>
    public static (string Sql, Dictionary<string, object?> Parameters) Rows(FigureDimension dimension, MessageFilter filter, long from, long to)
    {
        var parameters = new Dictionary<string, object?>();
        var open = filter with { From = null, To = null };
        var sql = dimension == FigureDimension.Agent
            ? Steps(StepWhere.OfStep(open, parameters.Add).Concat(StepWhere.OfEvent(open, "s.event_id", "s.event_triggered_at", parameters.Add, from, to)))
            : Messages(dimension, MessageWhere.Clauses(open, parameters.Add, from, to));
        return (sql, parameters);
    }

    /// <summary>Steps that count with an event under the plain filter.</summary>
    public static string StepCounts() => string.Join(" AND ", StepWhere.OfEvent(new MessageFilter(), "s.event_id", "s.event_triggered_at", (_, _) => { }, null, null));

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

    private static string Messages(FigureDimension dimension, IEnumerable<string> clauses) => $"""
        SELECT m.timestamp, {KeyOf(dimension)}, {(dimension == FigureDimension.User ? "m.username" : "NULL")},
          m.input_tokens, m.output_tokens, m.cached_tokens, m.reasoning_tokens, m.estimated_cost_usd, m.unpriced_tokens, m.user_id, m.session_id
        FROM analytics_messages_view m
        WHERE m.timestamp >= @from AND m.timestamp < @to{Joined(clauses)}
        """;

    private static string Steps(IEnumerable<string> clauses) => $"""
        SELECT s.event_triggered_at, s.agent_name, NULL,
          s.input_tokens, s.output_tokens, s.cached_tokens, s.reasoning_tokens, s.estimated_cost_usd, s.unpriced_tokens, s.user_id,
          (SELECT n.session_id FROM chat_messages n WHERE n.event_id = s.event_id ORDER BY n.id LIMIT 1)
        FROM analytics_agent_steps_view s
        WHERE s.event_triggered_at >= @from AND s.event_triggered_at < @to{Joined(clauses)}
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

    private static string Joined(IEnumerable<string> clauses) => string.Concat(clauses.Select(c => "\n  AND " + c));
}

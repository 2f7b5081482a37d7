using Dapper;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>Reads steps and errors of a stretch of time from the view that defines them; the roll-up is filled with it, and what the roll-up lacks is read with it.</summary>
internal static class AgentSourceQueries
{
    /// <summary>The columns of <see cref="AgentErrorRow"/> as agent_errors keeps them.</summary>
    public const string ErrorColumns = "triggered_at, event_id, step_id, agent_name, agent_type, model, user_id, error_type, error_message";

    /// <summary>Every step whose event began in the stretch, in no order.</summary>
    /// <param name="connection">An open transaction.</param>
    /// <param name="from">Unix ms, included.</param>
    /// <param name="to">Unix ms, excluded.</param>
    public static IEnumerable<AgentStep> ReadSteps(SqliteConnection connection, long from, long to)
    {
        using var reader = connection.ExecuteReader(
            """
            SELECT CAST(s.event_triggered_at AS INTEGER), s.agent_name, s.agent_type, s.model, s.price_id, s.is_failed, s.duration_ms,
              s.input_tokens, s.output_tokens, s.cached_tokens, s.reasoning_tokens, s.tool_calls_count, s.estimated_cost_usd, s.unpriced_tokens, s.recorded_cached_tokens
            FROM analytics_agent_steps_view s
            WHERE s.event_triggered_at >= @from AND s.event_triggered_at < @to
            """,
            new { from, to });
        while (reader.Read())
        {
            yield return new AgentStep
            {
                At = reader.GetInt64(0),
                Agent = reader.IsDBNull(1) ? null : reader.GetString(1),
                Type = reader.IsDBNull(2) ? null : reader.GetString(2),
                Model = reader.IsDBNull(3) ? null : reader.GetString(3),
                PriceId = reader.IsDBNull(4) ? null : reader.GetInt64(4),
                IsFailed = reader.GetInt64(5) != 0,
                DurationMs = reader.GetInt64(6),
                Input = reader.GetInt64(7),
                Output = reader.GetInt64(8),
                Cached = reader.GetInt64(9),
                Reasoning = reader.GetInt64(10),
                ToolCalls = reader.GetInt64(11),
                Cost = reader.IsDBNull(12) ? null : reader.GetDouble(12),
                Unpriced = reader.GetInt64(13),
                RecordedCached = reader.GetInt64(14),
            };
        }
    }

    /// <summary>Every failed step, and every failed event without one, of the stretch.</summary>
    /// <remarks>A step can only have failed where its event's text holds the key, or escapes that may spell it: few events have to be taken apart.</remarks>
    public static IEnumerable<AgentErrorRow> ReadErrors(SqliteConnection connection, long from, long to) => connection.Query<AgentErrorRow>(
        """
        SELECT CAST(oe.triggered_at AS INTEGER) AS triggered_at, s.event_id, s.step_id, s.agent_name, s.agent_type, s.model, s.user_id, s.error_type, substr(s.error_message, 1, 2000) AS error_message
        FROM observability_events oe CROSS JOIN analytics_agent_steps_view s ON s.event_id = oe.event_id
        WHERE oe.triggered_at >= @from AND oe.triggered_at < @to AND oe.agents IS NOT NULL
          AND (instr(oe.agents, '"error"') > 0 OR instr(oe.agents, '\u') > 0)
          AND s.is_failed
        UNION ALL
        SELECT CAST(e.triggered_at AS INTEGER), e.event_id, NULL, NULL, NULL, e.model, e.user_id, e.error_type, substr(e.error_message, 1, 2000)
        FROM observability_events e
        WHERE e.status = 'error' AND e.triggered_at >= @from AND e.triggered_at < @to
          AND NOT EXISTS (SELECT 1 FROM analytics_agent_steps_view s WHERE s.event_id = e.event_id AND s.is_failed)
        """,
        new { from, to },
        buffered: false);
}

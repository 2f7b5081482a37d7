using Dapper;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Reads the traces behind some messages, in the transaction that read the messages.</summary>
internal static class TurnTraceQueries
{
    public static Dictionary<string, TurnTrace> Read(SqliteConnection connection, IEnumerable<MessageRow> messages)
    {
        var ids = messages.Select(m => m.EventId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count == 0)
            return [];
        const string eventsSql = "SELECT e.event_id, e.status, e.duration_ms, e.error_message FROM analytics_events_view e WHERE e.event_id IN @ids";
        const string stepsSql = """
            SELECT s.step_id, s.event_id, s.parent_step_id, s.agent_name, s.agent_type, s.sequence, s.duration_ms, s.status, s.input_tokens, s.output_tokens, s.model,
              s.error_type, s.error_message, s.is_failed, s.depth, s.total_tokens
            FROM analytics_agent_steps_view s WHERE s.event_id IN @ids
            """;
        var steps = connection.Query<StepRow>(stepsSql, new { ids }).ToLookup(s => s.EventId, StringComparer.Ordinal);
        return connection.Query<TurnEventRow>(eventsSql, new { ids }).ToDictionary(
            e => e.EventId,
            e => TurnTrace.From(e, StepPath.InOrder(steps[e.EventId], s => s.StepId, s => s.EventId)),
            StringComparer.Ordinal);
    }
}

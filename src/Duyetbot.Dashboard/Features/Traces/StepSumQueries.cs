using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>Adds up the own tokens of the steps that a filter names.</summary>
public sealed class StepSumQueries(Database database)
{
    /// <summary>The steps of the events that the filter leaves, or only the named agent's.</summary>
    public Task<RowSums> GetSumsAsync(EventFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        c =>
        {
            var parameters = new DynamicParameters();
            var events = EventWhere.Build(filter, parameters);
            return c.QuerySingle<RowSums>(
                $"""
                SELECT COUNT(*) AS rows, COALESCE(SUM(s.input_tokens), 0) AS input_tokens, COALESCE(SUM(s.output_tokens), 0) AS output_tokens,
                  COALESCE(SUM(s.cached_tokens), 0) AS cached_tokens, COALESCE(SUM(s.reasoning_tokens), 0) AS reasoning_tokens,
                  COALESCE(SUM(s.unpriced_tokens), 0) AS unpriced_tokens, CAST(COALESCE(SUM(s.estimated_cost_usd), 0) AS REAL) AS priced_usd,
                  COUNT(DISTINCT s.user_id) AS users,
                  COUNT(DISTINCT (SELECT n.session_id FROM chat_messages n WHERE n.event_id = s.event_id ORDER BY n.id LIMIT 1)) AS conversations
                FROM observability_events oe JOIN analytics_agent_steps_view s ON s.event_id = oe.event_id
                WHERE {events} AND {EventWhere.Steps(filter, parameters)}
                """,
                parameters);
        },
        cancellationToken);
}

using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Data.Search;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Overview;

/// <summary>Reads the figures of the overview: messages and events of a range, at one moment.</summary>
public sealed class OverviewQueries(Database database, FigureReader figures, IEnumerable<Rollup> rollups, IEnumerable<DerivedTable> derived)
{
    private const int ManyDirty = 1_000;
    private static readonly MessageFilter Open = new();

    /// <summary>Whether there is any data, and since when.</summary>
    public Task<DataPresence> GetPresenceAsync(CancellationToken cancellationToken) => database.ReadAsync(
        c => new DataPresence(
            c.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM chat_messages) OR EXISTS (SELECT 1 FROM observability_events)") != 0,
            c.QueryFirstOrDefault<long?>("SELECT timestamp FROM chat_messages WHERE timestamp >= 0 AND typeof(timestamp) = 'integer' ORDER BY timestamp LIMIT 1")),
        cancellationToken);

    /// <summary>The messages that are not archived, of the range and, to compare, of the one before.</summary>
    public Task<OverviewFigures> GetFiguresAsync(FigureRange range, Granularity granularity, bool compare, CancellationToken cancellationToken)
    {
        var result = new OverviewFigures(
            new FigureFold(range.Cut(granularity)),
            new FigureFold(range.Cut(granularity)),
            compare ? new FigureFold(range.Previous().Cut(granularity)) : null);
        return database.ReadAsync(
            connection =>
            {
                figures.Fill(connection, FigureDimension.Model, Open, result.ByModel);
                figures.Fill(connection, FigureDimension.Platform, Open, result.ByPlatform);
                if (result.Before is not null)
                    figures.Fill(connection, FigureDimension.Model, Open, result.Before);
                return result;
            },
            cancellationToken);
    }

    /// <summary>The events of the range and, to compare, of the one before.</summary>
    public Task<OverviewEvents> GetEventsAsync(FigureRange range, Granularity granularity, bool compare, CancellationToken cancellationToken)
    {
        var result = new OverviewEvents(new EventSums(range.Cut(granularity)), compare ? new EventSums(range.Previous().Cut(granularity)) : null);
        return database.ReadAsync(
            connection =>
            {
                figures.Fill(connection, result.Now);
                if (result.Before is not null)
                    figures.Fill(connection, result.Before);
                return result;
            },
            cancellationToken);
    }

    /// <summary>The latest failed, the slowest or the dearest traces of the range, the first ones.</summary>
    /// <param name="order">failed, slowest or dearest.</param>
    /// <param name="range">Which time.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<IReadOnlyList<TraceNote>> ListTracesAsync(string order, FigureRange range, int limit, CancellationToken cancellationToken)
    {
        var ids = order switch
        {
            "slowest" => "SELECT event_id FROM observability_events WHERE triggered_at >= @from AND triggered_at < @to AND typeof(duration_ms) IN ('integer', 'real') AND duration_ms BETWEEN 0 AND 1000000000000 ORDER BY duration_ms DESC, id DESC LIMIT @limit",
            "dearest" => "SELECT event_id FROM analytics_events_view WHERE triggered_at >= @from AND triggered_at < @to AND estimated_cost_usd > 0 ORDER BY estimated_cost_usd DESC, id DESC LIMIT @limit",
            _ => "SELECT event_id FROM observability_events WHERE status = 'error' AND triggered_at >= @from AND triggered_at < @to ORDER BY triggered_at DESC, id DESC LIMIT @limit",
        };
        return database.ReadAsync<IReadOnlyList<TraceNote>>(
            connection =>
            {
                var found = connection.Query<string>(ids, new { from = range.From, to = range.To, limit }).AsList();
                var rows = connection.Query<TraceNote>(
                    """
                    SELECT e.event_id, e.app_source, e.event_type, e.user_id, e.username, e.triggered_at, e.duration_ms, e.status,
                      substr(COALESCE(
                        NULLIF(e.error_message, ''),
                        (SELECT s.agent_name || COALESCE(': ' || s.error_message, '') FROM analytics_agent_steps_view s WHERE s.event_id = e.event_id AND s.is_failed LIMIT 1),
                        e.error_type), 1, 300) AS first_error,
                      e.total_tokens, e.estimated_cost_usd, e.unpriced_tokens
                    FROM analytics_events_view e
                    WHERE e.event_id IN @found
                    """,
                    new { found }).ToDictionary(r => r.EventId, StringComparer.Ordinal);
                return [.. found.Where(rows.ContainsKey).Select(id => rows[id])];
            },
            cancellationToken);
    }

    /// <summary>The conversations with the newest messages of the range, newest first; archived messages are passed over.</summary>
    public Task<IReadOnlyList<ConversationNote>> ListConversationsAsync(FigureRange range, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ConversationNote>>(
            connection =>
            {
                var found = new List<string>(limit);
                using (var reader = connection.ExecuteReader(
                    "SELECT session_id FROM chat_messages WHERE timestamp >= @from AND timestamp < @to AND COALESCE(is_archived, 0) = 0 ORDER BY timestamp DESC, id DESC",
                    new { from = range.From, to = range.To }))
                {
                    while (found.Count < limit && reader.Read())
                    {
                        if (reader.GetString(0) is var id && !found.Contains(id))
                            found.Add(id);
                    }
                }

                var rows = connection.Query<ConversationNote>(
                    """
                    SELECT c.conversation_id, c.title,
                      (SELECT substr(m.content, 1, 200) FROM chat_messages m WHERE m.session_id = c.conversation_id AND m.role = 'user' ORDER BY m.sequence, m.id LIMIT 1) AS first_user_message,
                      c.user_id, c.username, c.message_count, c.last_message_at, c.error_count
                    FROM analytics_conversations_view c
                    WHERE c.conversation_id IN @found
                    """,
                    new { found }).ToDictionary(r => r.ConversationId, StringComparer.Ordinal);
                return [.. found.Where(rows.ContainsKey).Select(id => rows[id])];
            },
            cancellationToken);

    /// <summary>The derived tables that are still being built; null when all are ready. Answers are right meanwhile, only slower.</summary>
    public Task<IReadOnlyList<string>?> FindBuildingAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<string>?>(
        connection =>
        {
            var building = rollups.Select(r => r.Derived).Concat(derived).Where(r => r.Table != FigureReader.BuildingName)
                .Where(r => connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM (SELECT 1 FROM {r.DirtyTable} LIMIT {ManyDirty + 1})") > ManyDirty)
                .Select(r => r.Table).ToList();
            if (FigureReader.IsBuilding(connection))
                building.Add(FigureReader.BuildingName);
            if (!SearchIndex.Read(connection).IsComplete)
                building.Add(SearchIndex.Name);
            return building.Count == 0 ? null : building;
        },
        cancellationToken);
}

using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Live;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>Reads lists of events: the page's ids by an index walk first, then the view for those ids.</summary>
public sealed class EventQueries(Database database)
{
    private const string BareColumns = """
        id, event_id, request_id, app_source, event_type, user_id, username, chat_id, repo, triggered_at, completed_at, duration_ms, status, error_type, error_message,
        classification_type, classification_category, classification_complexity, input_tokens, output_tokens, cached_tokens, reasoning_tokens, model, created_at,
        recorded_cached_tokens, total_tokens, conversation_id
        """;

    private const string SummaryColumns = BareColumns + ", agents_kind, has_steps, step_count, error_count, estimated_cost_usd, unpriced_tokens";

    // The view's own definition of a usable count; an absurd one counts as 0.
    private const string TokenSum = """
        (CASE WHEN typeof(oe.input_tokens) = 'integer' AND oe.input_tokens BETWEEN 0 AND 1000000000000 THEN oe.input_tokens ELSE 0 END
         + CASE WHEN typeof(oe.output_tokens) = 'integer' AND oe.output_tokens BETWEEN 0 AND 1000000000000 THEN oe.output_tokens ELSE 0 END)
        """;

    /// <summary>One page of the events that the filter leaves.</summary>
    /// <param name="filter">Which events.</param>
    /// <param name="sort">In which order; where the sort value is unknown, the event comes last in either direction.</param>
    /// <param name="cursor">Where the page begins; null for the first.</param>
    /// <param name="limit">At most so many rows, 1 to 500.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="InvalidParameterException">The cursor belongs to another order.</exception>
    public Task<Page<EventSummaryRow>> ListEventsAsync(EventFilter filter, EventSort sort, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var start = TypedCursor.Read(cursor, sort.ToString());
        return database.ReadAsync(c => List(c, filter, sort, start, limit), cancellationToken);
    }

    /// <summary>One page of the list as people see it: with the agents path and the first error of each event.</summary>
    /// <inheritdoc cref="ListEventsAsync"/>
    public Task<Page<TraceListItem>> ListTracesAsync(EventFilter filter, EventSort sort, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var start = TypedCursor.Read(cursor, sort.ToString());
        return database.ReadAsync(
            c =>
            {
                var page = List(c, filter, sort, start, limit);
                return new Page<TraceListItem>(Items(c, page.Items), page.NextCursor);
            },
            cancellationToken);
    }

    /// <summary>Some rows of the list as they are now, in no order; rows that are gone are left out.</summary>
    public Task<IReadOnlyList<TraceListItem>> ListTracesAsync(IReadOnlyList<long> rowIds, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<TraceListItem>>(c => Items(c, [.. Summaries(c, [.. rowIds]).Values]), cancellationToken);

    /// <summary>The newest events that the filter leaves: what tells whether a list has grown.</summary>
    /// <param name="filter">Which events.</param>
    /// <param name="after">Unix ms; only those triggered later. Null for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<IReadOnlyList<RowMark>> ListNewestAsync(EventFilter filter, long? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RowMark>>(
            c =>
            {
                var parameters = new DynamicParameters();
                var where = EventWhere.Build(filter, parameters);
                parameters.Add("after", after ?? long.MinValue);
                parameters.Add("limit", limit);
                // A time that is text is greater than every number, and no moment.
                return c.Query<Mark>(
                    $"SELECT oe.event_id AS id, CASE WHEN typeof(oe.triggered_at) = 'integer' THEN oe.triggered_at ELSE 0 END AS at FROM observability_events oe WHERE {where} AND oe.triggered_at > @after ORDER BY oe.triggered_at DESC, oe.id DESC LIMIT @limit",
                    parameters).Select(m => new RowMark(m.Id, m.At)).ToList();
            },
            cancellationToken);

    /// <summary>The whole event, or null where there is none of that id.</summary>
    public Task<EventRow?> FindEventAsync(string eventId, CancellationToken cancellationToken) =>
        database.ReadAsync(c => Find(c, eventId), cancellationToken);

    /// <summary>Every event that the filter leaves, page after page, for exports.</summary>
    public async IAsyncEnumerable<EventSummaryRow> StreamEventsAsync(EventFilter filter, EventSort sort, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await ListEventsAsync(filter, sort, cursor, 500, cancellationToken);
            foreach (var row in page.Items)
                yield return row;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    internal static EventRow? Find(SqliteConnection connection, string eventId, bool withTexts = true) =>
        connection.QuerySingleOrDefault<EventRow>(
            $"SELECT {SummaryColumns}, {TextColumns(withTexts)}, agents FROM analytics_events_view WHERE event_id = @eventId",
            new { eventId });

    // Without what follows from the steps, for a caller that has them at hand: their sums, and that agents is an array.
    internal static EventRow FindBare(SqliteConnection connection, string eventId, bool withAgents, bool withTexts) =>
        connection.QuerySingle<EventRow>(
            $"SELECT {BareColumns}, {TextColumns(withTexts)}, {(withAgents ? "agents" : "NULL AS agents")} FROM analytics_events_view WHERE event_id = @eventId",
            new { eventId }) with
        { AgentsKind = "array", HasSteps = true };

    private static string TextColumns(bool withTexts) => withTexts ? "input_text, response_text, metadata" : "NULL AS input_text, NULL AS response_text, NULL AS metadata";

    private static Page<EventSummaryRow> List(SqliteConnection connection, EventFilter filter, EventSort sort, (object? Value, object? Id)? start, int limit)
    {
        var ids = Walk(connection, filter, sort, start, limit + 1);
        var more = ids.Count > limit;
        if (more)
            ids.RemoveAt(limit);
        if (ids.Count == 0)
            return new Page<EventSummaryRow>([], null);
        var rows = Summaries(connection, [.. ids.Select(i => i.Id)]);
        var last = ids[^1];
        return new Page<EventSummaryRow>(
            [.. ids.Where(i => rows.ContainsKey(i.Id)).Select(i => rows[i.Id])],
            more ? TypedCursor.Encode(sort.ToString(), last.Value, last.Id) : null);
    }

    private static List<TraceListItem> Items(SqliteConnection connection, IReadOnlyList<EventSummaryRow> events)
    {
        var steps = connection.Query<StepName>(
            "SELECT event_id, step_id, agent_name, depth, is_failed, error_message FROM analytics_agent_steps_view WHERE event_id IN @ids",
            new { ids = events.Where(e => e.HasSteps).Select(e => e.EventId) }).ToLookup(s => s.EventId);
        return [.. events.Select(e => TraceListItem.From(e, steps[e.EventId]))];
    }

    // Fresh figures are kept; those that are stale are worked out of the steps.
    private static Dictionary<long, EventSummaryRow> Summaries(SqliteConnection connection, List<long> ids)
    {
        var rows = connection.Query<EventSummaryRow>(
            $"""
            SELECT {BareColumns}, agents_kind, has_steps, step_count, error_count, estimated_cost_usd, unpriced_tokens
            FROM (SELECT {BareColumns}, agents_kind FROM analytics_events_view WHERE id IN @ids) JOIN event_figures USING (event_id)
            WHERE event_id NOT IN (SELECT event_id FROM event_figures_dirty)
            """,
            new { ids }).ToDictionary(r => r.Id);
        foreach (var row in connection.Query<EventSummaryRow>($"SELECT {SummaryColumns} FROM analytics_events_view WHERE id IN @ids", new { ids = ids.Where(id => !rows.ContainsKey(id)) }))
            rows.Add(row.Id, row);
        return rows;
    }

    // Two walks: the events whose sort value is known, then the others by id; the cursor of those holds no value.
    private static List<Place> Walk(SqliteConnection connection, EventFilter filter, EventSort sort, (object? Value, object? Id)? start, int count)
    {
        var (from, value, known) = sort.Column switch
        {
            "duration_ms" => ("observability_events oe", "oe.duration_ms", "oe.duration_ms BETWEEN 0 AND 1000000000000"),
            "total_tokens" => ("observability_events oe", TokenSum, "1"),
            "estimated_cost_usd" => (EventFigureQueries.Events, EventFigureQueries.Cost, $"({EventFigureQueries.Cost}) IS NOT NULL"),
            _ => ("observability_events oe", "oe.triggered_at", "1"),
        };
        var (less, direction) = sort.Descending ? ("<", "DESC") : (">", "ASC");
        var parameters = new DynamicParameters();
        var where = EventWhere.Build(filter, parameters);
        parameters.Add("count", count);
        parameters.Add("startId", start?.Id);
        var places = new List<Place>();
        if (start is null or { Value: not null })
        {
            var after = start is null ? "" : $"AND ({value}, oe.id) {less} (@startValue, @startId)";
            parameters.Add("startValue", start?.Value);
            places.AddRange(connection.Query<Place>($"SELECT oe.id, {value} AS value FROM {from} WHERE {where} AND {known} {after} ORDER BY {value} {direction}, oe.id {direction} LIMIT @count", parameters));
            start = null;
        }

        if (known == "1" || places.Count == count)
            return places;
        parameters.Add("count", count - places.Count);
        var rest = start is null ? "" : $"AND oe.id {less} @startId";
        places.AddRange(connection.Query<Place>($"SELECT oe.id, NULL AS value FROM {from} WHERE {where} AND ({known}) IS NOT TRUE {rest} ORDER BY oe.id {direction} LIMIT @count", parameters));
        return places;
    }

    private sealed record Mark
    {
        public string Id { get; init; } = "";

        public long At { get; init; }
    }

    private sealed record Place
    {
        public long Id { get; init; }

        public object? Value { get; init; }
    }
}

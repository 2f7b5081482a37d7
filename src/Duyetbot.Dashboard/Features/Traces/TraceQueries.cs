using System.Security.Cryptography;
using System.Text;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Payload;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The messages of an event, summed.</summary>
public sealed record MessageTotals
{
    public long MessageCount { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public long CachedTokens { get; init; }

    public long ReasoningTokens { get; init; }

    /// <summary>USD; null where no token has a price.</summary>
    public double? EstimatedCostUsd { get; init; }

    public long UnpricedTokens { get; init; }
}

/// <summary>Where an event stands in its conversation.</summary>
public sealed record TraceTurn
{
    public string ConversationId { get; init; } = "";

    public string? MessageId { get; init; }

    /// <summary>The number of the person's message that began it, from 1; 0 where no person's message came before.</summary>
    public long Turn { get; init; }
}

/// <summary>Everything the page of one trace shows at once, as it was at one moment.</summary>
/// <param name="Event">The event.</param>
/// <param name="Steps">Its steps, parents before children, without their JSON.</param>
/// <param name="Messages">Its messages, summed.</param>
/// <param name="Turn">Its place in a conversation, or null.</param>
/// <param name="Check">What of the stored chain is in no step.</param>
public sealed record TraceData(EventRow Event, IReadOnlyList<StepRow> Steps, MessageTotals Messages, TraceTurn? Turn, ChainCheck Check)
{
    /// <summary>What a page holds of the input; null where there is none.</summary>
    public StoredText? Input { get; init; }

    /// <summary>What a page holds of the response; null where there is none.</summary>
    public StoredText? Response { get; init; }
}

/// <summary>A text of an event or a step that may be long.</summary>
public enum TracePart
{
    /// <summary>What the event was asked.</summary>
    Input,

    /// <summary>What it answered.</summary>
    Response,

    /// <summary>The JSON of one step.</summary>
    Step,
}

/// <summary>A step with what only its own pane shows.</summary>
/// <param name="Step">The step; its JSON cut to what <paramref name="Json"/> holds.</param>
/// <param name="Price">The price row that its cost was computed with; null where there is none.</param>
/// <param name="Json">What a page holds of its JSON.</param>
/// <param name="Keys">The keys of its JSON.</param>
public sealed record StepData(StepRow Step, PriceRow? Price, StoredText? Json, int Keys);

/// <summary>Reads one trace.</summary>
public sealed class TraceQueries(Database database)
{
    // The JSON of a parent holds its children's, so for a deep tree it is read for one step at a time.
    private const string StepColumns = """
        step_id, event_id, message_id, parent_step_id, agent_name, agent_type, sequence, started_at, completed_at, duration_ms, queue_time_ms, status,
        input_tokens, output_tokens, cached_tokens, reasoning_tokens, model, tools_used, tool_calls_count, error_type, error_message, retry_count, metadata, created_at,
        is_failed, depth, recorded_started_at, total_tokens, model_source, event_triggered_at, app_source, user_id, price_id, estimated_cost_usd, unpriced_tokens, recorded_cached_tokens
        """;

    // What the tree needs. The view works every column out of the JSON anew, so for ten thousand steps each one counts;
    // sums and costs follow from these.
    private const string TreeColumns = """
        step_id, event_id, parent_step_id, agent_name, agent_type, duration_ms, input_tokens, output_tokens, cached_tokens, reasoning_tokens, recorded_cached_tokens,
        model, tools_used, error_message, is_failed, depth, recorded_started_at, price_id
        """;

    /// <summary>The event with its steps and the totals of its messages; null where there is no such event.</summary>
    /// <remarks>Where there are steps, their JSON is left out, and of long texts there is the begin: a tab would hold the rest for nothing.</remarks>
    public Task<TraceData?> FindTraceAsync(string eventId, CancellationToken cancellationToken) => FindAsync(eventId, false, false, cancellationToken);

    /// <summary>As <see cref="FindTraceAsync"/>, with the whole input and response, to compare them.</summary>
    public Task<TraceData?> FindTraceWithTextsAsync(string eventId, CancellationToken cancellationToken) => FindAsync(eventId, false, true, cancellationToken);

    /// <summary>As <see cref="FindTraceAsync"/>, with the whole texts and the JSON of the steps.</summary>
    public Task<TraceData?> FindWholeTraceAsync(string eventId, CancellationToken cancellationToken) => FindAsync(eventId, true, true, cancellationToken);

    /// <summary>A long text whole; null where it is gone, or longer than a page can show.</summary>
    public Task<string?> FindPartAsync(string eventId, string? stepId, TracePart part, CancellationToken cancellationToken) => database.ReadAsync(
        c => part == TracePart.Step
            ? StepJson(c, eventId, stepId) is { Length: <= StoredText.AsLines } json ? json : null
            : StoredTexts.FindWhole(c, Column(part), eventId),
        cancellationToken);

    /// <summary>The places of a text in a long one; null where that is gone.</summary>
    public Task<TextHits?> FindHitsAsync(string eventId, string? stepId, TracePart part, string find, CancellationToken cancellationToken) => database.ReadAsync(
        c => part != TracePart.Step
            ? StoredTexts.FindHits(c, Column(part), eventId, find, cancellationToken)
            : StepJson(c, eventId, stepId) is { } json ? TextHits.From(new StringReader(json), find, () => !cancellationToken.IsCancellationRequested) : null,
        cancellationToken);

    /// <summary>The steps of an event, parents before children, each with its JSON.</summary>
    /// <exception cref="NotFoundException">There is no such event.</exception>
    public Task<IReadOnlyList<StepRow>> GetStepsAsync(string eventId, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<StepRow>>(
        c =>
        {
            Require(c, eventId);
            return Steps(c, eventId, StepColumns + ", step_json");
        },
        cancellationToken);

    /// <summary>One step with its JSON and its price; null where the event has no such step.</summary>
    public Task<StepData?> FindStepAsync(string eventId, string stepId, CancellationToken cancellationToken) => database.ReadAsync(
        c =>
        {
            var step = c.QuerySingleOrDefault<StepRow>(
                $"SELECT {StepColumns}, step_json FROM analytics_agent_steps_view WHERE event_id = @eventId AND step_id = @stepId",
                new { eventId, stepId });
            if (step is null)
                return null;
            var json = step.StepJson is null ? null : StoredText.HeadOf(step.StepJson, StoredText.OnRequest);
            var keys = step.StepJson is not null && JsonRows.Read(step.StepJson) is { Count: > 0 } rows ? rows[0].Children : 0;
            return new StepData(step with { StepJson = json?.Text }, Prices(c, [step]).Values.SingleOrDefault(), json, keys);
        },
        cancellationToken);

    /// <summary>A word that is another one as soon as the event's row is; null where there is no such event.</summary>
    public Task<string?> FindRowMarkAsync(string eventId, CancellationToken cancellationToken) => database.ReadAsync(
        c =>
        {
            const string sql = """
                SELECT quote(status) || quote(completed_at) || quote(duration_ms) || quote(error_message) || quote(input_tokens) || quote(output_tokens) || quote(model)
                  || quote(classification_type) || quote(response_text) || quote(agents) FROM observability_events WHERE event_id = @eventId
                """;
            return c.ExecuteScalar<string?>(sql, new { eventId }) is { } row ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(row))) : null;
        },
        cancellationToken);

    /// <summary>The ledger of an event.</summary>
    /// <exception cref="NotFoundException">There is no such event.</exception>
    public Task<TraceLedger> GetLedgerAsync(string eventId, CancellationToken cancellationToken) => database.ReadAsync(
        c =>
        {
            var (row, steps) = FindWithTree(c, eventId, false, false) ?? throw Unknown(eventId);
            return TraceLedger.From(row, steps, Messages(c, eventId));
        },
        cancellationToken);

    /// <summary>What to answer where an id names no event.</summary>
    public static NotFoundException Unknown(string eventId) => new($"There is no event {eventId}.");

    private static StoredColumn Column(TracePart part) => part == TracePart.Input ? StoredColumn.EventInput : StoredColumn.EventResponse;

    private static string? StepJson(SqliteConnection connection, string eventId, string? stepId) =>
        connection.QueryFirstOrDefault<string?>("SELECT step_json FROM analytics_agent_steps_view WHERE event_id = @eventId AND step_id = @stepId", new { eventId, stepId });

    private Task<TraceData?> FindAsync(string eventId, bool withAgents, bool withTexts, CancellationToken cancellationToken) => database.ReadAsync(
        c =>
        {
            if (FindWithTree(c, eventId, true, withTexts) is not var (row, steps))
                return null;
            var check = ChainCheck.From(row.Agents);
            // Where it is steps, the JSON is as long as all of them together, and an open page would hold it for nothing.
            var shown = withAgents || steps.Count == 0 ? row : row with { Agents = null };
            if (withTexts)
                return new TraceData(shown, steps, Messages(c, eventId), Turn(c, eventId), check);
            var (input, response) = (StoredTexts.FindHead(c, StoredColumn.EventInput, eventId), StoredTexts.FindHead(c, StoredColumn.EventResponse, eventId));
            shown = shown with { InputText = input?.Text, ResponseText = response?.Text };
            return new TraceData(shown, steps, Messages(c, eventId), Turn(c, eventId), check) { Input = input, Response = response };
        },
        cancellationToken);

    private static void Require(SqliteConnection connection, string eventId)
    {
        if (connection.ExecuteScalar<long>("SELECT COUNT(*) FROM observability_events WHERE event_id = @eventId", new { eventId }) == 0)
            throw Unknown(eventId);
    }

    // Over the steps at hand instead of by the view's subqueries, which would each read all steps once more.
    private static (EventRow Row, List<StepRow> Steps)? FindWithTree(SqliteConnection connection, string eventId, bool withAgents, bool withTexts)
    {
        var steps = Steps(connection, eventId, TreeColumns);
        if (steps.Count == 0)
            return EventQueries.Find(connection, eventId, withTexts) is { } bare ? (bare, steps) : null;
        var prices = Prices(connection, steps);
        steps = [.. steps.Select(s => StepCost.Fill(s, s.PriceId is { } id ? prices.GetValueOrDefault(id) : null))];
        var totals = LedgerTotals.Of(steps);
        var row = EventQueries.FindBare(connection, eventId, withAgents, withTexts) with
        {
            StepCount = steps.Count,
            ErrorCount = steps.Count(s => s.IsFailed),
            EstimatedCostUsd = totals.EstimatedCostUsd,
            UnpricedTokens = totals.UnpricedTokens,
        };
        return (row, steps);
    }

    private static Dictionary<long, PriceRow> Prices(SqliteConnection connection, IEnumerable<StepRow> steps) => connection.Query<PriceRow>(
        "SELECT id, model, provider, input_price, cached_price, output_price, reasoning_price, cached_in_input, effective_from, effective_to FROM analytics_prices_view WHERE id IN @ids",
        new { ids = steps.Select(s => s.PriceId).OfType<long>().Distinct() }).ToDictionary(p => p.Id);

    private static List<StepRow> Steps(SqliteConnection connection, string eventId, string columns) => StepPath.InOrder(
        connection.Query<StepRow>($"SELECT {columns} FROM analytics_agent_steps_view WHERE event_id = @eventId", new { eventId }),
        s => s.StepId,
        s => s.EventId);

    private static MessageTotals Messages(SqliteConnection connection, string eventId) => connection.QuerySingle<MessageTotals>(
        """
        SELECT
          COUNT(*) AS message_count,
          COALESCE(SUM(input_tokens), 0) AS input_tokens, COALESCE(SUM(output_tokens), 0) AS output_tokens,
          COALESCE(SUM(cached_tokens), 0) AS cached_tokens, COALESCE(SUM(reasoning_tokens), 0) AS reasoning_tokens,
          CASE WHEN COUNT(estimated_cost_usd) = SUM(total_tokens = 0) AND SUM(unpriced_tokens) > 0 THEN NULL ELSE SUM(estimated_cost_usd) END AS estimated_cost_usd,
          COALESCE(SUM(unpriced_tokens), 0) AS unpriced_tokens
        FROM analytics_messages_view WHERE event_id = @eventId
        """,
        new { eventId });

    private static TraceTurn? Turn(SqliteConnection connection, string eventId) => connection.QuerySingleOrDefault<TraceTurn>(
        """
        SELECT m.session_id AS conversation_id, m.message_id,
          (SELECT COUNT(*) FROM chat_messages u WHERE u.session_id = m.session_id AND u.role = 'user' AND u.sequence <= m.sequence) AS turn
        FROM chat_messages m WHERE m.event_id = @eventId ORDER BY m.id LIMIT 1
        """,
        new { eventId });
}

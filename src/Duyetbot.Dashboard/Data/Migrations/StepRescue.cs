using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>Moves <c>analytics_agent_steps</c> to <c>observability_events.agents</c>.</summary>
/// <remarks>
/// An event without a readable chain gets one, built from its steps; the unreadable text is kept. An event that does not exist is made from its steps.
/// Where the event has a chain, a step with the same name and figures is the same step; any other is kept under the event's metadata.
/// </remarks>
internal sealed class StepRescue(SqliteConnection connection, LegacyTable table)
{
    // As the steps view reads a chain: elements of the root array and of arrays at "workers", at any depth.
    private const string Tree =
        """
        FROM json_tree(@agents) WHERE type = 'object' AND fullkey GLOB '$[[]*]' AND trim(replace(path, '].workers', ']'), '$[]0123456789') = ''
        """;

    private long _matched;
    private long _inserted;
    private long _kept;

    /// <summary>Moves, checks and empties the table.</summary>
    public RescueCount Run()
    {
        var rows = connection.Count("SELECT COUNT(*) FROM analytics_agent_steps");
        var sequence = table.Columns.Contains("sequence") ? "sequence" : "rowid";
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT rowid, {string.Join(", ", table.Columns.Select(Sql.Quote))} FROM analytics_agent_steps ORDER BY event_id, {sequence}, rowid";
        using (var reader = command.ExecuteReader())
        {
            var steps = new List<LegacyStep>();
            while (reader.Read())
            {
                var step = LegacyStep.Read(reader, table.Columns);
                if (steps.Count > 0 && steps[0].EventId != step.EventId)
                {
                    Move(steps);
                    steps = [];
                }

                steps.Add(step);
            }

            if (steps.Count > 0)
                Move(steps);
        }

        if (_matched + _inserted + _kept == rows)
            connection.Run("DELETE FROM analytics_agent_steps");
        return new RescueCount(table.Name, rows, _matched, _inserted, _kept);
    }

    private void Move(List<LegacyStep> steps)
    {
        var id = steps[0].EventId;
        var kind = connection.Text(
            """
            SELECT CASE
              WHEN agents IS NULL THEN 'none'
              WHEN typeof(agents) <> 'text' OR NOT json_valid(agents) THEN 'unreadable'
              WHEN json_type(agents) <> 'array' THEN 'unreadable'
              WHEN agents = '[]' OR json_array_length(agents) = 0 THEN 'none'
              WHEN EXISTS (SELECT 1 FROM json_each(agents) WHERE type = 'object') THEN 'chain'
              ELSE 'unreadable' END
            FROM observability_events WHERE event_id = @id
            """,
            ("@id", id));
        if (kind == "chain")
            Compare(id, steps);
        else
            Build(id, steps, exists: kind is not null);
    }

    private void Build(string id, List<LegacyStep> steps, bool exists)
    {
        var chain = StepChain.From(steps);
        if (!exists)
            Create(id, steps);
        connection.Run(
            $"""
            UPDATE observability_events SET agents = @chain,
              metadata = {LegacyJson.Merge("metadata", LegacyJson.Object([("agents", "NULLIF(agents, '[]')")]))}
            WHERE event_id = @id
            """,
            ("@chain", chain), ("@id", id));
        var there = connection.Count($"SELECT COUNT(*) {Tree}", ("@agents", chain));
        LegacyRescue.Require(there == steps.Count, $"event {id} had {steps.Count} rows of analytics_agent_steps and its chain has {there} steps");
        _inserted += steps.Count;
    }

    private void Create(string id, List<LegacyStep> steps)
    {
        var start = steps.Min(s => s.Whole("started_at") ?? s.Whole("created_at") ?? 0);
        var end = steps.Max(s => s.Whole("completed_at"));
        connection.Run(
            """
            INSERT INTO observability_events(event_id, app_source, event_type, triggered_at, completed_at, duration_ms, status, input_tokens, output_tokens, total_tokens, cached_tokens, reasoning_tokens, model, metadata)
            VALUES (@id, 'legacy', 'legacy', @start, @end, @duration, @status, @input, @output, @total, @cached, @reasoning, @model, '{"legacy":{"created_from":"analytics_agent_steps"}}')
            """,
            ("@id", id),
            ("@start", start),
            ("@end", end),
            ("@duration", end >= start ? end - start : null),
            ("@status", steps.Exists(s => s.IsFailed) ? "error" : "success"),
            ("@input", Sum(steps, "input_tokens")),
            ("@output", Sum(steps, "output_tokens")),
            ("@total", Sum(steps, "input_tokens") + Sum(steps, "output_tokens")),
            ("@cached", Sum(steps, "cached_tokens")),
            ("@reasoning", Sum(steps, "reasoning_tokens")),
            ("@model", steps.ConvertAll(s => s.Value("model") as string).Find(m => m is not null)));
    }

    /// <summary>The sum as the views count: absurd counts are 0.</summary>
    private static long Sum(List<LegacyStep> steps, string column) => steps.Sum(s => s.Whole(column) is { } count and >= 0 and <= 1_000_000_000_000 ? count : 0);

    private void Compare(string id, List<LegacyStep> steps)
    {
        var there = connection.All(
            $"""
            SELECT CAST(json_extract(value, '$.name') AS TEXT), CAST(json_extract(value, '$.duration_ms') AS TEXT),
              CAST(json_extract(value, '$.input_tokens') AS TEXT), CAST(json_extract(value, '$.output_tokens') AS TEXT)
            {Tree.Replace("@agents", "(SELECT agents FROM observability_events WHERE event_id = @id)", StringComparison.Ordinal)}
            """,
            r => (Or(r, 0, ""), Or(r, 1, "0"), Or(r, 2, "0"), Or(r, 3, "0")),
            ("@id", id));
        var unknown = steps.FindAll(s => !there.Remove((s.Said("agent_name", ""), s.Said("duration_ms", "0"), s.Said("input_tokens", "0"), s.Said("output_tokens", "0"))));
        _matched += steps.Count - unknown.Count;
        _kept += unknown.Count;
        if (unknown.Count == 0)
            return;
        connection.Run(
            $"UPDATE observability_events SET metadata = {LegacyJson.Merge("metadata", "json_object('steps', json(@steps))")} WHERE event_id = @id",
            ("@steps", StepChain.Whole(unknown)), ("@id", id));
    }

    private static string Or(SqliteDataReader reader, int column, string fallback) => reader.IsDBNull(column) ? fallback : reader.GetString(column);
}

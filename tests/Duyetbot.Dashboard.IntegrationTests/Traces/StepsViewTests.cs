using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Traces;

/// <summary>The view against a plain walk of the same JSON, over made-up chains that hold every wrong value at every key.</summary>
public sealed class StepsViewTests : IDisposable
{
    private const long Most = 1_000_000_000_000;
    private const string EventModel = "event-model";

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "7", "1200", "1000000000000", "1000000000001", "9223372036854775807", "9223372036854775808",
        "1.5", "0.0", "1e3", "-2.5", "\"\"", "\"12\"", "\"say \\\"hi\\\" <b>\"", "\"\\u0416\\ud83d\\ude00 ü\"", "[]", "[1,\"a\"]", "{}", "{\"a\":[{\"name\":\"no step\"}]}",
    ];

    private static readonly Dictionary<string, string[]> Likely = new()
    {
        ["name"] = ["\"router\"", "\"sql-analyst\""],
        ["type"] = ["\"agent\"", "\"tool\""],
        ["duration_ms"] = ["350", "12.6"],
        ["started_at"] = ["1795435200123", "\"2026-11-23T12:00:01.500Z\"", "\"no date\"", "1795435200123.75"],
        ["input_tokens"] = ["900", "40"],
        ["cached_tokens"] = ["30", "800"],
        ["output_tokens"] = ["70", "5"],
        ["reasoning_tokens"] = ["6", "60"],
        ["model"] = ["\"m1\"", "\"x/m1\"", "\"x/y/m1:free\"", "\"m1-2025-08-07\"", "\"m1@20250807\"", "\"m1:beta\"", "\":m1\"", "\"m17\"", "\"unknown-12\"", "\"/\"", "\"dated/m1-20250807\"", "\"z/m17\""],
        ["tools"] = ["[\"web.search\"]"],
        ["tool_calls"] = ["3"],
        ["error"] = ["\"timeout\"", "{\"type\":\"T\",\"message\":\"m\"}", "{\"name\":5,\"message\":null}", "{\"code\":429.5}", "[\"e\"]"],
    };

    private readonly TestDatabase _database = new();
    private readonly Dictionary<string, (long Id, double In, double Cached, double Out, double Reasoning, bool CachedInInput)> _prices = [];

    public StepsViewTests()
    {
        _database.GivenPrice("m1", 1, 2, cached: 0.25, to: TestDatabase.Now - 10);
        _database.GivenPrice("m1", 3, 4, reasoning: 5, from: TestDatabase.Now - 10);
        _database.GivenPrice("m1", 90, 90, from: TestDatabase.Now + 1);
        _database.GivenPrice("m17", 7, 8, cached: 1, cachedInInput: false);
        _database.GivenPrice("event-model", 11, 12);
        _database.GivenPrice("dated/m1", 13, 14);
        _prices["m1"] = (2, 3, 3, 4, 5, true);
        _prices["m17"] = (4, 7, 1, 8, 8, false);
        _prices[EventModel] = (5, 11, 11, 12, 12, true);
        _prices["dated/m1"] = (6, 13, 13, 14, 14, true);
    }

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void View_OfRandomChains_IsThePlainWalkOfTheirJson(int seed)
    {
        var random = new Random(seed);
        var steps = 0;
        for (var i = 0; i < 50; i++)
        {
            var agents = Array(random, 0);
            var eventId = _database.GivenEvent($"e-{seed}-{i}.0", status: "processing", durationMs: 5_000L, agents: agents, model: i % 3 == 0 ? null : EventModel, user: "7");
            steps += AssertIsTheWalk(eventId, agents);
        }

        Assert.InRange(steps, 300, 1_000_000);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[{\"name\":\"cut\"")]
    [InlineData("{\"name\":\"no array\",\"workers\":[{\"name\":\"w\"}]}")]
    [InlineData("\"[{}]\"")]
    [InlineData("null")]
    [InlineData("")]
    public void View_OfWhatIsNoArray_HasNoRow(string agents) =>
        Assert.Empty(Rows(_database.GivenEvent(agents: agents)));

    // Elements of an array that lies in an array are no steps: only the root array and workers hold some.
    [Theory]
    [InlineData("[[{\"name\":\"no\"}],{\"name\":\"yes\"}]", "1")]
    [InlineData("[{\"workers\":[[{\"name\":\"no\"}],{}]}]", "0", "0.1")]
    [InlineData("[[{\"workers\":[{}]}]]")]
    [InlineData("[{\"workers\":{\"0\":{}}},{\"agents\":[{}],\"x].workers\":[{}]}]", "0", "1")]
    public void View_OfOddNesting_HasOnlyTheStepsOfTheRootAndOfWorkers(string agents, params string[] paths)
    {
        var eventId = _database.GivenEvent(agents: agents);

        Assert.Equal(paths.Select(p => $"{eventId}-{p}"), Rows(eventId).Select(r => r.StepId));
        AssertIsTheWalk(eventId, agents);
    }

    [Fact]
    public void View_OfFourHundredLevels_HasThemAll()
    {
        const int levels = 400;
        var agents = "[" + string.Concat(Enumerable.Repeat("{\"input_tokens\":1,\"workers\":[", levels - 1)) + "{\"name\":\"last\"}" + string.Concat(Enumerable.Repeat("]}", levels - 1)) + "]";

        Assert.Equal(levels, AssertIsTheWalk(_database.GivenEvent(agents: agents), agents));
    }

    [Theory]
    [InlineData("SELECT e.id, (SELECT SUM(s.estimated_cost_usd) FROM analytics_agent_steps_view s WHERE s.event_id = e.event_id) FROM chat_messages e WHERE e.id = 5")]
    [InlineData("SELECT s.step_id, s.price_id FROM analytics_agent_steps_view s WHERE s.event_id IN ('a', 'b')")]
    [InlineData("SELECT e.step_count, e.error_count, e.estimated_cost_usd FROM analytics_events_view e WHERE e.event_id = 'a'")]
    [InlineData("SELECT s.agent_name FROM chat_messages m JOIN analytics_agent_steps_view s ON s.event_id = m.event_id WHERE m.id = 5")]
    public void Plan_OfTheStepsOfSomeEvents_SearchesTheEventIndex(string sql)
    {
        var plan = _database.Connection.Query("EXPLAIN QUERY PLAN " + sql).Select(r => (string)r.detail).ToList();

        Assert.Contains(plan, p => p.StartsWith("SEARCH oe USING INDEX", StringComparison.Ordinal) && p.Contains("(event_id=?)", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, p => p.StartsWith("SCAN oe", StringComparison.Ordinal) || p.Contains("MATERIALIZE", StringComparison.Ordinal) || p.Contains("AUTOMATIC", StringComparison.Ordinal));
    }

    private int AssertIsTheWalk(string eventId, string agents)
    {
        using var json = JsonDocument.Parse(agents, new JsonDocumentOptions { MaxDepth = 1_000 });
        var expected = new List<StepRow>();
        var of = _database.Connection.QuerySingle<EventRow>("SELECT event_id, status, completed_at, user_id, model FROM observability_events WHERE event_id = @eventId", new { eventId });
        Walk(json.RootElement, of, null, 0, expected);
        var rows = Rows(eventId);

        Assert.Equal(expected.Select(s => s.StepId), rows.Select(r => r.StepId));
        foreach (var (want, row) in expected.Zip(rows))
        {
            Assert.True(Math.Abs((want.EstimatedCostUsd ?? -1) - (row.EstimatedCostUsd ?? -1)) <= 1e-9 * Math.Max(1, want.EstimatedCostUsd ?? 0), $"{row.StepId}: {want.EstimatedCostUsd} USD expected, {row.EstimatedCostUsd} found, in {row.StepJson}");
            Assert.Equal(want, row with { EstimatedCostUsd = want.EstimatedCostUsd });
        }

        return rows.Count;
    }

    private List<StepRow> Rows(string eventId) =>
        [.. _database.Connection.Query<StepRow>($"SELECT {RowColumns.Step} FROM analytics_agent_steps_view s WHERE s.event_id = @eventId", new { eventId }).Select(r => r with { CreatedAt = null })];

    private void Walk(JsonElement array, EventRow of, string? parent, int depth, List<StepRow> steps)
    {
        var at = -1;
        foreach (var element in array.EnumerateArray())
        {
            at++;
            if (element.ValueKind != JsonValueKind.Object)
                continue;
            var id = parent is null ? $"{of.EventId}-{at}" : $"{parent}.{at}";
            steps.Add(Step(element, of, id, parent, at, depth));
            foreach (var workers in element.EnumerateObject().Where(p => p.Name == "workers" && p.Value.ValueKind == JsonValueKind.Array))
                Walk(workers.Value, of, id, depth + 1, steps);
        }
    }

    private StepRow Step(JsonElement e, EventRow of, string id, string? parent, int sequence, int depth)
    {
        var input = Count(Get(e, "input_tokens"));
        var output = Count(Get(e, "output_tokens"));
        var recordedCached = Count(Get(e, "cached_tokens"));
        var cached = Math.Min(input, recordedCached);
        var reasoning = Math.Min(output, Count(Get(e, "reasoning_tokens")));
        var ownModel = Text(Get(e, "model"));
        var model = ownModel ?? of.Model;
        var duration = Number(Get(e, "duration_ms")) is >= 0 and <= Most and var ms ? (long)Math.Round(ms, MidpointRounding.AwayFromZero) : 0;
        var start = Moment(Get(e, "started_at"));
        var error = Get(e, "error");
        var failed = error?.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.Array or JsonValueKind.Object => true,
            JsonValueKind.String => error.Value.GetString() != "",
            JsonValueKind.Number => error.Value.GetDouble() != 0,
            _ => false,
        };
        var price = model is null ? null : PriceOf(model);
        return new StepRow
        {
            StepId = id,
            EventId = of.EventId,
            ParentStepId = parent,
            AgentName = Text(Get(e, "name")),
            AgentType = Text(Get(e, "type")) ?? (parent is null ? "agent" : "worker"),
            Sequence = sequence,
            StartedAt = start ?? TestDatabase.Now,
            // A sum past 64 bits becomes a real number in SQLite, which rows cut at this.
            CompletedAt = start is null ? of.CompletedAt : start > long.MaxValue - duration ? 9_200_000_000_000_000_000 : start + duration,
            DurationMs = duration,
            Status = failed ? "error" : of.Status,
            InputTokens = input,
            OutputTokens = output,
            CachedTokens = cached,
            RecordedCachedTokens = recordedCached,
            ReasoningTokens = reasoning,
            Model = model,
            ModelSource = ownModel is not null ? "step" : of.Model is not null ? "event" : null,
            // The view hands a number on as it is; the row makes text of it.
            ToolsUsed = Get(e, "tools") is { ValueKind: JsonValueKind.Number } tools && !(IsWhole(tools) && tools.TryGetInt64(out _))
                ? tools.GetDouble().ToString(CultureInfo.InvariantCulture)
                : Text(Get(e, "tools")),
            ToolCallsCount = Count(Get(e, "tool_calls")),
            IsFailed = failed,
            ErrorType = error is { ValueKind: JsonValueKind.Object } o ? Text(Get(o, "type")) ?? Text(Get(o, "name")) ?? Text(Get(o, "code")) : null,
            ErrorMessage = error switch
            {
                { ValueKind: JsonValueKind.Object } x => Text(Get(x, "message")) ?? x.GetRawText(),
                { ValueKind: JsonValueKind.True } => "failed",
                { ValueKind: JsonValueKind.False } => null,
                { ValueKind: JsonValueKind.Number } n when n.TryGetInt64(out var whole) && whole == 0 => null,
                var x => Text(x) is { Length: > 0 } text ? text : null,
            },
            Depth = depth,
            RecordedStartedAt = start,
            TotalTokens = input + output,
            StepJson = e.GetRawText(),
            EventTriggeredAt = TestDatabase.Now,
            AppSource = "telegram-webhook",
            UserId = of.UserId,
            PriceId = price?.Id,
            UnpricedTokens = price is null ? input + output : 0,
            EstimatedCostUsd = price is not { } p ? (input + output == 0 ? 0 : null)
                : (((p.CachedInInput ? input - cached : input) * p.In) + ((p.CachedInInput ? cached : recordedCached) * p.Cached) + ((output - reasoning) * p.Out) + (reasoning * p.Reasoning)) / 1_000,
        };
    }

    // DATA.md 5: the exact name, else the longest of the name without tag and date, without a provider prefix, without all of them.
    private (long Id, double In, double Cached, double Out, double Reasoning, bool CachedInInput)? PriceOf(string model)
    {
        var whole = model[(model.LastIndexOf('/') + 1)..];
        var name = whole.IndexOf(':') is > 0 and var tag ? whole[..tag] : whole;
        foreach (var (length, format) in new[] { (11, "-yyyy-MM-dd"), (9, "-yyyyMMdd"), (9, "'@'yyyyMMdd") })
        {
            if (name.Length > length && DateTime.TryParseExact(name[^length..], format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                name = name[..^length];
                break;
            }
        }

        foreach (var candidate in new[] { model[..^whole.Length] + name, whole, name }.OrderByDescending(n => n.Length).Prepend(model))
        {
            if (_prices.TryGetValue(candidate, out var price))
                return price;
        }

        return null;
    }

    // SQLite takes the first of equal keys.
    private static JsonElement? Get(JsonElement e, string name)
    {
        foreach (var property in e.EnumerateObject())
        {
            if (property.Name == name)
                return property.Value;
        }

        return null;
    }

    // Numbers as SQLite reads them; true is 1 and false 0.
    private static double? Number(JsonElement? e) => e?.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.Number => e.Value.GetDouble(),
        _ => null,
    };

    private static long Count(JsonElement? e) => e?.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.Number when e.Value.TryGetInt64(out var whole) && whole is >= 0 and <= Most && IsWhole(e.Value) => whole,
        _ => 0,
    };

    private static bool IsWhole(JsonElement e) => e.GetRawText().AsSpan().IndexOfAny(".eE") < 0;

    private static string? Text(JsonElement? e) => e?.ValueKind switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.String => e.Value.GetString(),
        JsonValueKind.Number when IsWhole(e.Value) && e.Value.TryGetInt64(out var whole) => whole.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Number => Real(e.Value.GetDouble()),
        _ => e.Value.GetRawText(),
    };

    private static string Real(double value) => value > 1e15 ? "9.2233720368547758e+18" : value.ToString("0.0###", CultureInfo.InvariantCulture);

    private static long? Moment(JsonElement? e) => e switch
    {
        { ValueKind: JsonValueKind.String } s => s.GetString() switch
        {
            // A lone number is a Julian day to SQLite.
            "12" => (long)Math.Round((12 - 2_440_587.5) * 86_400_000),
            var text when text!.Length > 10 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var moment) => moment.ToUnixTimeMilliseconds(),
            _ => null,
        },
        _ when Number(e) is { } number => number >= 9.2e18 ? long.MaxValue : (long)number,
        _ => null,
    };

    private static string Array(Random random, int depth)
    {
        var parts = new List<string>();
        for (var i = random.Next(depth == 0 ? 1 : 0, 6); i >= 0; i--)
            parts.Add(random.Next(8) == 0 ? Values[random.Next(Values.Length)] : Element(random, depth));
        return $"[{string.Join(',', parts)}]";
    }

    private static string Element(Random random, int depth)
    {
        var text = new StringBuilder();
        void Add(string key, string value) => text.Append(text.Length == 0 ? "" : ",").Append('"').Append(key).Append("\":").Append(value);
        foreach (var (key, likely) in Likely.OrderBy(_ => random.Next()))
        {
            if (random.Next(5) > 0)
                Add(key, random.Next(3) == 0 ? Values[random.Next(Values.Length)] : likely[random.Next(likely.Length)]);
            if (random.Next(30) == 0)
                Add(key, "\"second of its key\"");
            if (random.Next(40) == 0)
                Add("workers", Values[random.Next(Values.Length)]);
            if (depth < 5 && random.Next(40) == 0)
                Add("workers", Array(random, depth + 1));
            if (random.Next(40) == 0)
                Add("agents", Array(random, 5));
        }

        return $"{{{text}}}";
    }
}

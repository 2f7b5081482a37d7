using System.Text.Json;
using System.Text.Json.Nodes;

namespace Duyetbot.Dashboard.IntegrationTests.Agents;

/// <summary>What a test inserted as one step, to be summed plainly.</summary>
internal sealed record AgentSample(long At, string Agent, string? Model, string? Error, long DurationMs, long Input, long Output, long Cached, long Reasoning, long Tools, string? User, string EventId)
{
    /// <summary>The step as the bot writes it.</summary>
    public JsonObject ToJson(string type) => new()
    {
        ["name"] = Agent,
        ["type"] = type,
        ["model"] = Model,
        ["error"] = Error,
        ["duration_ms"] = DurationMs,
        ["input_tokens"] = Input,
        ["output_tokens"] = Output,
        ["cached_tokens"] = Cached,
        ["reasoning_tokens"] = Reasoning,
        ["tool_calls"] = Tools,
    };
}

/// <summary>Plain sums over samples.</summary>
internal static class AgentPlain
{
    /// <summary>The value that at least that share does not exceed, by counting.</summary>
    public static long? NearestRank(IEnumerable<AgentSample> samples, double share)
    {
        var all = samples.Select(s => s.DurationMs).Where(ms => ms > 0).Order().ToList();
        foreach (var value in all)
        {
            if (all.Count(v => v <= value) >= share * all.Count - 1e-9)
                return value;
        }

        return null;
    }

    /// <summary>The answer's figures against the samples.</summary>
    public static void AssertFigures(IReadOnlyList<AgentSample> mine, Func<AgentSample, double?> cost, JsonElement figures)
    {
        var timed = mine.Where(s => s.DurationMs > 0).ToList();
        Assert.Equal(mine.Count, figures.GetProperty("invocations").GetInt64());
        Assert.Equal(mine.Count(s => s.Error is not null), figures.GetProperty("errors").GetInt64());
        Assert.Equal(mine.Count(s => s.Error is null), figures.GetProperty("successes").GetInt64());
        Assert.Equal(mine.Count(s => s.Error is null) / (double)mine.Count, figures.GetProperty("success_rate").GetDouble(), 12);
        Assert.Equal(timed.Count, figures.GetProperty("timed_invocations").GetInt64());
        foreach (var (name, share) in new[] { ("p50_duration_ms", 0.5), ("p95_duration_ms", 0.95), ("p99_duration_ms", 0.99) })
            Assert.Equal(NearestRank(mine, share), Whole(figures.GetProperty(name)));
        if (timed.Count > 0)
            Assert.Equal(timed.Average(s => (double)s.DurationMs), figures.GetProperty("avg_duration_ms").GetDouble(), 6);
        Assert.Equal(mine.Sum(s => s.Input), figures.GetProperty("input_tokens").GetInt64());
        Assert.Equal(mine.Sum(s => s.Output), figures.GetProperty("output_tokens").GetInt64());
        Assert.Equal(mine.Sum(s => s.Cached), figures.GetProperty("cached_tokens").GetInt64());
        Assert.Equal(mine.Sum(s => s.Reasoning), figures.GetProperty("reasoning_tokens").GetInt64());
        Assert.Equal(mine.Sum(s => s.Input + s.Output), figures.GetProperty("total_tokens").GetInt64());
        Assert.Equal(mine.Sum(s => s.Tools), figures.GetProperty("tool_calls").GetInt64());
        var unpriced = mine.Where(s => cost(s) is null).Sum(s => s.Input + s.Output);
        Assert.Equal(unpriced, figures.GetProperty("unpriced_tokens").GetInt64());
        if (unpriced > 0 && unpriced == mine.Sum(s => s.Input + s.Output))
            Assert.Equal(JsonValueKind.Null, figures.GetProperty("estimated_cost_usd").ValueKind);
        else
            Assert.Equal(mine.Sum(s => cost(s) ?? 0), figures.GetProperty("estimated_cost_usd").GetDouble(), 9);
    }

    private static long? Whole(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetInt64();
}

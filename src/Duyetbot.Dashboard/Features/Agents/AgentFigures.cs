using System.Text.Json.Serialization;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>The figures of an agent, of one of its models, or of all of them, as API and CSV write them.</summary>
/// <remarks>Durations in ms are exact percentiles by nearest rank over the steps with a duration above 0. cached_tokens is part of input_tokens, reasoning_tokens of output_tokens.</remarks>
public record AgentFigures
{
    /// <summary>The agent's name; null for steps without one, and for the sum of all.</summary>
    public string? AgentName { get; init; }

    /// <summary>agent, worker, or both with a comma; what the steps say.</summary>
    public string? AgentType { get; init; }

    /// <summary>The model; null for the sum over models, and for steps without one.</summary>
    public string? Model { get; init; }

    /// <summary>Steps, failed ones included.</summary>
    public long Invocations { get; init; }

    /// <summary>Steps without an error of their own.</summary>
    public long Successes { get; init; }

    /// <summary>Steps with an error of their own.</summary>
    public long Errors { get; init; }

    /// <summary>From 0 to 1; null without invocations.</summary>
    public double? SuccessRate { get; init; }

    /// <summary>Steps with a duration above 0: what the durations are taken over.</summary>
    public long TimedInvocations { get; init; }

    public long? P50DurationMs { get; init; }

    public long? P95DurationMs { get; init; }

    public long? P99DurationMs { get; init; }

    /// <summary>The mean; null where no step has a duration.</summary>
    public double? AvgDurationMs { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public long CachedTokens { get; init; }

    public long ReasoningTokens { get; init; }

    public long TotalTokens { get; init; }

    public long ToolCalls { get; init; }

    /// <summary>USD at the prices of each step's moment; null where there are tokens and none has a price.</summary>
    public double? EstimatedCostUsd { get; init; }

    /// <summary>Tokens that the cost leaves out.</summary>
    public long UnpricedTokens { get; init; }

    /// <summary>From 0 to 100; null without invocations.</summary>
    [JsonIgnore]
    internal double? ErrorPercent => Invocations == 0 ? null : 100.0 * Errors / Invocations;
}

/// <summary>An agent's figures with their course over the range's periods.</summary>
/// <param name="Figures">The sums and percentiles.</param>
/// <param name="Trend">Invocations per period.</param>
/// <param name="ErrorTrend">Failed invocations per period.</param>
/// <param name="Models">The same per model, most invocations first; empty for a model's own line.</param>
public sealed record AgentLine(AgentFigures Figures, IReadOnlyList<double> Trend, IReadOnlyList<double> ErrorTrend, IReadOnlyList<AgentLine> Models);

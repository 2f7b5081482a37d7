namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>One step as it counts in an agent's figures. Tokens are its own, without its workers'.</summary>
public readonly record struct AgentStep
{
    /// <summary>When its event began, in Unix ms.</summary>
    public required long At { get; init; }

    /// <summary>The agent's name; null where the step names none.</summary>
    public string? Agent { get; init; }

    /// <summary>agent, worker, or what else the step says.</summary>
    public string? Type { get; init; }

    /// <summary>The step's model, else its event's.</summary>
    public string? Model { get; init; }

    /// <summary>The row of analytics_cost_config that prices it; null where there is none.</summary>
    public long? PriceId { get; init; }

    /// <summary>True where the step itself says that it failed.</summary>
    public bool IsFailed { get; init; }

    /// <summary>Ms; 0 where none is recorded.</summary>
    public long DurationMs { get; init; }

    /// <summary>Input tokens, the cached ones included.</summary>
    public long Input { get; init; }

    /// <summary>Output tokens, the reasoning ones included.</summary>
    public long Output { get; init; }

    /// <summary>Part of the input.</summary>
    public long Cached { get; init; }

    /// <summary>Part of the output.</summary>
    public long Reasoning { get; init; }

    /// <summary>How many tools it called.</summary>
    public long ToolCalls { get; init; }

    /// <summary>USD; null where it has tokens and no price.</summary>
    public double? Cost { get; init; }

    /// <summary>Tokens without a price.</summary>
    public long Unpriced { get; init; }
}

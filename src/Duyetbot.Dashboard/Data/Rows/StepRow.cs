namespace Duyetbot.Dashboard.Data.Rows;

/// <summary>One row of analytics_agent_steps_view: one agent or worker of one event, at any depth.</summary>
/// <remarks>Times are Unix ms UTC, durations ms, tokens are the step's own without its children, cost is USD.</remarks>
public sealed record StepRow
{
    /// <summary>The event's id, a hyphen and the path: <c>1</c> is the second agent, <c>1.0</c> its first worker.</summary>
    public string StepId { get; init; } = "";

    public string EventId { get; init; } = "";

    public string? MessageId { get; init; }

    /// <summary>The id of the step that holds this one; null for an agent of the first level.</summary>
    public string? ParentStepId { get; init; }

    public string? AgentName { get; init; }

    public string? AgentType { get; init; }

    /// <summary>Place among the siblings, from 0.</summary>
    public long Sequence { get; init; }

    /// <summary>The recorded start, else the event's; see <see cref="RecordedStartedAt"/>.</summary>
    public long? StartedAt { get; init; }

    public long? CompletedAt { get; init; }

    public long DurationMs { get; init; }

    public long QueueTimeMs { get; init; }

    public string? Status { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>Part of the input.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Part of the output.</summary>
    public long ReasoningTokens { get; init; }

    public string? Model { get; init; }

    /// <summary>The JSON of the step's <c>tools</c>, or the text where it is a single word.</summary>
    public string? ToolsUsed { get; init; }

    public long ToolCallsCount { get; init; }

    public string? ErrorType { get; init; }

    public string? ErrorMessage { get; init; }

    public long RetryCount { get; init; }

    public string? Metadata { get; init; }

    public long? CreatedAt { get; init; }

    /// <summary>True where the step itself says that it failed.</summary>
    public bool IsFailed { get; init; }

    /// <summary>0 for an agent of the first level, 1 for its workers, and so on.</summary>
    public long Depth { get; init; }

    /// <summary>The start that the step's JSON records; null where it records none and the start must be inferred.</summary>
    public long? RecordedStartedAt { get; init; }

    public long TotalTokens { get; init; }

    /// <summary><c>step</c> or <c>event</c>: where the model's name comes from; null where nothing names one.</summary>
    public string? ModelSource { get; init; }

    /// <summary>The step as it is stored, with its workers.</summary>
    public string? StepJson { get; init; }

    public long EventTriggeredAt { get; init; }

    public string? AppSource { get; init; }

    public string? UserId { get; init; }

    /// <summary>The row of analytics_cost_config that prices this step; null where there is none.</summary>
    public long? PriceId { get; init; }

    /// <summary>USD; null where the step has tokens and its model no price.</summary>
    public double? EstimatedCostUsd { get; init; }

    public long UnpricedTokens { get; init; }

    /// <summary>The cached tokens as they are recorded, which may be more than the input where a provider counts them beside it.</summary>
    public long RecordedCachedTokens { get; init; }
}

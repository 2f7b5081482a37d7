namespace Duyetbot.Dashboard.Data.Rows;

/// <summary>What every reader of analytics_events_view needs: one event without its long texts.</summary>
/// <remarks>Times are Unix ms UTC, durations ms, tokens as the event itself says them, cost is USD over the steps.</remarks>
public record EventSummaryRow
{
    public long Id { get; init; }

    public string EventId { get; init; } = "";

    public string? RequestId { get; init; }

    public string? AppSource { get; init; }

    public string? EventType { get; init; }

    public string? UserId { get; init; }

    public string? Username { get; init; }

    public string? ChatId { get; init; }

    public string? Repo { get; init; }

    public long TriggeredAt { get; init; }

    public long? CompletedAt { get; init; }

    /// <summary>Null while the event runs, and where the stored value is no duration.</summary>
    public long? DurationMs { get; init; }

    public string? Status { get; init; }

    public string? ErrorType { get; init; }

    public string? ErrorMessage { get; init; }

    public string? ClassificationType { get; init; }

    public string? ClassificationCategory { get; init; }

    public string? ClassificationComplexity { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>Part of the input.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Part of the output.</summary>
    public long ReasoningTokens { get; init; }

    public string? Model { get; init; }

    public long? CreatedAt { get; init; }

    /// <summary><c>array</c>, or what agents is instead: <c>not JSON</c>, <c>object</c>, <c>integer</c>, …; null where it is NULL.</summary>
    public string? AgentsKind { get; init; }

    public bool HasSteps { get; init; }

    public long TotalTokens { get; init; }

    public long StepCount { get; init; }

    /// <summary>Steps that failed.</summary>
    public long ErrorCount { get; init; }

    /// <summary>The conversation of the event's first message; null where no message names the event.</summary>
    public string? ConversationId { get; init; }

    /// <summary>USD over all steps; null where no token has a price.</summary>
    public double? EstimatedCostUsd { get; init; }

    public long UnpricedTokens { get; init; }

    /// <summary>The cached tokens as they are recorded, which may be more than the input where a provider counts them beside it.</summary>
    public long RecordedCachedTokens { get; init; }
}

/// <summary>One row of analytics_events_view, whole.</summary>
public sealed record EventRow : EventSummaryRow
{
    public string? InputText { get; init; }

    public string? ResponseText { get; init; }

    /// <summary>The chain of steps as it is stored, also where it is not JSON.</summary>
    public string? Agents { get; init; }

    public string? Metadata { get; init; }
}

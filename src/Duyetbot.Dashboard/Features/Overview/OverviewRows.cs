namespace Duyetbot.Dashboard.Features.Overview;

/// <summary>A trace that needs a look. Times are Unix ms, durations ms, cost is USD and null where no token has a price.</summary>
public sealed record TraceNote
{
    public string EventId { get; init; } = "";

    public string? AppSource { get; init; }

    public string? EventType { get; init; }

    public string? UserId { get; init; }

    public string? Username { get; init; }

    public long TriggeredAt { get; init; }

    public long? DurationMs { get; init; }

    public string? Status { get; init; }

    /// <summary>The event's error, else the first of its steps.</summary>
    public string? FirstError { get; init; }

    public long TotalTokens { get; init; }

    public double? EstimatedCostUsd { get; init; }

    public long UnpricedTokens { get; init; }
}

/// <summary>A conversation as the overview names it. Times are Unix ms.</summary>
public sealed record ConversationNote
{
    public string ConversationId { get; init; } = "";

    public string? Title { get; init; }

    public string? FirstUserMessage { get; init; }

    public string? UserId { get; init; }

    public string? Username { get; init; }

    public long MessageCount { get; init; }

    public long LastMessageAt { get; init; }

    public long ErrorCount { get; init; }
}

/// <summary>Whether there is any data at all.</summary>
/// <param name="HasAny">False for an empty database.</param>
/// <param name="FirstMessageAt">Unix ms of the first message after 1970, or null.</param>
public sealed record DataPresence(bool HasAny, long? FirstMessageAt);

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>One row of analytics_conversations_view, with the start of its first user message.</summary>
/// <remarks>Times are Unix ms UTC, tokens are counts, cost is USD.</remarks>
public sealed record ConversationRow
{
    public string ConversationId { get; init; } = "";

    public string? UserId { get; init; }

    public string? Platform { get; init; }

    /// <summary>Authored by a person; null where nobody gave one.</summary>
    public string? Title { get; init; }

    public string? Summary { get; init; }

    /// <summary>The most open that any message has: public, unlisted or private.</summary>
    public string Visibility { get; init; } = "";

    /// <summary>True only if every message is archived.</summary>
    public bool IsArchived { get; init; }

    public bool IsStarred { get; init; }

    public long MessageCount { get; init; }

    public long SessionCount { get; init; }

    public long TotalTokens { get; init; }

    public long FirstMessageAt { get; init; }

    public long LastMessageAt { get; init; }

    public long? CreatedAt { get; init; }

    public long? UpdatedAt { get; init; }

    public string? Metadata { get; init; }

    public string? Username { get; init; }

    /// <summary>The models of its messages, by comma.</summary>
    public string? Models { get; init; }

    /// <summary>Events of the conversation that ended in error.</summary>
    public long ErrorCount { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>Part of the input.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Part of the output.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>USD; null where no token has a price.</summary>
    public double? EstimatedCostUsd { get; init; }

    /// <summary>Tokens that the cost leaves out for want of a price.</summary>
    public long UnpricedTokens { get; init; }

    /// <summary>The first 200 characters of the first message of a user; null where no user wrote.</summary>
    public string? FirstUserMessage { get; init; }
}

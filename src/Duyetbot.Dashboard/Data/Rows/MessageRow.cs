namespace Duyetbot.Dashboard.Data.Rows;

/// <summary>One row of analytics_messages_view: a message with its event's name, model and price.</summary>
/// <remarks>Times are Unix ms UTC, durations ms, tokens are counts, cost is USD.</remarks>
public record MessageRow
{
    /// <summary>The stored row's number; it changes when the bot rewrites the session, <see cref="MessageId"/> does not.</summary>
    public long Id { get; init; }

    public string MessageId { get; init; } = "";

    public string SessionId { get; init; } = "";

    public string ConversationId { get; init; } = "";

    public string? ParentMessageId { get; init; }

    /// <summary>The place in the conversation as the bot counts; may repeat.</summary>
    public long Sequence { get; init; }

    /// <summary>user, assistant, system or tool.</summary>
    public string Role { get; init; } = "";

    public string Content { get; init; } = "";

    public string? ContentHash { get; init; }

    /// <summary>private, unlisted or public.</summary>
    public string Visibility { get; init; } = "";

    public bool IsArchived { get; init; }

    public bool IsPinned { get; init; }

    public string? EventId { get; init; }

    public string? TriggerMessageId { get; init; }

    public string? PlatformMessageId { get; init; }

    public string? Platform { get; init; }

    public string? UserId { get; init; }

    /// <summary>The message's own, else its event's.</summary>
    public string? Username { get; init; }

    public string? ChatId { get; init; }

    public string? Repo { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>Part of the input.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Part of the output.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>The message's own, else its event's; see <see cref="ModelSource"/>.</summary>
    public string? Model { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    /// <summary>JSON as it is stored, also where it is not JSON.</summary>
    public string? Metadata { get; init; }

    public long TotalTokens { get; init; }

    public long Timestamp { get; init; }

    /// <summary>When the row was written.</summary>
    public long? StoredAt { get; init; }

    public string? AppSource { get; init; }

    /// <summary><c>message</c> or <c>event</c>: where the model's name comes from; null where nothing names one.</summary>
    public string? ModelSource { get; init; }

    public string? EventStatus { get; init; }

    public long? EventDurationMs { get; init; }

    /// <summary>The row of analytics_cost_config that prices this message; null where there is none.</summary>
    public long? PriceId { get; init; }

    /// <summary>USD; null where the message has tokens and its model no price.</summary>
    public double? EstimatedCostUsd { get; init; }

    public long UnpricedTokens { get; init; }

    /// <summary>The cached tokens as they are recorded, which may be more than the input where a provider counts them beside it.</summary>
    public long RecordedCachedTokens { get; init; }
}

namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>Tokens of one model in a range that one price row charged, or none; summed over messages, or over steps.</summary>
public sealed record ModelUse
{
    /// <summary>As the data names it; null where nothing does.</summary>
    public string? Model { get; init; }

    /// <summary>The row of analytics_cost_config that charged them; null where none did.</summary>
    public long? PriceId { get; init; }

    /// <summary>Messages; 0 where steps are summed.</summary>
    public long RowCount { get; init; }

    public long InputTokens { get; init; }

    /// <summary>Part of the input.</summary>
    public long CachedTokens { get; init; }

    /// <summary>As they are recorded, not capped at the input.</summary>
    public long RecordedCachedTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>Part of the output.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>USD as charged then; null where no price row did.</summary>
    public double? EstimatedCostUsd { get; init; }

    public long UnpricedTokens { get; init; }

    /// <summary>Unix ms of the first of them; null where a price charged them, because nobody asks.</summary>
    public long? FirstAt { get; init; }

    /// <summary>Unix ms of the last of them; null where a price charged them.</summary>
    public long? LastAt { get; init; }

    /// <summary>Input and output.</summary>
    public long TotalTokens => InputTokens + OutputTokens;
}

namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>What the rows of a list add up to: messages, or steps.</summary>
public sealed record RowSums
{
    public long Rows { get; init; }

    /// <summary>The cached ones included.</summary>
    public long InputTokens { get; init; }

    /// <summary>The reasoning ones included.</summary>
    public long OutputTokens { get; init; }

    public long CachedTokens { get; init; }

    public long ReasoningTokens { get; init; }

    /// <summary>Tokens without a price.</summary>
    public long UnpricedTokens { get; init; }

    /// <summary>USD of what has a price.</summary>
    public double PricedUsd { get; init; }

    public long Conversations { get; init; }

    public long Users { get; init; }

    /// <summary>Input and output.</summary>
    public long TotalTokens => InputTokens + OutputTokens;

    /// <summary>USD; null where there are tokens and none has a price.</summary>
    public double? Cost => UnpricedTokens > 0 && UnpricedTokens >= TotalTokens ? null : PricedUsd;

    /// <summary>The sums that a figure is made of.</summary>
    public static RowSums Of(FigureSum sum) => new()
    {
        Rows = sum.Rows,
        InputTokens = sum.Input,
        OutputTokens = sum.Output,
        CachedTokens = sum.Cached,
        ReasoningTokens = sum.Reasoning,
        UnpricedTokens = sum.Unpriced,
        PricedUsd = sum.Cost ?? 0,
        Conversations = sum.Conversations,
        Users = sum.Users,
    };
}

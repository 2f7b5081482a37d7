namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>What adds up in figures: rows, tokens, cost.</summary>
public readonly record struct FigureAmounts
{
    /// <summary>How many messages or steps.</summary>
    public required long Rows { get; init; }

    /// <summary>Input tokens, the cached ones included.</summary>
    public long Input { get; init; }

    /// <summary>Output tokens, the reasoning ones included.</summary>
    public long Output { get; init; }

    /// <summary>Part of the input.</summary>
    public long Cached { get; init; }

    /// <summary>The cached tokens as they are recorded, not capped at the input: what a price charges that counts them beside it.</summary>
    public long RecordedCached { get; init; }

    /// <summary>Part of the output.</summary>
    public long Reasoning { get; init; }

    /// <summary>USD; 0 where there is no price.</summary>
    public double Cost { get; init; }

    /// <summary>Tokens without a price.</summary>
    public long Unpriced { get; init; }

    /// <summary>The amounts of one row.</summary>
    public static FigureAmounts Of(in FigureRow row) => new()
    {
        Rows = 1,
        Input = row.Input,
        Output = row.Output,
        Cached = row.Cached,
        Reasoning = row.Reasoning,
        Cost = row.Cost ?? 0,
        Unpriced = row.Unpriced,
    };
}

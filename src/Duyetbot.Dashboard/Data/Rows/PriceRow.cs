namespace Duyetbot.Dashboard.Data.Rows;

/// <summary>A price row, in USD per 1,000 tokens.</summary>
public sealed record PriceRow
{
    public long Id { get; init; }

    public string Model { get; init; } = "";

    public string? Provider { get; init; }

    public double InputPrice { get; init; }

    public double CachedPrice { get; init; }

    public double OutputPrice { get; init; }

    public double ReasoningPrice { get; init; }

    /// <summary>True where cached tokens are part of the input and are taken out of it.</summary>
    public bool CachedInInput { get; init; }

    /// <summary>Unix ms, included.</summary>
    public long EffectiveFrom { get; init; }

    /// <summary>Unix ms, excluded; null while it holds.</summary>
    public long? EffectiveTo { get; init; }
}

using System.Text.Json.Serialization;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>One row of analytics_cost_config: what a model costs from one moment to another, in USD per 1,000 tokens.</summary>
public sealed record PriceConfigRow
{
    public long Id { get; init; }

    /// <summary>The name that the data's models are looked up by.</summary>
    public string Model { get; init; } = "";

    /// <summary>Who asks this price; not part of the look-up.</summary>
    public string Provider { get; init; } = "";

    [JsonPropertyName("input_cost_per_1k")]
    public double InputCostPer1k { get; init; }

    [JsonPropertyName("output_cost_per_1k")]
    public double OutputCostPer1k { get; init; }

    /// <summary>0 means not set: cached tokens then cost what input costs.</summary>
    [JsonPropertyName("cached_cost_per_1k")]
    public double CachedCostPer1k { get; init; }

    /// <summary>0 means not set: reasoning tokens then cost what output costs.</summary>
    [JsonPropertyName("reasoning_cost_per_1k")]
    public double ReasoningCostPer1k { get; init; }

    /// <summary>Unix ms, included.</summary>
    public long EffectiveFrom { get; init; }

    /// <summary>Unix ms, excluded; null while it holds.</summary>
    public long? EffectiveTo { get; init; }

    public string? Notes { get; init; }

    /// <summary>Unix ms.</summary>
    public long CreatedAt { get; init; }

    public string? CreatedBy { get; init; }

    /// <summary>False for providers that count cached tokens beside the input instead of inside it.</summary>
    public bool CachedInInput { get; init; }

    /// <summary>True where it holds at a moment in Unix ms.</summary>
    public bool HoldsAt(long at) => EffectiveFrom <= at && (EffectiveTo is null || at < EffectiveTo);

    /// <summary>The same price as a person would write it.</summary>
    public PriceInput ToInput() => new()
    {
        Model = Model,
        Provider = Provider,
        InputCostPer1k = InputCostPer1k,
        OutputCostPer1k = OutputCostPer1k,
        CachedCostPer1k = CachedCostPer1k,
        ReasoningCostPer1k = ReasoningCostPer1k,
        EffectiveFrom = EffectiveFrom,
        EffectiveTo = EffectiveTo,
        Notes = Notes,
        CachedInInput = CachedInInput,
    };
}

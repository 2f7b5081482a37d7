using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>A price as a person writes it, under the names of analytics_cost_config; USD per 1,000 tokens.</summary>
public sealed record PriceInput
{
    private const double Most = 1_000_000;

    /// <summary>At most 200 characters.</summary>
    public string? Model { get; init; }

    /// <summary>At most 100 characters.</summary>
    public string? Provider { get; init; }

    /// <summary>From 0, which means free, to a million.</summary>
    [JsonPropertyName("input_cost_per_1k")]
    public double? InputCostPer1k { get; init; }

    /// <summary>From 0, which means free, to a million.</summary>
    [JsonPropertyName("output_cost_per_1k")]
    public double? OutputCostPer1k { get; init; }

    /// <summary>Absent or 0 where cached tokens cost what input costs.</summary>
    [JsonPropertyName("cached_cost_per_1k")]
    public double? CachedCostPer1k { get; init; }

    /// <summary>Absent or 0 where reasoning tokens cost what output costs.</summary>
    [JsonPropertyName("reasoning_cost_per_1k")]
    public double? ReasoningCostPer1k { get; init; }

    /// <summary>Unix ms, included.</summary>
    public long? EffectiveFrom { get; init; }

    /// <summary>Unix ms, excluded; absent while it holds.</summary>
    public long? EffectiveTo { get; init; }

    /// <summary>At most 1,000 characters.</summary>
    public string? Notes { get; init; }

    /// <summary>False for providers that count cached tokens beside the input; true where absent.</summary>
    public bool? CachedInInput { get; init; }

    /// <summary>The row that is replaced, so that an answer of GET can be sent back; never another one.</summary>
    public long? Id { get; init; }

    /// <summary>Read only: accepted, so that an answer of GET can be sent back, and not used.</summary>
    public JsonElement? CreatedAt { get; init; }

    /// <summary>Read only, as <see cref="CreatedAt"/>.</summary>
    public JsonElement? CreatedBy { get; init; }

    /// <summary>Members that are none of the above.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; init; }

    /// <summary>The same with names trimmed and empty notes left out, once nothing is wrong with it.</summary>
    /// <exception cref="InvalidParameterException">A member is missing, unknown or wrong.</exception>
    public PriceInput Checked()
    {
        if (Others is { Count: > 0 })
            throw new InvalidParameterException(Others.Keys.First(), "is no column of a price.");
        var model = Name("model", Model, 200);
        var provider = Name("provider", Provider, 100);
        Amount("input_cost_per_1k", InputCostPer1k ?? throw Missing("input_cost_per_1k"));
        Amount("output_cost_per_1k", OutputCostPer1k ?? throw Missing("output_cost_per_1k"));
        Amount("cached_cost_per_1k", CachedCostPer1k ?? 0);
        Amount("reasoning_cost_per_1k", ReasoningCostPer1k ?? 0);
        Moment("effective_from", EffectiveFrom ?? throw Missing("effective_from"));
        if (EffectiveTo is { } to)
        {
            Moment("effective_to", to);
            if (to <= EffectiveFrom)
                throw new InvalidParameterException("effective_to", "is not after effective_from.");
        }

        if (Notes?.Length > 1000)
            throw new InvalidParameterException("notes", "is longer than 1,000 characters.");
        return this with { Model = model, Provider = provider, Notes = string.IsNullOrWhiteSpace(Notes) ? null : Notes.Trim() };
    }

    private static InvalidParameterException Missing(string name) => new(name, "is missing.");

    private static string Name(string name, string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new InvalidParameterException(name, "is blank.");
        var trimmed = text.Trim();
        if (trimmed.Length > most)
            throw new InvalidParameterException(name, $"is longer than {most} characters.");
        return trimmed.Any(char.IsControl) ? throw new InvalidParameterException(name, "holds a control character.") : trimmed;
    }

    private static void Amount(string name, double value)
    {
        if (double.IsNaN(value) || value < 0)
            throw new InvalidParameterException(name, "is negative; a price is 0 or more.");
        if (value > Most)
            throw new InvalidParameterException(name, $"is more than {Most.ToString("N0", CultureInfo.InvariantCulture)} USD per 1,000 tokens.");
    }

    private static void Moment(string name, long ms)
    {
        if (Formats.Local(ms, NodaTime.DateTimeZone.Utc) is null)
            throw new InvalidParameterException(name, "lies outside the years 1 to 9999; times are Unix milliseconds.");
    }
}

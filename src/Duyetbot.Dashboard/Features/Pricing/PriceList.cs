using System.Reflection;
using System.Text.Json;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>A list price, in USD per million tokens as vendors quote it.</summary>
/// <param name="Model">The name that it is looked up by.</param>
/// <param name="Provider">Who asks it.</param>
/// <param name="Source">Where its vendor quotes it, in words.</param>
/// <param name="Input">USD per million input tokens.</param>
/// <param name="Cached">USD per million cached tokens; 0 where none is quoted.</param>
/// <param name="Output">USD per million output tokens.</param>
public sealed record ListPrice(string Model, string Provider, string Source, decimal Input, decimal Cached, decimal Output)
{
    /// <summary>The price as it would be added.</summary>
    /// <param name="from">From when on, in Unix ms.</param>
    /// <param name="asOf">The day of the list.</param>
    public PriceInput ToInput(long from, string asOf) => new()
    {
        Model = Model,
        Provider = Provider,
        InputCostPer1k = (double)(Input / 1000),
        OutputCostPer1k = (double)(Output / 1000),
        CachedCostPer1k = (double)(Cached / 1000),
        EffectiveFrom = from,
        Notes = $"List price as known on {asOf}; to be checked on {Source}",
    };
}

/// <summary>The list prices of common models that come with the product; nothing of it is used before a person loads it.</summary>
/// <param name="AsOf">The day on which the prices were known, as YYYY-MM-DD.</param>
/// <param name="Prices">In the order of the file.</param>
public sealed record PriceList(string AsOf, IReadOnlyList<ListPrice> Prices)
{
    private static readonly Lazy<PriceList> FromAssembly = new(Read);

    /// <summary>The list.</summary>
    public static PriceList BuiltIn => FromAssembly.Value;

    /// <summary>Those whose models have no price yet.</summary>
    public IReadOnlyList<ListPrice> Missing(IEnumerable<PriceConfigRow> rows)
    {
        var there = rows.Select(r => r.Model).ToHashSet(StringComparer.Ordinal);
        return [.. Prices.Where(p => !there.Contains(p.Model))];
    }

    private static PriceList Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("pricing/price-list.json")!;
        return JsonSerializer.Deserialize<PriceList>(stream, Shared.ApiJson.Options)!;
    }
}

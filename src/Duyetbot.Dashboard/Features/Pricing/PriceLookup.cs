using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>Every price, to ask which one a model has at a moment and what tokens cost at it.</summary>
public sealed class PriceLookup(IReadOnlyList<PriceRow> prices)
{
    private readonly ILookup<string, PriceRow> _byModel = prices.ToLookup(p => p.Model);

    /// <summary>The price that the views' look-up finds: of the exact name, else of the longest shortened one; null where there is none.</summary>
    /// <param name="model">A name as the data holds it.</param>
    /// <param name="at">Unix ms.</param>
    public PriceRow? Find(string? model, long at)
    {
        if (model is null)
            return null;
        return Latest(_byModel[model].Where(p => Holds(p, at)))
            ?? Latest(ModelNames.Shortened(model).SelectMany(name => _byModel[name]).Where(p => Holds(p, at)));
    }

    /// <summary>USD of tokens at a price (DATA.md 5): cached and reasoning by subtraction, or cached beside the input where the price says so.</summary>
    public static double Usd(ModelUse use, PriceRow price) =>
        ((price.CachedInInput ? use.InputTokens - use.CachedTokens : use.InputTokens) * price.InputPrice
        + (price.CachedInInput ? use.CachedTokens : use.RecordedCachedTokens) * price.CachedPrice
        + (use.OutputTokens - use.ReasoningTokens) * price.OutputPrice
        + use.ReasoningTokens * price.ReasoningPrice) / 1000;

    private static bool Holds(PriceRow price, long at) => price.EffectiveFrom <= at && (price.EffectiveTo is null || at < price.EffectiveTo);

    private static PriceRow? Latest(IEnumerable<PriceRow> held) =>
        held.OrderByDescending(p => p.Model.Length).ThenByDescending(p => p.EffectiveFrom).ThenBy(p => p.Id).FirstOrDefault();
}

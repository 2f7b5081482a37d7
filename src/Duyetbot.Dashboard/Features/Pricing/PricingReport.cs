using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>Another model for the tokens of a range.</summary>
/// <param name="Of">The model whose tokens are asked about; null for all.</param>
/// <param name="Instead">The model at whose price of today they are charged.</param>
public sealed record WhatIf(string? Of, string Instead);

/// <summary>What one model's messages cost in a range: as charged then, at today's price, at another model's.</summary>
public sealed record ModelLine
{
    /// <summary>As the data names it; null where nothing does.</summary>
    public string? Model { get; init; }

    public long MessageCount { get; init; }

    public long TotalTokens { get; init; }

    /// <summary>Tokens that no price charged then.</summary>
    public long UnpricedTokens { get; init; }

    /// <summary>USD at the price of each moment; null where no token had one.</summary>
    public double? AsCharged { get; init; }

    /// <summary>The price that holds now; null where there is none.</summary>
    public PriceRow? Today { get; init; }

    /// <summary>USD of all tokens at today's price; null where there is none.</summary>
    public double? AtToday { get; init; }

    /// <summary>USD at today's price less USD as charged, of the tokens that have both.</summary>
    public double? Change { get; init; }

    /// <summary>USD of all tokens at the other model's price; null where the line is not asked about.</summary>
    public double? Instead { get; init; }

    /// <summary>USD at the other model's price less USD as charged, of the tokens that have both.</summary>
    public double? InsteadChange { get; init; }
}

/// <summary>The sums of the lines.</summary>
public sealed record PricingTotals
{
    public long MessageCount { get; init; }

    public long TotalTokens { get; init; }

    /// <summary>Tokens that <see cref="AsCharged"/> leaves out.</summary>
    public long UnpricedTokens { get; init; }

    /// <summary>USD; null where no token had a price.</summary>
    public double? AsCharged { get; init; }

    /// <summary>USD; null where no token has a price today.</summary>
    public double? AtToday { get; init; }

    /// <summary>Tokens that <see cref="AtToday"/> leaves out.</summary>
    public long UnpricedToday { get; init; }

    /// <summary>The sum of the lines' changes.</summary>
    public double? Change { get; init; }

    /// <summary>USD with the other model where it is asked about, as charged elsewhere; null where nothing is asked.</summary>
    public double? Instead { get; init; }

    /// <summary>Tokens that <see cref="Instead"/> leaves out.</summary>
    public long UnpricedInstead { get; init; }

    /// <summary>The sum of the lines' changes with the other model.</summary>
    public double? InsteadChange { get; init; }
}

/// <summary>What a range cost, by model; every figure from the same token sums.</summary>
public sealed record PricingReport
{
    /// <summary>Models with tokens, the most tokens first.</summary>
    public IReadOnlyList<ModelLine> Lines { get; init; } = [];

    public PricingTotals Totals { get; init; } = new();

    /// <summary>What each price row charged, by its id.</summary>
    public IReadOnlyDictionary<long, PriceUse> ByPrice { get; init; } = new Dictionary<long, PriceUse>();

    /// <summary>The other model's price of today; null where nothing is asked or it has none.</summary>
    public PriceRow? InsteadPrice { get; init; }

    /// <summary>Reckons the lines.</summary>
    /// <param name="uses">Message tokens by model and price row.</param>
    /// <param name="book">Every price.</param>
    /// <param name="now">Unix ms of today.</param>
    /// <param name="whatIf">Another model, or null.</param>
    public static PricingReport From(IReadOnlyList<ModelUse> uses, PriceLookup book, long now, WhatIf? whatIf)
    {
        var other = whatIf is null ? null : book.Find(whatIf.Instead, now);
        var lines = uses.Where(u => u.TotalTokens + u.RecordedCachedTokens > 0).GroupBy(u => u.Model)
            .Select(g => Line(g.Key, [.. g], book.Find(g.Key, now), whatIf is not null && (whatIf.Of is null || whatIf.Of == g.Key) ? other : null))
            .OrderByDescending(l => l.TotalTokens).ThenBy(l => l.Model, StringComparer.Ordinal).ToList();
        return new PricingReport
        {
            Lines = lines,
            Totals = Sum(lines, other is not null),
            InsteadPrice = other,
            ByPrice = uses.Where(u => u.PriceId is not null).GroupBy(u => u.PriceId!.Value)
                .ToDictionary(g => g.Key, g => new PriceUse(g.Sum(u => u.RowCount), g.Sum(u => u.TotalTokens), g.Sum(u => u.EstimatedCostUsd ?? 0))),
        };
    }

    private static ModelLine Line(string? model, IReadOnlyList<ModelUse> uses, PriceRow? today, PriceRow? other)
    {
        var charged = uses.Where(u => u.PriceId is not null).ToList();
        var cost = charged.Count == 0 ? null : (double?)charged.Sum(u => u.EstimatedCostUsd ?? 0);
        double? At(PriceRow? price) => price is null ? null : uses.Sum(u => PriceLookup.Usd(u, price));
        double? Less(PriceRow? price) => price is null || cost is null ? null : charged.Sum(u => PriceLookup.Usd(u, price)) - cost;
        return new ModelLine
        {
            Model = model,
            MessageCount = uses.Sum(u => u.RowCount),
            TotalTokens = uses.Sum(u => u.TotalTokens),
            UnpricedTokens = uses.Sum(u => u.UnpricedTokens),
            AsCharged = cost,
            Today = today,
            AtToday = At(today),
            Change = Less(today),
            Instead = At(other),
            InsteadChange = Less(other),
        };
    }

    private static PricingTotals Sum(IReadOnlyList<ModelLine> lines, bool asked) => new()
    {
        MessageCount = lines.Sum(l => l.MessageCount),
        TotalTokens = lines.Sum(l => l.TotalTokens),
        UnpricedTokens = lines.Sum(l => l.UnpricedTokens),
        AsCharged = Known(lines.Select(l => l.AsCharged)),
        AtToday = Known(lines.Select(l => l.AtToday)),
        UnpricedToday = lines.Where(l => l.Today is null).Sum(l => l.TotalTokens),
        Change = Known(lines.Select(l => l.Change)),
        Instead = asked ? Known(lines.Select(l => l.Instead ?? l.AsCharged)) : null,
        UnpricedInstead = asked ? lines.Where(l => l.Instead is null).Sum(l => l.UnpricedTokens) : 0,
        InsteadChange = asked ? Known(lines.Select(l => l.InsteadChange)) : null,
    };

    // Unknown where every part is; 0 of nothing.
    private static double? Known(IEnumerable<double?> parts)
    {
        var all = parts.ToList();
        return all.Count > 0 && all.TrueForAll(p => p is null) ? null : all.Sum(p => p ?? 0);
    }
}

/// <summary>What one price row charged in a range.</summary>
/// <param name="MessageCount">Messages.</param>
/// <param name="TotalTokens">Input and output.</param>
/// <param name="Usd">As charged then.</param>
public sealed record PriceUse(long MessageCount, long TotalTokens, double Usd);

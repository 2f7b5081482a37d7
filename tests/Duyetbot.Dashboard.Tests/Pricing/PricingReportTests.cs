using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Features.Pricing;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Tests.Pricing;

/// <summary>Then, today and another model: each figure against one worked out by hand.</summary>
public sealed class PricingReportTests
{
    // Per 1,000 tokens. "a" was 1/2, is 2/4 now; "b" is 10/10; "c" has none; "d" had one that ended.
    private static readonly PriceRow[] Prices =
    [
        new() { Id = 1, Model = "a", InputPrice = 1, CachedPrice = 1, OutputPrice = 2, ReasoningPrice = 2, CachedInInput = true, EffectiveFrom = 0, EffectiveTo = 100 },
        new() { Id = 2, Model = "a", InputPrice = 2, CachedPrice = 0.5, OutputPrice = 4, ReasoningPrice = 8, CachedInInput = true, EffectiveFrom = 100 },
        new() { Id = 3, Model = "b", InputPrice = 10, CachedPrice = 5, OutputPrice = 10, ReasoningPrice = 10, CachedInInput = false, EffectiveFrom = 0 },
        new() { Id = 4, Model = "d", InputPrice = 1, CachedPrice = 1, OutputPrice = 1, ReasoningPrice = 1, CachedInInput = true, EffectiveFrom = 0, EffectiveTo = 50 },
    ];

    private static readonly ModelUse[] Uses =
    [
        new() { Model = "a", PriceId = 1, RowCount = 2, InputTokens = 1000, CachedTokens = 400, RecordedCachedTokens = 400, OutputTokens = 100, ReasoningTokens = 50, EstimatedCostUsd = 1.2 },
        new() { Model = "a", PriceId = null, RowCount = 1, InputTokens = 500, OutputTokens = 0, UnpricedTokens = 500 },
        new() { Model = "c", PriceId = null, RowCount = 3, InputTokens = 90, OutputTokens = 10, UnpricedTokens = 100 },
        new() { Model = "d", PriceId = 4, RowCount = 1, InputTokens = 2000, OutputTokens = 0, EstimatedCostUsd = 2 },
        new() { Model = null, PriceId = null, RowCount = 9 },
    ];

    [Fact]
    public void From_ThenAndToday_EqualsHandWorkedSums()
    {
        var report = PricingReport.From(Uses, new PriceLookup(Prices), 200, null);

        Assert.Equal(["d", "a", "c"], report.Lines.Select(l => l.Model));
        var a = report.Lines[1];
        Assert.Equal(1.2, a.AsCharged);
        // (600·2 + 400·0.5 + 50·4 + 50·8)/1000 = 2.0 for what was charged, and 500·2/1000 = 1 for what was not.
        Assert.Equal(3.0, a.AtToday!.Value, 9);
        Assert.Equal(0.8, a.Change!.Value, 9);
        var d = report.Lines[0];
        Assert.Equal((2.0, null, null), (d.AsCharged, d.AtToday, d.Change));
        var c = report.Lines[2];
        Assert.Equal((null, null, null), (c.AsCharged, c.AtToday, c.Change));
        Assert.Equal(3.2, report.Totals.AsCharged!.Value, 9);
        Assert.Equal(600, report.Totals.UnpricedTokens);
        Assert.Equal(3.0, report.Totals.AtToday!.Value, 9);
        Assert.Equal(2100, report.Totals.UnpricedToday);
        Assert.Equal(0.8, report.Totals.Change!.Value, 9);
        Assert.Equal(new PriceUse(2, 1100, 1.2), report.ByPrice[1]);
        Assert.Null(report.Totals.Instead);
    }

    [Fact]
    public void From_AnotherModelForOne_ChargesOnlyItsTokensAnew()
    {
        var report = PricingReport.From(Uses, new PriceLookup(Prices), 200, new WhatIf("a", "b"));

        // Cached beside the input: 1500·10 + 400·5 + 100·10 = 18,000.
        Assert.Equal(18.0, report.Lines[1].Instead!.Value, 9);
        // Of what was charged then: 1000·10 + 400·5 + 100·10 = 13,000, less 1.2.
        Assert.Equal(11.8, report.Lines[1].InsteadChange!.Value, 9);
        Assert.Null(report.Lines[0].Instead);
        Assert.Equal(20.0, report.Totals.Instead!.Value, 9);
        Assert.Equal(100, report.Totals.UnpricedInstead);
        Assert.Equal(11.8, report.Totals.InsteadChange!.Value, 9);
    }

    [Fact]
    public void From_AnotherModelWithoutAPrice_SaysNothing()
    {
        var report = PricingReport.From(Uses, new PriceLookup(Prices), 200, new WhatIf(null, "c"));

        Assert.Null(report.InsteadPrice);
        Assert.Null(report.Totals.Instead);
    }

    [Fact]
    public void From_OnlyUnpricedTokens_CostIsUnknownNotZero()
    {
        var totals = PricingReport.From([Uses[2]], new PriceLookup(Prices), 200, null).Totals;

        Assert.Null(totals.AsCharged);
        Assert.Null(totals.AtToday);
        Assert.Equal(100, totals.UnpricedTokens);
    }

    [Fact]
    public void Unpriced_MessagesAndSteps_AreOneRowAModelAndNeverAdded()
    {
        var models = UnpricedModel.From(
            [Uses[1] with { FirstAt = 10, LastAt = 20 }, Uses[2] with { FirstAt = 5, LastAt = 6 }, Uses[3]],
            [new() { Model = "c", RowCount = 7, UnpricedTokens = 900, FirstAt = 3, LastAt = 9 }, new() { Model = "e", RowCount = 1, UnpricedTokens = 1, FirstAt = 8, LastAt = 8 }]);

        Assert.Equal(
            [new UnpricedModel("c", 100, 3, 900, 3, 9), new UnpricedModel("a", 500, 1, 0, 10, 20), new UnpricedModel("e", 0, 0, 1, 8, 8)],
            models);
    }
}

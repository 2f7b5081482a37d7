using Bunit;
using Duyetbot.Dashboard.Features.Pricing;
using Duyetbot.Dashboard.Layout;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Components;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Duyetbot.Dashboard.Tests.Pricing;

/// <summary>What a person sees of prices and of the menu.</summary>
public sealed class PriceComponentTests : BunitContext
{
    private static readonly PriceConfigRow Open = new() { Id = 3, Model = "m", Provider = "p", InputCostPer1k = 0.001, EffectiveFrom = 0, CachedInInput = true };

    public PriceComponentTests() => SetRendererInfo(new RendererInfo("Server", true));

    [Fact]
    public async Task Pane_OverlapThatEndingSolves_OffersToEndIt()
    {
        (PriceInput Price, long? End)? saved = null;
        var pane = Pane(null, new PriceFields { Model = "m", Provider = "p", Input = "2", Output = "3", From = "2026-01-01T00:00" }, (price, end) =>
        {
            if (end is null)
                throw PriceRanges.Refusal(Open);
            saved = (price, end);
            return Task.CompletedTask;
        });

        await pane.Find("form").SubmitAsync();

        Assert.Contains("A model has one price at a time", pane.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", pane.Find("#price-from").GetAttribute("aria-invalid"));
        await pane.Find("[role=alert] button").ClickAsync(new());
        Assert.Equal((0.002, 3L), (saved!.Value.Price.InputCostPer1k, saved.Value.End));
        Assert.Empty(pane.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task Pane_WrongAmount_IsSaidAtItsFieldAndNothingIsSaved()
    {
        var pane = Pane(null, new PriceFields { Model = "m", Provider = "p", Input = "-2", Output = "3", From = "2026-01-01T00:00" }, (_, _) => throw new InvalidOperationException("saved"));

        await pane.Find("form").SubmitAsync();

        Assert.Contains("is negative", pane.Find("#price-input-hint").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", pane.Find("#price-input").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task Pane_Delete_AsksFirst()
    {
        var deleted = 0;
        var pane = Pane(Open, PriceFields.Of(Open, DateTimeZone.Utc), (_, _) => Task.CompletedTask, () => Task.FromResult(++deleted));

        await pane.FindAll("button").Single(b => b.TextContent == "Delete…").ClickAsync(new());
        Assert.Equal(0, deleted);
        await pane.Find("[role=alertdialog]").QuerySelectorAll("button")[0].ClickAsync(new());

        Assert.Equal(1, deleted);
    }

    [Fact]
    public async Task Pane_End_EndsNow()
    {
        PriceInput? saved = null;
        var pane = Pane(Open, PriceFields.Of(Open, DateTimeZone.Utc), (price, _) =>
        {
            saved = price;
            return Task.CompletedTask;
        });

        await pane.FindAll("button").Single(b => b.TextContent == "End…").ClickAsync(new());
        await pane.Find("[role=alertdialog]").QuerySelectorAll("button")[0].ClickAsync(new());

        Assert.Equal(Open.ToInput() with { EffectiveTo = 5000 }, saved);
    }

    [Fact]
    public void Cost_WithoutAPrice_LinksToPricingIt()
    {
        var cost = Render<Cost>(p => p.Add(c => c.Usd, null).Add(c => c.UnpricedTokens, 5).Add(c => c.Href, Urls.PriceOf("a/b c")));

        Assert.Equal("/pricing?model=a%2Fb%20c", cost.Find("a").GetAttribute("href"));
        Assert.Equal("/pricing", Render<Cost>(p => p.Add(c => c.Usd, 1).Add(c => c.UnpricedTokens, 5)).Find("a").GetAttribute("href"));
        Assert.Empty(Render<Cost>(p => p.Add(c => c.Usd, 1)).FindAll("a"));
    }

    [Fact]
    public void Navigation_OnAPhone_HasFiveEntriesAtMostAndKeysOfItsOwn()
    {
        Assert.InRange(NavEntry.Tabs.Count() + (NavEntry.More.Any() ? 1 : 0), 4, 5);
        Assert.Equal(NavEntry.All.Count, NavEntry.All.Select(e => e.Key).Distinct().Count());
        Assert.Equal(NavEntry.All.Count, NavEntry.All.Select(e => e.Path).Distinct().Count());
        Assert.Contains(NavEntry.More, e => e.Path == Urls.Pricing);
    }

    private IRenderedComponent<PricePane> Pane(PriceConfigRow? row, PriceFields fields, Func<PriceInput, long?, Task> save, Func<Task>? delete = null) => Render<PricePane>(p => p
        .Add(c => c.Row, row).Add(c => c.Fields, fields).Add(c => c.Prices, new PriceSet([Open], [], null)).Add(c => c.Models, ["m"])
        .Add(c => c.Zone, DateTimeZone.Utc).Add(c => c.NowMs, 5000).Add(c => c.CloseUrl, "/pricing").Add(c => c.OpenPrice, id => $"/pricing?price={id}")
        .Add(c => c.OnSave, save).Add(c => c.OnDelete, delete ?? (() => Task.CompletedTask)));
}

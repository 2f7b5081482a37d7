using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>Dated prices per model, the models that have none, and what the same tokens cost then, today and with another model.</summary>
public sealed partial class PricingPage
{
    private Loader<PriceSet> _prices = null!;
    private Loader<RangeUse> _use = null!;
    private Loader<RangeUse> _steps = null!;
    private PricingState _state = new();
    private (PricingState State, PriceSet Prices, PriceFields Fields)? _fields;
    private (PriceSet Prices, RangeUse Use, WhatIf? WhatIf, PricingReport Report)? _report;
    private string? _notice;
    private PricingState? _noticeOf;

    [Inject]
    private PriceQueries Queries { get; set; } = null!;

    [Inject]
    private PriceStore Store { get; set; } = null!;

    private long NowMs => Now.ToUnixTimeMilliseconds();

    private IReadOnlyList<string> Models =>
        [.. (_use.Value?.Messages ?? []).Concat(_steps.Value?.Messages ?? []).Where(u => u.TotalTokens > 0).Select(u => u.Model).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _prices = Ask<PriceSet>("prices", () => 0, async t => await Queries.GetPricesAsync(t));
        _use = Ask<RangeUse>("use", () => Range, async t => new RangeUse(await AskAsync(Queries.GetMessageUseAsync, t)));
        _steps = Ask<RangeUse>("steps", () => Range, async t => new RangeUse(await AskAsync(Queries.GetUnpricedStepsAsync, t)));
    }

    /// <inheritdoc/>
    protected override void ReadState(QueryReader reader)
    {
        foreach (var (name, edge) in new[] { ("from", Range.From), ("to", Range.To) })
        {
            if (edge is { } moment && Formats.Local(moment, Range.Zone) is null)
                throw new InvalidParameterException(name, "lies outside the years 1 to 9999.");
        }

        _state = PricingState.Read(reader);
        if (_state != _noticeOf)
            _notice = null;
    }

    private async Task<IReadOnlyList<ModelUse>> AskAsync(Func<long, long, CancellationToken, Task<IReadOnlyList<ModelUse>>> ask, CancellationToken token)
    {
        // "All" is everything, also what a clock gone wrong dated into the future.
        var range = Range.From is null && Range.To is null ? null : FigureRange.Of(Range, 0, Now);
        return await ask(range?.From ?? long.MinValue, range?.To ?? long.MaxValue, token);
    }

    private PricingReport Report(PriceSet prices, RangeUse use)
    {
        if (_report is not { } old || !ReferenceEquals(old.Prices, prices) || !ReferenceEquals(old.Use, use) || old.WhatIf != _state.WhatIf)
            _report = (prices, use, _state.WhatIf, PricingReport.From(use.Messages, prices.Book, NowMs, _state.WhatIf));
        return _report.Value.Report;
    }

    // Made once for what is open, so that an answer that arrives later does not take away what was typed.
    private PriceFields FieldsOf(PriceSet prices)
    {
        var open = _state with { WhatIf = null };
        if (_fields is not { } old || old.State != open || (_state.Price is not null && !ReferenceEquals(old.Prices, prices)))
        {
            var row = prices.Rows.FirstOrDefault(r => r.Id == _state.Price);
            var unpriced = UnpricedModel.From(_use.Value?.Messages ?? [], _steps.Value?.Messages).FirstOrDefault(m => m.Model == _state.Model);
            _fields = (open, prices, row is null ? PriceFields.For(_state.Model, prices, unpriced?.FirstAt, Now, Range.Zone) : PriceFields.Of(row, Range.Zone));
        }

        return _fields.Value.Fields;
    }

    private PriceUse? UseOf(PriceSet prices, PriceConfigRow? row) =>
        row is not null && _use.Value is { } use ? Report(prices, use).ByPrice.GetValueOrDefault(row.Id) : null;

    private IEnumerable<string> PricedToday(PriceSet prices) => prices.Rows.Where(r => r.HoldsAt(NowMs)).Select(r => r.Model).Distinct();

    private string RangeName(PriceSet prices) =>
        Range.From is null && Range.To is null ? "all time" : PeriodLabels.RangeName(FigureRange.Of(Range, prices.FirstMessageAt, Now).Cut(Granularity.Month), Now);

    private string UsageOf(string model) => Urls.With(Urls.Usage, [.. Range.ToQuery(), new("measure", "cost"), new("model", model)]);

    private string Open(string? model = null, long? price = null, string? pane = null) => PricingState.Open(Address.Split('#')[0], model, price, pane);

    private async Task SaveAsync(PriceInput price, long? endFirst)
    {
        if (_state.Price is { } id)
        {
            if (await Store.ReplaceAsync(id, price, CancellationToken.None) is null)
                throw new InvalidParameterException("model", "is of a price that has been deleted meanwhile.");
            await DoneAsync("Saved; every cost follows at once.", id);
        }
        else
        {
            var row = await Store.AddAsync(price, "dashboard", endFirst, CancellationToken.None);
            await DoneAsync("Added; every cost follows at once.", row.Id);
        }
    }

    private async Task DeleteAsync()
    {
        var row = _prices.Value?.Rows.FirstOrDefault(r => r.Id == _state.Price);
        if (_state.Price is { } id)
            await Store.DeleteAsync(id, CancellationToken.None);
        await DoneAsync($"The price of {row?.Model} was deleted.", null);
    }

    private async Task LoadAsync(IReadOnlyList<PriceInput> prices)
    {
        var count = await Store.AddMissingAsync(prices, $"built-in list of {PriceList.BuiltIn.AsOf}", CancellationToken.None);
        await DoneAsync($"{Formats.Plural(count, "price")} loaded; every cost follows at once.", null);
    }

    private async Task DoneAsync(string notice, long? open)
    {
        await Seen.RetryAsync();
        await Task.WhenAll(_prices.RetryAsync(), _use.RetryAsync(), _steps.RetryAsync());
        (_notice, _noticeOf) = (notice, _state with { Model = null, Pane = null, Price = open });
        Navigation.NavigateTo(Open(price: open), new NavigationOptions { ReplaceHistoryEntry = true });
        StateHasChanged();
    }

    /// <summary>The uses of one range, as one answer.</summary>
    private sealed record RangeUse(IReadOnlyList<ModelUse> Messages);
}

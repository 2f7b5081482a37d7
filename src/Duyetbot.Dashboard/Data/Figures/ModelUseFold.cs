using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>Adds live rows and packed sums up by model and price row.</summary>
/// <param name="kind">kind of figure_slots; of steps only those count that have tokens and no price.</param>
/// <param name="nameOf">The text of a number of figure_names.</param>
internal sealed class ModelUseFold(string kind, Func<int, string?> nameOf)
{
    private readonly Dictionary<(string? Model, long? PriceId), ModelUseSum> _sums = [];

    /// <summary>kind of figure_slots.</summary>
    public string Kind => kind;

    private bool OfSteps => kind == Slots.Steps;

    /// <summary>Adds what the live view says.</summary>
    public void Add(ModelUse use) => SumOf(use.Model, use.PriceId).Add(use);

    /// <summary>Adds a packed sum.</summary>
    /// <param name="model">The model's number.</param>
    /// <param name="sum">Its tokens.</param>
    /// <param name="price">The price that holds throughout the piece; null where none does.</param>
    /// <param name="piece">When.</param>
    public void Add(int model, in FigureAmounts sum, ModelPrice? price, Period piece)
    {
        if (OfSteps && (price is not null || sum.Input + sum.Output == 0))
            return;
        var into = SumOf(nameOf(model), price?.Id);
        into.Number = model;
        into.Add(sum with { Rows = OfSteps ? 0 : sum.Rows }, price, piece);
    }

    /// <summary>True where a quarter hour has rows of a model that count.</summary>
    public bool Has(byte[] packed, int model)
    {
        var facts = new FactBlob.Reader(packed);
        while (facts.Read())
        {
            if (facts.Key.Model == model && !facts.Key.IsArchived && !(OfSteps && facts.Sum.Input + facts.Sum.Output == 0))
                return true;
        }

        return false;
    }

    /// <summary>The sums without a price whose first or last moment lies somewhere in a piece.</summary>
    public IEnumerable<(ModelUseSum Sum, Period Piece, bool Last)> Unsharp()
    {
        foreach (var sum in _sums.Values.Where(s => s.PriceId is null))
        {
            if (sum.FirstPiece is { } first && (sum.FirstAt is null || first.Start < sum.FirstAt))
                yield return (sum, first, false);
            if (sum.LastPiece is { } last && (sum.LastAt is null || last.End > sum.LastAt))
                yield return (sum, last, true);
        }
    }

    /// <summary>Everything that was added.</summary>
    public List<ModelUse> ToUses() => [.. _sums.Values.Select(s => s.ToUse())];

    private ModelUseSum SumOf(string? model, long? priceId)
    {
        if (!_sums.TryGetValue((model, priceId), out var sum))
            _sums[(model, priceId)] = sum = new ModelUseSum(model, priceId);
        return sum;
    }
}

/// <summary>The tokens of one model and price row, while they are put together.</summary>
internal sealed class ModelUseSum(string? model, long? priceId)
{
    private FigureAmounts _sum = new() { Rows = 0 };

    /// <summary>The model's number, where packed sums brought one.</summary>
    public int Number { get; set; }

    public long? PriceId => priceId;

    /// <summary>The earliest piece that packed sums came from.</summary>
    public Period? FirstPiece { get; private set; }

    /// <summary>The latest one.</summary>
    public Period? LastPiece { get; private set; }

    /// <summary>The earliest moment that is known.</summary>
    public long? FirstAt { get; private set; }

    /// <summary>The latest one.</summary>
    public long? LastAt { get; private set; }

    public void Add(ModelUse use)
    {
        _sum = _sum.Plus(new FigureAmounts
        {
            Rows = use.RowCount,
            Input = use.InputTokens,
            Output = use.OutputTokens,
            Cached = use.CachedTokens,
            RecordedCached = use.RecordedCachedTokens,
            Reasoning = use.ReasoningTokens,
            Cost = use.EstimatedCostUsd ?? 0,
        });
        Sharpen(use);
    }

    public void Add(in FigureAmounts sum, ModelPrice? price, Period piece)
    {
        _sum = _sum.Plus(sum with { Cost = price?.Usd(sum) ?? 0 });
        if (FirstPiece is null || piece.Start < FirstPiece.Value.Start)
            FirstPiece = piece;
        if (LastPiece is null || piece.End > LastPiece.Value.End)
            LastPiece = piece;
    }

    /// <summary>Takes the moments of a live row, where it is of this model and price row.</summary>
    public void Sharpen(ModelUse use)
    {
        if (use.Model != model || use.PriceId != priceId || use.FirstAt is not { } first || use.LastAt is not { } last)
            return;
        FirstAt = FirstAt is { } f ? Math.Min(f, first) : first;
        LastAt = LastAt is { } l ? Math.Max(l, last) : last;
    }

    public ModelUse ToUse() => new()
    {
        Model = model,
        PriceId = priceId,
        RowCount = _sum.Rows,
        InputTokens = _sum.Input,
        OutputTokens = _sum.Output,
        CachedTokens = _sum.Cached,
        RecordedCachedTokens = _sum.RecordedCached,
        ReasoningTokens = _sum.Reasoning,
        EstimatedCostUsd = priceId is null ? null : _sum.Cost,
        UnpricedTokens = priceId is null ? _sum.Input + _sum.Output : 0,
        FirstAt = FirstAt,
        LastAt = LastAt,
    };
}

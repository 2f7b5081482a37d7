using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>Adds, changes, ends and deletes one price; its owner writes.</summary>
public sealed partial class PricePane
{
    private string? _failure;
    private PriceConfigRow? _inTheWay;
    private string? _asking;
    private bool _isBusy;

    /// <summary>The price that is open; null for a new one.</summary>
    [Parameter]
    public PriceConfigRow? Row { get; set; }

    /// <summary>What stands in the form; the pane changes it as a person does.</summary>
    [Parameter, EditorRequired]
    public PriceFields Fields { get; set; } = null!;

    [Parameter, EditorRequired]
    public PriceSet Prices { get; set; } = null!;

    /// <summary>Models that the data names in the range.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Models { get; set; } = [];

    /// <summary>What the price charged in the range; null where nothing.</summary>
    [Parameter]
    public PriceUse? Use { get; set; }

    /// <summary>What was just done, or null.</summary>
    [Parameter]
    public string? Notice { get; set; }

    [Parameter, EditorRequired]
    public DateTimeZone Zone { get; set; } = null!;

    [Parameter, EditorRequired]
    public long NowMs { get; set; }

    [Parameter, EditorRequired]
    public string CloseUrl { get; set; } = "";

    /// <summary>The address with another price open.</summary>
    [Parameter, EditorRequired]
    public Func<long, string> OpenPrice { get; set; } = null!;

    /// <summary>Writes the price; where a second one is given, that one ends when the first begins.</summary>
    [Parameter, EditorRequired]
    public Func<PriceInput, long?, Task> OnSave { get; set; } = null!;

    /// <summary>Takes the price away.</summary>
    [Parameter, EditorRequired]
    public Func<Task> OnDelete { get; set; } = null!;

    private PriceFields F => Fields;

    private List<PriceConfigRow> Siblings => [.. Prices.Rows.Where(r => r.Model == F.Model.Trim() && r.Id != Row?.Id)];

    private string Covers
    {
        get
        {
            var name = F.Model.Trim();
            if (name.Length == 0)
                return "the name that the data uses";
            var covered = Models.Where(m => ModelNames.MayPrice(name, m)).ToList();
            return covered.Count switch
            {
                0 => "no model of this range has this name",
                1 when covered[0] == name => "prices the model of this name",
                _ => $"prices {string.Join(", ", covered.Take(3))}{(covered.Count > 3 ? $" and {covered.Count - 3} more" : "")}",
            };
        }
    }

    private string Consequence => _asking == "end"
        ? "Tokens from now on have no price until another one begins; what was charged stays."
        : Use is null
            ? "It charged nothing in this range; tokens of other ranges may lose their price."
            : $"{Formats.Plural(Use.TotalTokens, "token")} of this range, {Formats.Usd(Use.Usd)}, are then without a price unless another one fits them.";

    private string? Error(string column) => F.Errors.GetValueOrDefault(column);

    private string Other(string text, string empty) => F.Per1k(text) is { } per1k
        ? F.Unit == PriceFields.PerMillion ? $"{PriceText.Per1k(per1k)} per 1,000" : $"{PriceText.PerMillion(per1k)} per million"
        : empty;

    private Task SaveAsync() => F.Read(Zone) is { } price ? WriteAsync(price, null) : Refused();

    private Task EndOtherAndSaveAsync() => F.Read(Zone) is { } price ? WriteAsync(price, _inTheWay?.Id) : SaveAsync();

    private Task EndAsync() => TryAsync(() => OnSave(Row!.ToInput() with { EffectiveTo = NowMs }, null), p => _failure = p.Message);

    private Task DeleteAsync() => TryAsync(OnDelete, p => _failure = p.Message);

    private Task WriteAsync(PriceInput price, long? endFirst) => TryAsync(() => OnSave(price, endFirst), problem =>
    {
        F.Refuse(problem);
        var overlap = PriceRanges.FindOverlap(Prices.Rows, price.Checked(), Row?.Id);
        _inTheWay = Row is null && overlap is not null && PriceRanges.CanEndFor(overlap, price) ? overlap : null;
        _failure = overlap is null ? problem.Message : $"{overlap.Model} has a price that holds {PriceRanges.Words(overlap.EffectiveFrom, overlap.EffectiveTo, Zone)}. A model has one price at a time, whoever the provider.";
    });

    private async Task TryAsync(Func<Task> write, Action<InvalidParameterException> refused)
    {
        _isBusy = true;
        try
        {
            await write();
            (_failure, _inTheWay, _asking) = (null, null, null);
        }
        catch (InvalidParameterException problem)
        {
            refused(problem);
        }
        catch (DatabaseBusyException e)
        {
            _failure = e.Message;
        }
        finally
        {
            _isBusy = false;
        }
    }

    private Task Refused()
    {
        (_failure, _inTheWay) = (Formats.Plural(F.Errors.Count, "field") + (F.Errors.Count == 1 ? " is wrong." : " are wrong."), null);
        return Task.CompletedTask;
    }
}

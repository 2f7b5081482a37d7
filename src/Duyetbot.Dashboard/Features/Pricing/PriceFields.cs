using System.Globalization;
using Duyetbot.Dashboard.Shared;
using NodaTime;
using NodaTime.Text;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>The form of a price: what stands in its fields, and what is wrong with each.</summary>
public sealed class PriceFields
{
    /// <summary>Prices are written per million tokens, as vendors quote them.</summary>
    public const string PerMillion = "1M";

    private static readonly LocalDateTimePattern[] Patterns =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.fff"),
    ];

    private readonly Dictionary<string, (string Text, double Value)> _amounts = [];
    private readonly Dictionary<string, (string Text, long Value)> _moments = [];

    public string Model { get; set; } = "";

    public string Provider { get; set; } = "";

    /// <summary><see cref="PerMillion"/>, or 1k.</summary>
    public string Unit { get; set; } = PerMillion;

    public string Input { get; set; } = "";

    public string Output { get; set; } = "";

    /// <summary>Empty where cached tokens cost what input costs.</summary>
    public string Cached { get; set; } = "";

    /// <summary>Empty where reasoning tokens cost what output costs.</summary>
    public string Reasoning { get; set; } = "";

    public bool CachedBeside { get; set; }

    /// <summary>Local time of the form's zone.</summary>
    public string From { get; set; } = "";

    /// <summary>Local time of the form's zone; empty while it holds.</summary>
    public string To { get; set; } = "";

    public string Notes { get; set; } = "";

    /// <summary>What is wrong, by the column's name.</summary>
    public Dictionary<string, string> Errors { get; } = [];

    /// <summary>The fields of a price that is there, its times in a zone.</summary>
    public static PriceFields Of(PriceConfigRow row, DateTimeZone zone)
    {
        var fields = new PriceFields { Model = row.Model, Provider = row.Provider, Notes = row.Notes ?? "", CachedBeside = !row.CachedInInput };
        fields.Input = fields.Remember("input_cost_per_1k", row.InputCostPer1k);
        fields.Output = fields.Remember("output_cost_per_1k", row.OutputCostPer1k);
        fields.Cached = row.CachedCostPer1k == 0 ? "" : fields.Remember("cached_cost_per_1k", row.CachedCostPer1k);
        fields.Reasoning = row.ReasoningCostPer1k == 0 ? "" : fields.Remember("reasoning_cost_per_1k", row.ReasoningCostPer1k);
        fields.From = fields.Remember("effective_from", row.EffectiveFrom, zone);
        fields.To = row.EffectiveTo is { } to ? fields.Remember("effective_to", to, zone) : "";
        return fields;
    }

    /// <summary>An empty form, for a model where one is named: from the first of its unpriced tokens, or from the first message of all where the model has no price at all, up to its next price.</summary>
    /// <param name="model">The model, or null.</param>
    /// <param name="prices">Every price, and when the data begins.</param>
    /// <param name="unpricedFrom">Unix ms of the first token that needs the price; null where none is known.</param>
    /// <param name="now">The moment in which today is.</param>
    /// <param name="zone">Where days begin.</param>
    public static PriceFields For(string? model, PriceSet prices, long? unpricedFrom, Instant now, DateTimeZone zone)
    {
        var fields = new PriceFields { Model = model ?? "" };
        var others = prices.Rows.Where(r => r.Model == model).ToList();
        fields.Provider = others.Select(r => r.Provider).FirstOrDefault() ?? ProviderOf(model) ?? "";
        var need = others.Count == 0 ? prices.FirstMessageAt : unpricedFrom;
        var from = ZonedDays.StartOf(need is { } ms && Formats.Local(ms, zone) is not null ? ZonedDays.DateOf(ms, zone) : now.InZone(zone).Date, zone);
        from = others.Where(r => r.EffectiveTo > from && r.EffectiveTo <= (need ?? from)).Select(r => r.EffectiveTo!.Value).DefaultIfEmpty(from).Max();
        fields.From = fields.Remember("effective_from", from, zone);
        if (others.Where(r => r.EffectiveFrom > from).Select(r => (long?)r.EffectiveFrom).Min() is { } next)
            fields.To = fields.Remember("effective_to", next, zone);
        return fields;
    }

    /// <summary>A moment as the form writes it.</summary>
    public static string TextOf(long ms, DateTimeZone zone)
    {
        if (Formats.Local(ms, zone) is not { } local)
            return "";
        return Patterns[local.Millisecond != 0 ? 2 : local.Second != 0 ? 1 : 0].Format(local);
    }

    /// <summary>The moment that a field says, in Unix ms; null where it says none.</summary>
    public static long? Moment(string text, DateTimeZone zone)
    {
        foreach (var pattern in Patterns)
        {
            if (pattern.Parse(text) is { Success: true } local)
                return local.Value.InZoneLeniently(zone).ToInstant().ToUnixTimeMilliseconds();
        }

        return null;
    }

    /// <summary>The price that the fields say; null where one of them cannot be read, and <see cref="Errors"/> says which.</summary>
    /// <param name="zone">The zone of the times.</param>
    public PriceInput? Read(DateTimeZone zone)
    {
        Errors.Clear();
        var price = new PriceInput
        {
            Model = Model,
            Provider = Provider,
            InputCostPer1k = Amount("input_cost_per_1k", Input, required: true),
            OutputCostPer1k = Amount("output_cost_per_1k", Output, required: true),
            CachedCostPer1k = Amount("cached_cost_per_1k", Cached, required: false),
            ReasoningCostPer1k = Amount("reasoning_cost_per_1k", Reasoning, required: false),
            EffectiveFrom = Moment("effective_from", From, zone) ?? 0,
            EffectiveTo = To.Length == 0 ? null : Moment("effective_to", To, zone),
            CachedInInput = !CachedBeside,
            Notes = Notes,
        };
        foreach (var (name, text) in new[] { ("model", Model), ("provider", Provider) })
        {
            if (string.IsNullOrWhiteSpace(text))
                Errors.TryAdd(name, "is blank.");
        }

        if (Errors.Count == 0)
            Check(price);
        return Errors.Count == 0 ? price : null;
    }

    /// <summary>Notes what is wrong beside its field.</summary>
    public void Refuse(InvalidParameterException problem) => Errors[problem.Parameter] = problem.Message[(problem.Parameter.Length + 2)..];

    /// <summary>A price per 1,000 tokens as it would be stored; null where the text is no price.</summary>
    public double? Per1k(string text) => Parse(text) is { } value ? (double)(Unit == PerMillion ? value / 1000 : value) : null;

    private static string? ProviderOf(string? model) => model?.LastIndexOf('/') is > 0 and var slash ? model[..slash] : null;

    private static decimal? Parse(string text) =>
        decimal.TryParse(text.Trim().TrimStart('$'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var value) ? value : null;

    private void Check(PriceInput price)
    {
        try
        {
            price.Checked();
        }
        catch (InvalidParameterException problem)
        {
            Refuse(problem);
        }
    }

    private double? Amount(string name, string text, bool required)
    {
        // What is not touched stays as it was, to the last digit.
        if (Unit == PerMillion && _amounts.TryGetValue(name, out var old) && old.Text == text)
            return old.Value;
        if (string.IsNullOrWhiteSpace(text))
        {
            if (required)
                Errors[name] = "is missing; 0 means free.";
            return null;
        }

        var value = Per1k(text);
        if (value is null)
            Errors[name] = $"\"{text}\" is no number; it reads like 0.25, with a point.";
        else if (value < 0)
            Errors[name] = "is negative; a price is 0 or more.";
        return value;
    }

    private long? Moment(string name, string text, DateTimeZone zone)
    {
        if (_moments.TryGetValue(name, out var old) && old.Text == text)
            return old.Value;
        var moment = Moment(text, zone);
        if (moment is null)
            Errors[name] = text.Length == 0 ? "is missing." : $"\"{text}\" is no day and time.";
        return moment;
    }

    private string Remember(string name, double per1k)
    {
        var text = Math.Abs(per1k) < 1e15 && Math.Abs(per1k) > 1e-15
            ? ((decimal)per1k * 1000).ToString("0.############", CultureInfo.InvariantCulture)
            : (per1k * 1000).ToString("R", CultureInfo.InvariantCulture);
        _amounts[name] = (text, per1k);
        return text;
    }

    private string Remember(string name, long ms, DateTimeZone zone)
    {
        var text = TextOf(ms, zone);
        _moments[name] = (text, ms);
        return text;
    }
}

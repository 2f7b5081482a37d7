using System.Globalization;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Shared;

/// <summary>What a figure said when it was clicked, carried to the list of the rows behind it: <c>sums=tokens:1204331</c>. The list says whether its rows add up to it.</summary>
/// <param name="Metric">One of <see cref="Metrics"/>.</param>
/// <param name="Value">The figure; null for a cost that was unknown.</param>
public sealed record FigureClaim(string Metric, double? Value)
{
    /// <summary>What can be claimed. The token kinds: cached is part of input, reasoning of output; uncached and answer are the other parts.</summary>
    public static readonly IReadOnlyList<string> Metrics =
        ["tokens", "input", "uncached", "cached", "output", "answer", "reasoning", "cost", "messages", "steps", "conversations", "users"];

    private const string Unknown = "none";

    /// <summary>What the figure was in words: "1,204,331 tokens".</summary>
    public string Words => WordsOf(Value);

    /// <summary>Reads <c>sums</c>; null where it is absent.</summary>
    /// <exception cref="InvalidParameterException">It is no metric and value.</exception>
    public static FigureClaim? Read(QueryReader reader)
    {
        if (reader.Text("sums") is not { } text)
            return null;
        var cut = text.IndexOf(':', StringComparison.Ordinal);
        if (cut > 0 && Metrics.Contains(text[..cut]))
        {
            if (text[(cut + 1)..] == Unknown)
                return new FigureClaim(text[..cut], null);
            if (double.TryParse(text.AsSpan(cut + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
                return new FigureClaim(text[..cut], value);
        }

        throw new InvalidParameterException("sums", $"\"{text}\" is no figure; one reads like tokens:1204331.");
    }

    /// <summary>What a figure of a sum says.</summary>
    public static FigureClaim From(string metric, FigureSum sum)
    {
        var claim = new FigureClaim(metric, null);
        return claim with { Value = claim.Of(RowSums.Of(sum)) };
    }

    /// <summary>The parameter of a URL.</summary>
    public KeyValuePair<string, string?> ToQuery() => new("sums", $"{Metric}:{Value?.ToString("R", CultureInfo.InvariantCulture) ?? Unknown}");

    /// <summary>The same metric over rows; null for a cost that is unknown.</summary>
    public double? Of(RowSums sums) => Metric switch
    {
        "input" => sums.InputTokens,
        "uncached" => sums.InputTokens - sums.CachedTokens,
        "cached" => sums.CachedTokens,
        "output" => sums.OutputTokens,
        "answer" => sums.OutputTokens - sums.ReasoningTokens,
        "reasoning" => sums.ReasoningTokens,
        "cost" => sums.Cost,
        "messages" or "steps" => sums.Rows,
        "conversations" => sums.Conversations,
        "users" => sums.Users,
        _ => sums.TotalTokens,
    };

    /// <summary>True where the rows add up to the figure: counts exactly, USD to a billionth.</summary>
    public bool Holds(RowSums sums) => (Value, Of(sums)) switch
    {
        (null, null) => true,
        ({ } said, { } now) => Metric == "cost" ? Math.Abs(said - now) <= 1e-9 * Math.Max(1, Math.Abs(said)) : said == now,
        _ => false,
    };

    /// <summary>A value of the metric in words.</summary>
    public string WordsOf(double? value) => Metric switch
    {
        "cost" => Formats.Usd(value),
        "tokens" => Formats.Plural((long)(value ?? 0), "token"),
        "messages" or "steps" or "conversations" or "users" => Formats.Plural((long)(value ?? 0), Metric[..^1]),
        "cached" or "uncached" => $"{Formats.Count((long)(value ?? 0))} {Metric} input tokens",
        "answer" => $"{Formats.Count((long)(value ?? 0))} output tokens without reasoning",
        _ => $"{Formats.Count((long)(value ?? 0))} {Metric} tokens",
    };
}

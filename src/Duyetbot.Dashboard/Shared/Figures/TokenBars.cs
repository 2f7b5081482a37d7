namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>A kind of token as it is drawn.</summary>
/// <param name="Name">In a legend: "Input, cached".</param>
/// <param name="Color">A custom property of tokens.css.</param>
/// <param name="Css">The class of its square in a legend.</param>
/// <param name="Value">Its part of a sum.</param>
public sealed record TokenKind(string Name, string Color, string Css, Func<FigureSum, long> Value);

/// <summary>The four kinds of tokens as bars, from the axis up: together they are the total.</summary>
public static class TokenBars
{
    /// <summary>From the axis up.</summary>
    public static readonly IReadOnlyList<TokenKind> Kinds =
    [
        new("Input, uncached", "--tok-input", "x-input", s => s.Input - s.Cached),
        new("Input, cached", "--tok-cached", "x-cached", s => s.Cached),
        new("Output, answer", "--tok-output", "x-output", s => s.Output - s.Reasoning),
        new("Output, reasoning", "--tok-reasoning", "x-reasoning", s => s.Reasoning),
    ];

    /// <summary>A bar per period and kind.</summary>
    public static IReadOnlyList<BarSeries> Of(FigureSeries series) =>
        [.. Kinds.Select(k => new BarSeries(k.Name, k.Color, [.. Enumerable.Range(0, series.Count).Select(i => (double)k.Value(series[i]))]))];
}

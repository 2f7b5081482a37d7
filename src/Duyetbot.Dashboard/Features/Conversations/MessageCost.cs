namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>The lines of a message's cost, one per token kind; they add up to the view's figure.</summary>
/// <param name="Kind">input, cached, output or reasoning.</param>
/// <param name="Name">The kind in words.</param>
/// <param name="Tokens">Tokens of this kind alone.</param>
/// <param name="Usd">Null where the model has no price.</param>
public sealed record CostLine(string Kind, string Name, long Tokens, double? Usd)
{
    /// <summary>Reckons the lines with the price row that the view used.</summary>
    public static IReadOnlyList<CostLine> From(MessageDetail message)
    {
        var price = message.Price;
        // Where a provider counts cached tokens beside the input, nothing is taken off it and all that is recorded is charged.
        var inside = price?.CachedInInput ?? true;
        var cached = inside ? message.CachedTokens : message.RecordedCachedTokens;
        var uncached = message.InputTokens - (inside ? message.CachedTokens : 0);
        var answer = message.OutputTokens - message.ReasoningTokens;
        return
        [
            new("input", "Input, uncached", uncached, uncached * price?.InputPrice / 1000),
            new("cached", inside ? "Input, cached" : "Cached, beside the input", cached, cached * price?.CachedPrice / 1000),
            new("output", "Output, answer", answer, answer * price?.OutputPrice / 1000),
            new("reasoning", "Output, reasoning", message.ReasoningTokens, message.ReasoningTokens * price?.ReasoningPrice / 1000),
        ];
    }
}

using Duyetbot.Dashboard.Data.Rows;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>One line of a price calculation.</summary>
/// <param name="Kind">The token kind: input, cached, output, reasoning.</param>
/// <param name="Label">Its name on screen.</param>
/// <param name="Tokens">Tokens that are charged at this price.</param>
/// <param name="PricePerMillion">USD per million tokens; null without a price row.</param>
/// <param name="Usd">The line's cost; null without a price row.</param>
public sealed record CostLine(string Kind, string Label, long Tokens, double? PricePerMillion, double? Usd);

/// <summary>How a step's cost comes about: tokens × price per kind (DATA.md 5).</summary>
public static class StepCost
{
    /// <summary>The four lines; their sum is the step's estimated_cost_usd.</summary>
    public static IReadOnlyList<CostLine> From(StepRow step, PriceRow? price)
    {
        // Where a provider counts cached tokens beside the input, nothing is taken off it and all that is recorded is charged.
        var inside = price?.CachedInInput ?? true;
        return
        [
            Line("input", "Input, uncached", inside ? step.InputTokens - step.CachedTokens : step.InputTokens, price?.InputPrice),
            Line("cached", inside ? "Input, cached" : "Cached, beside the input", inside ? step.CachedTokens : step.RecordedCachedTokens, price?.CachedPrice),
            Line("output", "Output, answer", step.OutputTokens - step.ReasoningTokens, price?.OutputPrice),
            Line("reasoning", "Output, reasoning", step.ReasoningTokens, price?.ReasoningPrice),
        ];
    }

    /// <summary>The step with its total, its cost and its tokens without a price, as analytics_agent_steps_view defines them.</summary>
    public static StepRow Fill(StepRow step, PriceRow? price)
    {
        var total = step.InputTokens + step.OutputTokens;
        return step with
        {
            TotalTokens = total,
            UnpricedTokens = price is null ? total : 0,
            EstimatedCostUsd = price is null ? (total == 0 ? 0 : null) : From(step, price).Sum(l => l.Usd),
        };
    }

    private static CostLine Line(string kind, string label, long tokens, double? per1k) => new(kind, label, tokens, per1k * 1_000, per1k * tokens / 1_000);
}

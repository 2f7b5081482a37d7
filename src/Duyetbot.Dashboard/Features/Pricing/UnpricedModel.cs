using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>A model with tokens in a range that no price charged.</summary>
/// <param name="Model">As the data names it; null where nothing does.</param>
/// <param name="Tokens">Of messages.</param>
/// <param name="Messages">How many.</param>
/// <param name="StepTokens">Of steps: the same work counted another way, so the two are never added; null while not known.</param>
/// <param name="FirstAt">Unix ms of the first unpriced one.</param>
/// <param name="LastAt">Unix ms of the last unpriced one.</param>
public sealed record UnpricedModel(string? Model, long Tokens, long Messages, long? StepTokens, long FirstAt, long LastAt)
{
    /// <summary>The models, the most tokens first.</summary>
    /// <param name="messages">Message tokens by model and price row.</param>
    /// <param name="steps">Step tokens without a price by model; null while not known.</param>
    public static IReadOnlyList<UnpricedModel> From(IReadOnlyList<ModelUse> messages, IReadOnlyList<ModelUse>? steps)
    {
        var ofMessages = messages.Where(u => u.UnpricedTokens > 0).ToLookup(u => u.Model ?? "");
        var ofSteps = (steps ?? []).ToLookup(u => u.Model ?? "");
        return [.. ofMessages.Select(g => g.Key).Union(ofSteps.Select(g => g.Key))
            .Select(name => Of(name.Length == 0 ? null : name, [.. ofMessages[name]], [.. ofSteps[name]], steps is not null))
            .OrderByDescending(m => Math.Max(m.Tokens, m.StepTokens ?? 0)).ThenBy(m => m.Model, StringComparer.Ordinal)];
    }

    private static UnpricedModel Of(string? model, List<ModelUse> messages, List<ModelUse> steps, bool stepsKnown) => new(
        model,
        messages.Sum(u => u.UnpricedTokens),
        messages.Sum(u => u.RowCount),
        stepsKnown ? steps.Sum(u => u.UnpricedTokens) : null,
        messages.Concat(steps).Min(u => u.FirstAt) ?? 0,
        messages.Concat(steps).Max(u => u.LastAt) ?? 0);
}

using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>What is asked about usage.</summary>
/// <param name="Range">Which time.</param>
/// <param name="Granularity">How long a period is.</param>
/// <param name="GroupBy">What makes a series.</param>
/// <param name="Compare">True to ask for the range before too.</param>
/// <param name="Filter">Which messages; its own From and To are not used.</param>
public sealed record UsageQuestion(FigureRange Range, Granularity Granularity, UsageGroup GroupBy, bool Compare, MessageFilter Filter);

/// <summary>The answer: folds of the range and of the one before, and the weekly pattern of the range.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Now">The range.</param>
/// <param name="Before">The range before, or null where it was not asked for.</param>
/// <param name="Heat">By weekday and hour.</param>
public sealed record UsageReport(UsageQuestion Question, FigureFold Now, FigureFold? Before, HourHeat Heat)
{
    /// <summary>The tokens of a key in the range before; null where it was not asked for.</summary>
    public FigureSum? BeforeOf(string? key) =>
        Before is null ? null : Before.Series.FirstOrDefault(s => s.Key == key)?.Total ?? FigureSum.Nothing;
}

/// <summary>A model whose tokens have no price.</summary>
/// <param name="Name">Its name; null where no model is named.</param>
/// <param name="Tokens">How many tokens.</param>
public sealed record UnpricedModel(string? Name, long Tokens);

/// <summary>What the page shows of a report: the report, and the models without a price.</summary>
/// <param name="Report">The answer.</param>
/// <param name="Unpriced">Most tokens first.</param>
public sealed record UsageShown(UsageReport Report, IReadOnlyList<UnpricedModel> Unpriced)
{
    /// <summary>The models of a fold by model that have tokens without a price.</summary>
    public static IReadOnlyList<UnpricedModel> UnpricedIn(FigureFold byModel) =>
        [.. byModel.Series.Where(s => s.Total.Unpriced > 0).OrderByDescending(s => s.Total.Unpriced).Select(s => new UnpricedModel(s.Key, s.Total.Unpriced))];
}

using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>What is asked about usage.</summary>
/// <param name="Range">Which time.</param>
/// <param name="Granularity">How long a period is.</param>
/// <param name="GroupBy">What makes a series.</param>
/// <param name="Compare">True to ask for the range before too.</param>
/// <param name="Filter">Which messages; its own From and To are not used.</param>
public sealed record UsageQuestion(FigureRange Range, Granularity Granularity, UsageGroup GroupBy, bool Compare, ConversationFilter Filter);

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

using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Overview;

/// <summary>The messages of a range, by model and by platform, and those of the range before.</summary>
/// <param name="ByModel">A series per model.</param>
/// <param name="ByPlatform">A series per platform.</param>
/// <param name="Before">The range before by model; null where there is none to compare with.</param>
public sealed record OverviewFigures(FigureFold ByModel, FigureFold ByPlatform, FigureFold? Before)
{
    /// <summary>Everything in the range.</summary>
    public FigureSeries All => ByModel.All;
}

/// <summary>The events of a range and of the one before.</summary>
/// <param name="Now">The range.</param>
/// <param name="Before">The range before; null where there is none to compare with.</param>
public sealed record OverviewEvents(EventSums Now, EventSums? Before);

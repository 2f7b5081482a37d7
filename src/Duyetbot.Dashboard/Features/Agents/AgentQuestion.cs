using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>What is asked about agents: the same for page, API and CSV.</summary>
/// <param name="Range">Which time, by when the step's event began.</param>
/// <param name="Agent">Only the agent of this name, or null.</param>
/// <param name="Model">Only steps of this model, or null.</param>
public sealed record AgentQuestion(FigureRange Range, string? Agent = null, string? Model = null)
{
    private const long HourMs = 3_600_000;

    /// <summary>The periods of the trends: hours up to two days, days up to three months, then weeks, then months.</summary>
    public Periods Periods => Range.Cut(((Range.To - Range.From) / HourMs) switch
    {
        <= 49 => Granularity.Hour,
        <= 93 * 24 => Granularity.Day,
        <= 1200 * 24 => Granularity.Week,
        _ => Granularity.Month,
    });

    /// <summary>True for what the filter lets through.</summary>
    public bool Takes(string? agent, string? model) => (Agent is null || Agent == agent) && (Model is null || Model == model);
}

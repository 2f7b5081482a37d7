using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>What a list needs of one step.</summary>
public sealed record StepName
{
    public string EventId { get; init; } = "";

    public string StepId { get; init; } = "";

    public string? AgentName { get; init; }

    public long Depth { get; init; }

    public bool IsFailed { get; init; }

    public string? ErrorMessage { get; init; }
}

/// <summary>One row of the list of traces.</summary>
/// <param name="Event">The event.</param>
/// <param name="Path">Who worked on it; null where it has no steps.</param>
/// <param name="FirstError">The first failed step with its error, else the event's own error; null where nothing failed.</param>
public sealed record TraceListItem(EventSummaryRow Event, string? Path, string? FirstError)
{
    /// <summary>True while the event has not ended.</summary>
    public bool IsRunning => Event.Status is "processing" or "pending";

    /// <summary>True where the event failed.</summary>
    public bool IsError => Event.Status == "error";

    /// <summary>Why the event has no steps although its agents hold something; null where nothing is wrong.</summary>
    public string? AgentsProblem => ProblemOf(Event.AgentsKind);

    /// <summary>Makes the row of an event and of its steps in any order.</summary>
    public static TraceListItem From(EventSummaryRow row, IEnumerable<StepName> steps)
    {
        var ordered = StepPath.InOrder(steps, s => s.StepId, s => s.EventId);
        var failed = ordered.Find(s => s.IsFailed);
        return new TraceListItem(
            row,
            AgentsPath.From(ordered.Select(s => (s.AgentName, s.Depth))),
            failed is not null ? $"{failed.AgentName ?? "unnamed"}: {failed.ErrorMessage ?? "failed"}" : row.ErrorMessage ?? row.ErrorType);
    }

    /// <summary>What is wrong with a stored agents value, in words; null where it is NULL or an array.</summary>
    public static string? ProblemOf(string? agentsKind) => agentsKind switch
    {
        null or "array" or "null" => null,
        "not JSON" => "agents is not JSON",
        "object" => "agents is an object, not an array",
        "integer" or "real" => "agents is a number, not an array",
        "text" => "agents is a text, not an array",
        _ => $"agents is {agentsKind}, not an array",
    };
}

using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>What an event did, short enough for a line under the turn that it answered.</summary>
public sealed record TurnTrace
{
    private const int MaxSteps = 5;

    public string EventId { get; private init; } = "";

    public string? Status { get; private init; }

    public long? DurationMs { get; private init; }

    public string? ErrorMessage { get; private init; }

    /// <summary>router › orchestrator › 3 workers; null where the event has no steps.</summary>
    public string? Path { get; private init; }

    public int StepCount { get; private init; }

    /// <summary>Steps that failed.</summary>
    public int FailedSteps { get; private init; }

    /// <summary>The longest steps, parents before children.</summary>
    public IReadOnlyList<StepRow> Longest { get; private init; } = [];

    /// <summary>The duration that fills a bar, ms; at least 1.</summary>
    public long ScaleMs { get; private init; } = 1;

    /// <summary>True where the event or one of its steps failed.</summary>
    public bool IsFailed => Status == "error" || FailedSteps > 0;

    /// <summary>Makes the summary of an event.</summary>
    /// <param name="head">The event.</param>
    /// <param name="steps">Its steps, parents before children.</param>
    public static TurnTrace From(TurnEventRow head, IReadOnlyList<StepRow> steps)
    {
        var longest = steps.OrderByDescending(s => s.DurationMs).Take(MaxSteps).Select(s => s.StepId).ToHashSet(StringComparer.Ordinal);
        return new TurnTrace
        {
            EventId = head.EventId,
            Status = head.Status,
            DurationMs = head.DurationMs,
            ErrorMessage = head.ErrorMessage ?? steps.FirstOrDefault(s => s.ErrorMessage is not null)?.ErrorMessage,
            Path = AgentsPath.From(steps.Select(s => (s.AgentName, s.Depth))),
            StepCount = steps.Count,
            FailedSteps = steps.Count(s => s.IsFailed),
            Longest = [.. steps.Where(s => longest.Contains(s.StepId))],
            ScaleMs = Math.Max(1, Math.Max(head.DurationMs ?? 0, steps.Count == 0 ? 0 : steps.Max(s => s.DurationMs))),
        };
    }
}

/// <summary>The columns of analytics_events_view that a turn's line needs.</summary>
public sealed record TurnEventRow
{
    public string EventId { get; init; } = "";

    public string? Status { get; init; }

    public long? DurationMs { get; init; }

    public string? ErrorMessage { get; init; }
}

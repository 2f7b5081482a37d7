using Duyetbot.Dashboard.Data.Rows;

namespace Duyetbot.Dashboard.Tests.Traces;

/// <summary>Steps of an event "e" that began at moment 0.</summary>
internal static class Steps
{
    public static StepRow Step(string path, long durationMs = 0, long? startedAt = null, string? name = null, long tokens = 0, bool failed = false, double? cost = 0, string? model = null)
    {
        var dot = path.LastIndexOf('.');
        return new StepRow
        {
            StepId = "e-" + path,
            EventId = "e",
            ParentStepId = dot < 0 ? null : "e-" + path[..dot],
            AgentName = name ?? "step " + path,
            AgentType = dot < 0 ? "agent" : "worker",
            Depth = path.Count(c => c == '.'),
            DurationMs = durationMs,
            RecordedStartedAt = startedAt,
            InputTokens = tokens,
            TotalTokens = tokens,
            IsFailed = failed,
            Model = model,
            EstimatedCostUsd = tokens == 0 ? 0 : cost,
            UnpricedTokens = tokens > 0 && cost is null ? tokens : 0,
        };
    }
}

using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>A trace with everything that follows from its rows, worked out once.</summary>
public sealed class TraceView
{
    private readonly Dictionary<string, int> _places;

    private TraceView(TraceData data, long? durationMs)
    {
        Data = data;
        DurationMs = durationMs;
        Timeline = TraceTimeline.From(data.Steps, data.Event.TriggeredAt, durationMs);
        Path = CriticalPath.From(Timeline);
        Ledger = TraceLedger.From(data.Event, [.. data.Steps], data.Messages);
        Failed = [.. Timeline.Nodes.Where(n => n.Step.IsFailed).Select(n => n.Index)];
        _places = Timeline.Nodes.ToDictionary(n => n.Step.StepId, n => n.Index, StringComparer.Ordinal);
    }

    public TraceData Data { get; }

    public EventRow Event => Data.Event;

    /// <summary>The event's duration; its age while it runs.</summary>
    public long? DurationMs { get; }

    public bool IsRunning => Event.Status is "processing" or "pending";

    public TraceTimeline Timeline { get; }

    public CriticalPath Path { get; }

    public TraceLedger Ledger { get; }

    /// <summary>What of the stored chain the tree does not show as it is stored.</summary>
    public ChainCheck Check => Data.Check;

    /// <summary>The places of the failed steps, in order.</summary>
    public IReadOnlyList<int> Failed { get; }

    /// <summary>Models that the steps name.</summary>
    public int Models => Data.Steps.Select(s => s.Model).Where(m => m is not null).Distinct().Count();

    /// <summary>Works a trace out.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="nowMs">Unix ms; the end of an event that still runs.</param>
    public static TraceView From(TraceData data, long nowMs) => new(
        data,
        data.Event.DurationMs ?? (data.Event.Status is "processing" or "pending" ? Math.Max(0, nowMs - data.Event.TriggeredAt) : null));

    /// <summary>The place of a step; -1 where the trace has none of that id.</summary>
    public int PlaceOf(string? stepId) => stepId is not null && _places.TryGetValue(stepId, out var place) ? place : -1;

    /// <summary>The step in a list of places that follows another, around the end; null in an empty list.</summary>
    public TimelineNode? Next(IReadOnlyList<int> places, int after, bool backwards) => places.Count == 0 ? null : Timeline.Nodes[
        backwards
            ? places.LastOrDefault(p => p < after, places[^1])
            : places.FirstOrDefault(p => p > after, places[0])];

    /// <summary>Steps whose name, model, tools or error holds a text, in order; letters match in either case.</summary>
    public IReadOnlyList<int> Find(string? text)
    {
        bool Holds(string? value) => value is not null && value.Contains(text!, StringComparison.OrdinalIgnoreCase);
        return text is null ? [] :
            [.. Timeline.Nodes.Where(n => Holds(n.Step.AgentName) || Holds(n.Step.Model) || Holds(n.Step.ErrorMessage) || Holds(n.Step.ToolsUsed)).Select(n => n.Index)];
    }
}

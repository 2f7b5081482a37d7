using Duyetbot.Dashboard.Data.Rows;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>One step on the time axis. Times are ms from the event's start, negative where a recorded start lies before it.</summary>
public sealed class TimelineNode
{
    internal TimelineNode(StepRow step, int index, int parent)
    {
        Step = step;
        Index = index;
        Parent = parent;
    }

    /// <summary>The step itself.</summary>
    public StepRow Step { get; }

    /// <summary>Its place in <see cref="TraceTimeline.Nodes"/>.</summary>
    public int Index { get; }

    /// <summary>The place of its parent; -1 for an agent of the first level.</summary>
    public int Parent { get; }

    /// <summary>The places of its children, in their order.</summary>
    public List<int> Children { get; } = [];

    /// <summary>0 for an agent of the first level.</summary>
    public int Depth { get; internal set; }

    /// <summary>Ms from the event's start.</summary>
    public long Start { get; internal set; }

    /// <summary>Start and duration.</summary>
    public long End => Start + Step.DurationMs;

    /// <summary>True where the start is not recorded.</summary>
    public bool IsInferred => Step.RecordedStartedAt is null;

    /// <summary>Tokens of the step and of everything below it.</summary>
    public long SubtreeTokens { get; internal set; }

    /// <summary>Tokens of the step and of everything below it that have no price.</summary>
    public long SubtreeUnpriced { get; internal set; }

    /// <summary>USD of the step and of everything below it; null where there are tokens and none has a price.</summary>
    public double? SubtreeCost => SubtreeUnpriced > 0 && SubtreeUnpriced == SubtreeTokens ? null : PricedCost;

    internal double PricedCost { get; set; }

    /// <summary>Steps below it, at every level.</summary>
    public int Descendants { get; internal set; }

    /// <summary>True where a step below it failed.</summary>
    public bool HasFailedBelow { get; internal set; }

    /// <summary>The parts of its time that a child covers, in order and merged; each says whether its place is inferred.</summary>
    public IReadOnlyList<(long Start, long End, bool IsInferred)> Covered { get; internal set; } = [];

    /// <summary>Ms that no child covers.</summary>
    public long OwnMs => Step.DurationMs - Covered.Sum(c => c.End - c.Start);
}

/// <summary>Where every step of a trace lies in time.</summary>
/// <remarks>
/// A recorded start is used as it is. Without one a step begins when all before it have ended: agents follow each other
/// from the event's start; workers lie inside their parent, one after another where they then end within it, else side by
/// side from its start (DATA.md 4).
/// </remarks>
public sealed class TraceTimeline
{
    // Far outside every real trace, and small enough that sums of offsets cannot overflow.
    private const long FarAway = 4_000_000_000_000_000;

    private TraceTimeline(List<TimelineNode> nodes) => Nodes = nodes;

    /// <summary>Every step, parents before children.</summary>
    public IReadOnlyList<TimelineNode> Nodes { get; }

    /// <summary>The places of the agents of the first level, in their order.</summary>
    public IReadOnlyList<int> Roots { get; private set; } = [];

    /// <summary>The first moment on the axis: 0, or a recorded start before it.</summary>
    public long Start { get; private set; }

    /// <summary>The last moment on the axis: the event's end or a step's, whichever is later.</summary>
    public long End { get; private set; }

    /// <summary>Ms on the axis; at least 1.</summary>
    public long Length => Math.Max(1, End - Start);

    /// <summary>Steps with a recorded start.</summary>
    public int Recorded => Nodes.Count(n => !n.IsInferred);

    /// <summary>Places the steps.</summary>
    /// <param name="steps">Parents before children.</param>
    /// <param name="eventStart">Unix ms.</param>
    /// <param name="eventDurationMs">The event's duration, or its age while it runs; null where neither is known.</param>
    public static TraceTimeline From(IReadOnlyList<StepRow> steps, long eventStart, long? eventDurationMs)
    {
        var nodes = new List<TimelineNode>(steps.Count);
        var byId = new Dictionary<string, int>(steps.Count, StringComparer.Ordinal);
        var roots = new List<int>();
        foreach (var step in steps)
        {
            var parent = step.ParentStepId is { } id && byId.TryGetValue(id, out var at) ? at : -1;
            var node = new TimelineNode(step, nodes.Count, parent);
            (parent < 0 ? roots : nodes[parent].Children).Add(node.Index);
            node.Depth = parent < 0 ? 0 : nodes[parent].Depth + 1;
            byId.TryAdd(step.StepId, node.Index);
            nodes.Add(node);
        }

        // Parents come first in the list, so a plain loop places top down and a reversed one sums bottom up, at any depth.
        Follow(nodes, roots, 0, eventStart);
        foreach (var node in nodes)
        {
            if (node.Children.Count > 0 && Follow(nodes, node.Children, node.Start, eventStart) > node.End)
                SideBySide(nodes, node.Children, node.Start);
        }

        for (var i = nodes.Count - 1; i >= 0; i--)
            Sum(nodes, nodes[i]);
        return new TraceTimeline(nodes)
        {
            Roots = roots,
            Start = nodes.Count == 0 ? 0 : Math.Min(0, nodes.Min(n => n.Start)),
            End = Math.Max(eventDurationMs ?? 0, nodes.Count == 0 ? 0 : nodes.Max(n => n.End)),
        };
    }

    // One after another from a moment; returns the latest end of those whose place is inferred.
    private static long Follow(List<TimelineNode> nodes, List<int> siblings, long from, long eventStart)
    {
        var latest = long.MinValue;
        foreach (var index in siblings)
        {
            var node = nodes[index];
            node.Start = node.Step.RecordedStartedAt is { } recorded ? Offset(recorded, eventStart) : from;
            from = Math.Max(from, node.End);
            if (node.IsInferred)
                latest = Math.Max(latest, node.End);
        }

        return latest;
    }

    private static void SideBySide(List<TimelineNode> nodes, List<int> siblings, long from)
    {
        foreach (var index in siblings)
        {
            if (nodes[index].IsInferred)
                nodes[index].Start = from;
        }
    }

    private static long Offset(long moment, long eventStart) => (long)Int128.Clamp((Int128)moment - eventStart, -FarAway, FarAway);

    private static void Sum(List<TimelineNode> nodes, TimelineNode node)
    {
        node.SubtreeTokens += node.Step.TotalTokens;
        node.SubtreeUnpriced += node.Step.UnpricedTokens;
        node.PricedCost += node.Step.EstimatedCostUsd ?? 0;
        node.Covered = Cover(nodes, node);
        if (node.Parent < 0)
            return;
        var parent = nodes[node.Parent];
        parent.SubtreeTokens += node.SubtreeTokens;
        parent.SubtreeUnpriced += node.SubtreeUnpriced;
        parent.PricedCost += node.PricedCost;
        parent.Descendants += node.Descendants + 1;
        parent.HasFailedBelow |= node.HasFailedBelow || node.Step.IsFailed;
    }

    // The union of the children's times within the parent; recorded wins where both kinds overlap.
    private static List<(long Start, long End, bool IsInferred)> Cover(List<TimelineNode> nodes, TimelineNode node)
    {
        var parts = new List<(long Start, long End, bool IsInferred)>();
        foreach (var child in node.Children.Select(c => nodes[c]).OrderBy(c => c.Start).ThenBy(c => c.IsInferred))
        {
            var start = Math.Max(child.Start, node.Start);
            var end = Math.Min(child.End, node.End);
            if (parts.Count > 0 && start < parts[^1].End)
                start = parts[^1].End;
            if (end <= start)
                continue;
            if (parts.Count > 0 && parts[^1].End == start && parts[^1].IsInferred == child.IsInferred)
                parts[^1] = parts[^1] with { End = end };
            else
                parts.Add((start, end, child.IsInferred));
        }

        return parts;
    }
}

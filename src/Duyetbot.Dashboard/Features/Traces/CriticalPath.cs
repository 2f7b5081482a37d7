namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The chain of steps that decided when a trace ended: shortening any part of it would have ended the trace sooner.</summary>
/// <remarks>
/// Definition: from the end of the trace backwards, time belongs to the child that finished last before that moment, and
/// so on within it; time that no child decides belongs to the parent itself. Children are cut at their parent's edges, and
/// a child still running at that moment did not decide it. This is the rule of Jaeger's critical path ("last finishing
/// child", after Uber's CRISP, USENIX ATC 2022).
/// </remarks>
public sealed class CriticalPath
{
    private readonly Dictionary<int, List<(long Start, long End)>> _parts;

    private CriticalPath(Dictionary<int, List<(long Start, long End)>> parts)
    {
        _parts = parts;
        TotalMs = parts.Values.Sum(p => p.Sum(s => s.End - s.Start));
    }

    /// <summary>Ms on the path, over all steps.</summary>
    public long TotalMs { get; }

    /// <summary>The parts of a step's own time that lie on the path, in order; empty where none does.</summary>
    /// <param name="index">The step's place in the timeline.</param>
    public IReadOnlyList<(long Start, long End)> PartsOf(int index) => _parts.TryGetValue(index, out var parts) ? parts : [];

    /// <summary>Finds the path.</summary>
    public static CriticalPath From(TraceTimeline timeline)
    {
        var parts = new Dictionary<int, List<(long Start, long End)>>();
        var open = new Stack<(int Index, long From, long To)>();
        open.Push((-1, timeline.Start, timeline.End));
        while (open.TryPop(out var window))
        {
            var children = (window.Index < 0 ? timeline.Roots : timeline.Nodes[window.Index].Children)
                .Select(c => timeline.Nodes[c])
                .Select(n => (n.Index, Start: Math.Max(n.Start, window.From), End: Math.Min(n.End, window.To)))
                .Where(c => c.End > c.Start)
                .OrderByDescending(c => c.End)
                .ThenByDescending(c => c.Start);
            var at = window.To;
            foreach (var child in children)
            {
                if (child.End > at)
                    continue;
                Add(parts, window.Index, child.End, at);
                open.Push((child.Index, child.Start, child.End));
                at = child.Start;
            }

            Add(parts, window.Index, window.From, at);
        }

        foreach (var list in parts.Values)
            list.Sort();
        return new CriticalPath(parts);
    }

    private static void Add(Dictionary<int, List<(long Start, long End)>> parts, int index, long start, long end)
    {
        if (index < 0 || end <= start)
            return;
        if (!parts.TryGetValue(index, out var list))
            parts[index] = list = [];
        list.Add((start, end));
    }
}

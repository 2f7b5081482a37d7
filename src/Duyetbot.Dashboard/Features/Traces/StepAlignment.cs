namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>One line of a comparison: the same step of two traces, or a step that only one of them has.</summary>
/// <param name="A">The step of the first trace; null where only the second has it.</param>
/// <param name="B">The step of the second trace; null where only the first has it.</param>
public sealed record StepPair(TimelineNode? A, TimelineNode? B)
{
    /// <summary>Either step, the second trace's first.</summary>
    public TimelineNode Either => (B ?? A)!;

    /// <summary>0 for an agent of the first level; a pair stands at the same depth in both traces.</summary>
    public int Depth => Either.Depth;

    /// <summary>Ms, second less first; a step that is missing counts as 0.</summary>
    public long DeltaMs => (B?.Step.DurationMs ?? 0) - (A?.Step.DurationMs ?? 0);

    /// <summary>Own tokens, second less first; a step that is missing counts as 0.</summary>
    public long DeltaTokens => (B?.Step.TotalTokens ?? 0) - (A?.Step.TotalTokens ?? 0);

    /// <summary>USD of the steps alone, second less first; null where a step that is there has no price.</summary>
    public double? DeltaUsd => CostOf(B) - CostOf(A);

    private static double? CostOf(TimelineNode? node) => node is null ? 0 : node.Step.EstimatedCostUsd;
}

/// <summary>Which step of one trace is which step of another.</summary>
/// <remarks>
/// Two steps are the same where their paths of names are: the names and kinds from the first level down to the step, and at
/// each level the number among the siblings of that name and kind. It is how a positional step of XPath names a node,
/// <c>orchestrator[1]/sql-analyst[2]</c> (W3C XPath 1.0, 2.1 and 2.4). So the second retry meets the second retry, an order
/// that changed among parallel workers changes nothing, and a step below one that the other trace lacks has no partner.
/// </remarks>
public static class StepAlignment
{
    /// <summary>Every step of both traces once, parents before children, in the first trace's order; a step that only the second has follows its sibling there.</summary>
    /// <remarks>Linear in the steps of both, whatever their depth.</remarks>
    public static IReadOnlyList<StepPair> Of(TraceTimeline a, TraceTimeline b)
    {
        var pairs = new List<StepPair>(Math.Max(a.Nodes.Count, b.Nodes.Count));
        var open = new Stack<StepPair>();
        PushAll(open, Siblings(a, a.Roots, b, b.Roots));
        while (open.TryPop(out var pair))
        {
            pairs.Add(pair);
            PushAll(open, Siblings(a, pair.A?.Children ?? [], b, pair.B?.Children ?? []));
        }

        return pairs;
    }

    private static void PushAll(Stack<StepPair> open, List<StepPair> pairs)
    {
        for (var i = pairs.Count - 1; i >= 0; i--)
            open.Push(pairs[i]);
    }

    private static List<StepPair> Siblings(TraceTimeline a, IReadOnlyList<int> left, TraceTimeline b, IReadOnlyList<int> right)
    {
        if (left.Count == 0 && right.Count == 0)
            return [];
        var known = Named(a, left).ToList();
        var keys = known.Select(k => k.Key).ToHashSet();
        var partners = new Dictionary<(string?, string?, int), TimelineNode>();
        var first = new List<TimelineNode>();
        var after = new Dictionary<(string?, string?, int), List<TimelineNode>>();
        var place = first;
        foreach (var (key, node) in Named(b, right))
        {
            if (keys.Contains(key))
            {
                partners[key] = node;
                after[key] = place = [];
            }
            else
            {
                place.Add(node);
            }
        }

        var pairs = first.Select(n => new StepPair(null, n)).ToList();
        foreach (var (key, node) in known)
        {
            pairs.Add(new StepPair(node, partners.GetValueOrDefault(key)));
            pairs.AddRange(after.GetValueOrDefault(key, []).Select(n => new StepPair(null, n)));
        }

        return pairs;
    }

    private static IEnumerable<((string? Name, string? Type, int Number) Key, TimelineNode Node)> Named(TraceTimeline timeline, IReadOnlyList<int> siblings)
    {
        var counts = new Dictionary<(string?, string?), int>();
        foreach (var node in siblings.Select(s => timeline.Nodes[s]))
        {
            var name = (node.Step.AgentName, node.Step.AgentType);
            counts[name] = counts.GetValueOrDefault(name) + 1;
            yield return ((name.AgentName, name.AgentType, counts[name]), node);
        }
    }
}

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>What is folded: by level, and by hand.</summary>
/// <param name="Level">Rows from this depth on start folded; null unfolds all.</param>
/// <param name="Folded">Rows folded by hand, by key.</param>
/// <param name="Opened">Rows unfolded by hand, by key.</param>
public sealed record FoldState(int? Level, IReadOnlySet<string> Folded, IReadOnlySet<string> Opened)
{
    /// <summary>Everything open but groups of alike siblings.</summary>
    public static readonly FoldState Default = new(null, new HashSet<string>(), new HashSet<string>());
}

/// <summary>One line of the tree: a step, or a group of alike siblings.</summary>
/// <param name="Key">The step's path, <c>1.0</c>; for a group that of its first member with a star.</param>
/// <param name="Node">The step; for a group its first member.</param>
/// <param name="Members">The members of a group; null for a step.</param>
/// <param name="Level">Depth on screen, from 1; the members of an open group stand one deeper.</param>
/// <param name="IsFoldable">True where something lies below.</param>
/// <param name="IsOpen">True where what lies below is shown.</param>
/// <param name="Lines">For each level left of the row: whether a line to a later sibling passes through; the last entry is the row's own.</param>
/// <param name="Hidden">Steps that this row hides below itself.</param>
public sealed record TraceRow(string Key, TimelineNode Node, IReadOnlyList<TimelineNode>? Members, int Level, bool IsFoldable, bool IsOpen, IReadOnlyList<bool> Lines, int Hidden)
{
    /// <summary>True for a group of alike siblings.</summary>
    public bool IsGroup => Members is not null;

    /// <summary>True where the step itself failed, or a member of the group did.</summary>
    public bool IsFailed => Members?.Any(m => m.Step.IsFailed) ?? Node.Step.IsFailed;

    /// <summary>True where the row leads to a failed step.</summary>
    public bool LeadsToError => IsFailed || (Members?.Any(m => m.HasFailedBelow) ?? Node.HasFailedBelow);

    /// <summary>True where the row lies deeper than its indentation shows.</summary>
    public bool IsDeeperThanDrawn => Level > TraceRows.MaxLines + 1;
}

/// <summary>The lines of the tree that are on screen.</summary>
/// <param name="Rows">In order; parents before children.</param>
/// <param name="HiddenSteps">Steps that folding hides.</param>
/// <param name="ShortSteps">Steps left out because they, and everything below them, are too short.</param>
public sealed record TraceRows(IReadOnlyList<TraceRow> Rows, int HiddenSteps, int ShortSteps = 0)
{
    /// <summary>So many alike siblings and more become one group row.</summary>
    public const int GroupFrom = 6;

    // Lines of the tree are not drawn deeper than this, so that names keep their room; deeper rows say their level.
    internal const int MaxLines = 6;

    /// <summary>Walks the tree without recursion, so that any depth is fine.</summary>
    /// <param name="timeline">The steps.</param>
    /// <param name="fold">What is folded.</param>
    /// <param name="selected">The place of a step whose ancestors are shown open whatever the fold says; -1 for none.</param>
    /// <param name="minMs">Steps shorter than so many ms are left out, unless they failed, are selected, or lead to one that stays; null leaves none out.</param>
    public static TraceRows From(TraceTimeline timeline, FoldState fold, int selected, long? minMs = null)
    {
        var nodes = timeline.Nodes;
        var stays = Staying(nodes, selected, minMs);
        var dropped = 0;
        IReadOnlyList<int> Kept(IReadOnlyList<int> siblings)
        {
            if (stays is null)
                return siblings;
            dropped += siblings.Where(s => !stays[s]).Sum(s => nodes[s].Descendants + 1);
            return [.. siblings.Where(s => stays[s])];
        }

        var forced = new HashSet<int>();
        for (var at = selected; at >= 0; at = nodes[at].Parent)
            forced.Add(at);
        var rows = new List<TraceRow>();
        var hidden = 0;
        var open = new Stack<Item>();
        PushAll(open, Items(nodes, Kept(timeline.Roots), 1, []));
        while (open.TryPop(out var item))
        {
            var node = item.Node;
            if (item.Members is { } members)
            {
                var key = KeyOf(node) + "*";
                var holdsSelected = members.Any(m => forced.Contains(m.Index));
                var isOpen = holdsSelected || (fold.Opened.Contains(key) && !fold.Folded.Contains(key));
                var below = members.Count + members.Sum(m => m.Descendants);
                rows.Add(new TraceRow(key, node, members, item.Level, true, isOpen, item.Lines, isOpen ? 0 : below));
                if (isOpen)
                    PushAll(open, Steps(members, item.Level + 1, item.Lines));
                else
                    hidden += below;
                continue;
            }

            var path = KeyOf(node);
            var foldable = stays is null ? node.Children.Count > 0 : node.Children.Exists(c => stays[c]);
            if (!foldable)
                dropped += node.Descendants;
            var shown = foldable && ((forced.Contains(node.Index) && node.Index != selected)
                || fold.Opened.Contains(path)
                || (!fold.Folded.Contains(path) && (fold.Level is null || item.Level < fold.Level)));
            rows.Add(new TraceRow(path, node, null, item.Level, foldable, shown, item.Lines, shown ? 0 : node.Descendants));
            if (shown)
                PushAll(open, Items(nodes, Kept(node.Children), item.Level + 1, item.Lines));
            else if (foldable)
                hidden += node.Descendants;
        }

        return new TraceRows(rows, hidden, dropped);
    }

    /// <summary>The path of a step within its event: what stands after the event's id.</summary>
    public static string KeyOf(TimelineNode node) =>
        node.Step.StepId.Length > node.Step.EventId.Length ? node.Step.StepId[(node.Step.EventId.Length + 1)..] : node.Step.StepId;

    /// <summary>The keys of the groups that hold a step or one above it, innermost first: what a selection keeps open.</summary>
    public static IReadOnlyList<string> GroupsAround(TraceTimeline timeline, int place)
    {
        var keys = new List<string>();
        for (var at = place; at >= 0; at = timeline.Nodes[at].Parent)
        {
            var node = timeline.Nodes[at];
            var siblings = node.Parent < 0 ? timeline.Roots : timeline.Nodes[node.Parent].Children;
            var alike = siblings.Where(s => AreAlike(timeline.Nodes[s], node)).ToList();
            if (alike.Count >= GroupFrom)
                keys.Add(KeyOf(timeline.Nodes[alike[0]]) + "*");
        }

        return keys;
    }

    private static bool AreAlike(TimelineNode one, TimelineNode other) => (one.Step.AgentName, one.Step.AgentType) == (other.Step.AgentName, other.Step.AgentType);

    // Children come after their parents in the list, so a reversed loop knows them all.
    private static bool[]? Staying(IReadOnlyList<TimelineNode> nodes, int selected, long? minMs)
    {
        if (minMs is null)
            return null;
        var stays = new bool[nodes.Count];
        for (var i = nodes.Count - 1; i >= 0; i--)
        {
            stays[i] |= nodes[i].Step.DurationMs >= minMs || nodes[i].Step.IsFailed || i == selected;
            if (stays[i] && nodes[i].Parent >= 0)
                stays[nodes[i].Parent] = true;
        }

        return stays;
    }

    private static void PushAll(Stack<Item> open, List<Item> items)
    {
        for (var i = items.Count - 1; i >= 0; i--)
            open.Push(items[i]);
    }

    // Alike: the same name and kind. A group stands where its first member does.
    private static List<Item> Items(IReadOnlyList<TimelineNode> nodes, IReadOnlyList<int> siblings, int level, IReadOnlyList<bool> parentLines)
    {
        var all = siblings.Select(s => nodes[s]).ToList();
        if (all.Count < GroupFrom)
            return Steps(all, level, parentLines);
        var alike = all.GroupBy(n => (n.Step.AgentName, n.Step.AgentType)).ToDictionary(g => g.Key, g => g.ToList());
        var items = new List<(TimelineNode Node, List<TimelineNode>? Members)>();
        foreach (var node in all)
        {
            var group = alike[(node.Step.AgentName, node.Step.AgentType)];
            if (group.Count < GroupFrom)
                items.Add((node, null));
            else if (group[0] == node)
                items.Add((node, group));
        }

        return [.. items.Select((x, i) => new Item(x.Node, x.Members, level, LinesOf(parentLines, i < items.Count - 1, level)))];
    }

    private static List<Item> Steps(IReadOnlyList<TimelineNode> members, int level, IReadOnlyList<bool> parentLines) =>
        [.. members.Select((m, i) => new Item(m, null, level, LinesOf(parentLines, i < members.Count - 1, level)))];

    private static IReadOnlyList<bool> LinesOf(IReadOnlyList<bool> parent, bool goesOn, int level) => level == 1 || parent.Count >= MaxLines ? parent : [.. parent, goesOn];

    private sealed record Item(TimelineNode Node, IReadOnlyList<TimelineNode>? Members, int Level, IReadOnlyList<bool> Lines);
}

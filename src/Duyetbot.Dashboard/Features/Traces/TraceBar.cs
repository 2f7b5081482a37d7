using System.Globalization;
using System.Text;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>A part of a bar, in percent.</summary>
public readonly record struct BarPart(double X, double W, bool IsInferred);

/// <summary>The bar of one row, in percent of the trace.</summary>
public sealed record TraceBar
{
    // Finer parts than this share of the bar cannot be seen, and would only weigh the page down.
    private const double Visible = 0.2;

    /// <summary>The width of the axis in the units of <see cref="PathDrawing"/>.</summary>
    public const int PathUnits = 100_000;

    /// <summary>Where the bar begins.</summary>
    public double X { get; private init; }

    public double W { get; private init; }

    /// <summary>True where the place in time is inferred.</summary>
    public bool IsInferred { get; private init; }

    /// <summary>What children cover, in percent of the bar; the rest is own time. Empty for a step without children.</summary>
    public IReadOnlyList<BarPart> Covered { get; private init; } = [];

    /// <summary>What lies on the critical path, as the path of an SVG that is <see cref="PathUnits"/> wide and 1 high and spans the axis; empty for nothing.</summary>
    public string PathDrawing { get; private init; } = "";

    /// <summary>Ms that the bar stands for.</summary>
    public long DurationMs { get; private init; }

    /// <summary>Ms from the event's start.</summary>
    public long StartMs { get; private init; }

    /// <summary><c>before</c>, <c>inside</c> or nothing: where the duration stands, seen in the window.</summary>
    public string LabelClass { get; private init; } = "";

    /// <summary>The edge that the duration stands at.</summary>
    public double LabelX { get; private init; }

    /// <summary>Makes the bar of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="timeline">Where all steps lie.</param>
    /// <param name="path">The critical path; null to leave it out.</param>
    /// <param name="window">The part of the trace that is in view, in percent: start and width.</param>
    public static TraceBar From(TraceRow row, TraceTimeline timeline, CriticalPath? path, (double Start, double Width) window)
    {
        var members = row.Members ?? [row.Node];
        var start = members.Min(m => m.Start);
        var end = members.Max(m => m.End);
        double Percent(long ms) => 100.0 * ms / timeline.Length;
        var x = Percent(start - timeline.Start);
        var w = Percent(end - start);
        var covered = row.IsGroup ? [] : row.Node.Covered;
        var critical = path is null ? [] : row.IsGroup || !row.IsOpen ? PathWithin(members, timeline, path) : path.PartsOf(row.Node.Index);
        var (left, right) = ((x - window.Start) / window.Width * 100, (x + w - window.Start) / window.Width * 100);
        var label = right <= 86 ? "" : left >= 14 ? "before" : "inside";
        return new TraceBar
        {
            X = x,
            W = w,
            IsInferred = members.Any(m => m.IsInferred),
            Covered = Merge(covered.Select(c => new BarPart(100.0 * (c.Start - start) / Math.Max(1, end - start), 100.0 * (c.End - c.Start) / Math.Max(1, end - start), c.IsInferred))),
            PathDrawing = Draw(Merge(critical.OrderBy(c => c.Start).Select(c => new BarPart(Percent(c.Start - timeline.Start), Percent(c.End - c.Start), false))), window.Width),
            DurationMs = end - start,
            StartMs = start,
            LabelClass = label,
            LabelX = label switch { "" => x + w, "before" => x, _ => Math.Max(x, window.Start) },
        };
    }

    // A folded row stands for everything below it, also on the critical path.
    private static IEnumerable<(long Start, long End)> PathWithin(IReadOnlyList<TimelineNode> nodes, TraceTimeline timeline, CriticalPath path)
    {
        var open = new Stack<int>(nodes.Select(n => n.Index));
        while (open.TryPop(out var index))
        {
            foreach (var part in path.PartsOf(index))
                yield return part;
            foreach (var child in timeline.Nodes[index].Children)
                open.Push(child);
        }
    }

    // A part keeps a width that can be seen in the window, however short it is.
    private static string Draw(List<BarPart> parts, double window)
    {
        var path = new StringBuilder(parts.Count * 20);
        foreach (var part in parts)
        {
            var width = Math.Max(part.W, Visible / 2 * window / 100) * PathUnits / 100;
            path.Append(CultureInfo.InvariantCulture, $"M{part.X * PathUnits / 100:0.#} 0h{width:0.#}v1h-{width:0.#}z");
        }

        return path.ToString();
    }

    // Joins what touches; parts too thin to see go into their neighbour.
    private static List<BarPart> Merge(IEnumerable<BarPart> parts)
    {
        var merged = new List<BarPart>();
        foreach (var part in parts)
        {
            if (merged.Count > 0 && (merged[^1].IsInferred == part.IsInferred || part.W < Visible) && part.X - (merged[^1].X + merged[^1].W) < Visible / 4)
                merged[^1] = merged[^1] with { W = part.X + part.W - merged[^1].X };
            else
                merged.Add(part);
        }

        return merged;
    }
}

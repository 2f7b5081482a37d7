using System.Globalization;

namespace Duyetbot.Dashboard.Shared;

/// <summary>The place of a step in its event's tree: <c>1.0</c> is the first worker of the second agent.</summary>
public static class StepPath
{
    /// <summary>Reads the path out of a step's id; empty where the id does not belong to the event.</summary>
    public static int[] Of(string stepId, string eventId)
    {
        if (stepId.Length <= eventId.Length + 1 || !stepId.StartsWith(eventId, StringComparison.Ordinal))
            return [];
        var text = stepId.AsSpan(eventId.Length + 1);
        var path = new int[text.Count('.') + 1];
        var i = 0;
        foreach (var part in text.Split('.'))
        {
            if (!int.TryParse(text[part], NumberStyles.None, CultureInfo.InvariantCulture, out path[i++]))
                return [];
        }

        return path;
    }

    /// <summary>Puts rows in document order: parents before children, siblings by number.</summary>
    public static List<T> InOrder<T>(IEnumerable<T> rows, Func<T, string> stepId, Func<T, string> eventId)
    {
        var placed = rows.Select(r => (Row: r, Path: Of(stepId(r), eventId(r)))).ToList();
        // The view's rows come in this order as they lie in the JSON; only a workers key that occurs twice breaks it.
        for (var i = 1; i < placed.Count; i++)
        {
            if (Compare(placed[i - 1].Path, placed[i].Path) > 0)
                return [.. placed.OrderBy(p => p.Path, Comparer<int[]>.Create(Compare)).Select(p => p.Row)];
        }

        return placed.ConvertAll(p => p.Row);
    }

    private static int Compare(int[]? a, int[]? b) => a.AsSpan().SequenceCompareTo(b.AsSpan());
}

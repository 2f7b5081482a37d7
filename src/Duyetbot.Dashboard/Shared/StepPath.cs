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
        var parts = stepId[(eventId.Length + 1)..].Split('.');
        var path = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out path[i]))
                return [];
        }

        return path;
    }

    /// <summary>Puts rows in document order: parents before children, siblings by number.</summary>
    public static List<T> InOrder<T>(IEnumerable<T> rows, Func<T, string> stepId, Func<T, string> eventId) =>
        [.. rows.Select(r => (Row: r, Path: Of(stepId(r), eventId(r)))).OrderBy(p => p.Path, Comparer<int[]>.Create(Compare)).Select(p => p.Row)];

    private static int Compare(int[]? a, int[]? b) => a.AsSpan().SequenceCompareTo(b.AsSpan());
}

using System.Text.RegularExpressions;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>What a run of text is: in both, only in the first, only in the second.</summary>
public enum TextRunKind
{
    Same,
    Removed,
    Added,
}

/// <summary>How finely two texts were compared.</summary>
public enum TextUnit
{
    Words,
    Lines,

    /// <summary>Not at all: too much of them differs.</summary>
    None,
}

/// <summary>A run of text of one kind.</summary>
public readonly record struct TextRun(TextRunKind Kind, string Text);

/// <summary>The difference of two texts: the first is the runs that are not added, the second those that are not removed.</summary>
/// <remarks>
/// A longest common subsequence (R. Wagner and M. Fischer, The String-to-String Correction Problem, JACM 21, 1974) of the words,
/// or of the lines where the table for words would be too large; what both begin and end with is taken off before.
/// </remarks>
/// <param name="Runs">In order; neighbours differ in kind. Empty where the unit is <see cref="TextUnit.None"/>.</param>
/// <param name="Unit">What was compared.</param>
public sealed partial record TextDifference(IReadOnlyList<TextRun> Runs, TextUnit Unit)
{
    /// <summary>Units of one text times units of the other, without their common ends, that are still compared.</summary>
    public const long MaxCells = 2_000_000;

    /// <summary>True where both texts are the same, character for character.</summary>
    public bool IsSame => Unit != TextUnit.None && Runs.All(r => r.Kind == TextRunKind.Same);

    /// <summary>Compares.</summary>
    public static TextDifference Between(string before, string after) =>
        By(Word(), TextUnit.Words, before, after) ?? By(Line(), TextUnit.Lines, before, after) ?? new TextDifference([], TextUnit.None);

    private static TextDifference? By(Regex pattern, TextUnit unit, string before, string after)
    {
        if (before == after)
            return new TextDifference(before.Length == 0 ? [] : [new(TextRunKind.Same, before)], unit);
        var (a, b) = (Split(pattern, before), Split(pattern, after));
        var head = 0;
        while (head < a.Count && head < b.Count && a[head] == b[head])
            head++;
        var tail = 0;
        while (tail < a.Count - head && tail < b.Count - head && a[^(tail + 1)] == b[^(tail + 1)])
            tail++;
        var (n, m) = (a.Count - head - tail, b.Count - head - tail);
        if ((long)(n + 1) * (m + 1) > MaxCells)
            return null;

        var runs = new RunList();
        runs.Add(TextRunKind.Same, a[..head]);
        var longest = Longest(a, b, head, n, m);
        var (i, j) = (0, 0);
        while (i < n || j < m)
        {
            if (i < n && j < m && a[head + i] == b[head + j])
            {
                runs.Add(TextRunKind.Same, a[(head + i)..(head + i + 1)]);
                i++;
                j++;
            }
            else if (i < n && (j == m || longest[i + 1, j] >= longest[i, j + 1]))
            {
                runs.Add(TextRunKind.Removed, a[(head + i)..(head + i + 1)]);
                i++;
            }
            else
            {
                runs.Add(TextRunKind.Added, b[(head + j)..(head + j + 1)]);
                j++;
            }
        }

        runs.Add(TextRunKind.Same, a[(a.Count - tail)..]);
        return new TextDifference(runs.Ordered(), unit);
    }

    // Cell i, j: the length of the longest common subsequence of what follows place i in one and place j in the other.
    private static int[,] Longest(List<string> a, List<string> b, int head, int n, int m)
    {
        var cells = new int[n + 1, m + 1];
        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = m - 1; j >= 0; j--)
                cells[i, j] = a[head + i] == b[head + j] ? cells[i + 1, j + 1] + 1 : Math.Max(cells[i + 1, j], cells[i, j + 1]);
        }

        return cells;
    }

    private static List<string> Split(Regex pattern, string text)
    {
        var units = new List<string>();
        foreach (var match in pattern.EnumerateMatches(text))
            units.Add(text.Substring(match.Index, match.Length));
        return units;
    }

    // A word with the blanks after it; a script without blanks between words is compared letter by letter.
    [GeneratedRegex(@"[\ud800-\udbff][\udc00-\udfff]|[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}\p{IsThai}]\s*|[\p{L}\p{M}\p{Nd}_-[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}\p{IsThai}]]+[^\S\n]*|\s+|[^\p{L}\p{M}\p{Nd}_\s]", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"[^\n]*\n|[^\n]+", RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    private sealed class RunList
    {
        private readonly List<TextRun> _runs = [];
        private readonly List<string> _same = [];
        private readonly List<string> _removed = [];
        private readonly List<string> _added = [];

        public void Add(TextRunKind kind, List<string> units)
        {
            if (units.Count == 0)
                return;
            if (kind != TextRunKind.Same)
            {
                (kind == TextRunKind.Removed ? _removed : _added).AddRange(units);
                return;
            }

            if (_removed.Count > 0 || _added.Count > 0)
                Flush();
            _same.AddRange(units);
        }

        public List<TextRun> Ordered()
        {
            Flush();
            return _runs;
        }

        // Between two same runs everything removed stands before everything added, so that each reads as one piece.
        private void Flush()
        {
            if (_same.Count > 0)
                _runs.Add(new(TextRunKind.Same, string.Concat(_same)));
            if (_removed.Count > 0)
                _runs.Add(new(TextRunKind.Removed, string.Concat(_removed)));
            if (_added.Count > 0)
                _runs.Add(new(TextRunKind.Added, string.Concat(_added)));
            _same.Clear();
            _removed.Clear();
            _added.Clear();
        }
    }
}

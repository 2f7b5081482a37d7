namespace Duyetbot.Dashboard.Shared.Payload;

/// <summary>One drawn line of a text.</summary>
/// <param name="Index">Its place among the drawn lines, from 0.</param>
/// <param name="From">Where it begins in the text.</param>
/// <param name="Length">Its characters, without the end of the line.</param>
/// <param name="Number">The text's own line, from 1; 0 where it goes on from the drawn line before.</param>
public readonly record struct TextLine(int Index, int From, int Length, int Number);

/// <summary>A text as lines of bounded length, so that each can be drawn at one height.</summary>
public sealed class TextLines
{
    /// <summary>So many lines are drawn at most: a browser's page cannot be higher.</summary>
    public const int Most = 500_000;

    private TextLines(string text, List<TextLine> lines, long total)
    {
        Text = text;
        Drawn = lines;
        Total = total;
    }

    public string Text { get; }

    /// <summary>The drawn lines, at most <see cref="Most"/>.</summary>
    public List<TextLine> Drawn { get; }

    /// <summary>The text's own lines, all of them.</summary>
    public long Total { get; }

    /// <summary>True where all of the text is in <see cref="Drawn"/>.</summary>
    public bool IsWhole => Drawn[^1].From + Drawn[^1].Length == Text.Length;

    /// <summary>Parts a text at its line ends, and long lines after <paramref name="width"/> characters, or after a space shortly before.</summary>
    public static TextLines From(string text, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        var (lines, number, from) = (new List<TextLine>(), 0, 0);
        while (true)
        {
            var end = text.AsSpan(from).IndexOfAny('\r', '\n');
            end = end < 0 ? text.Length : from + end;
            number++;
            if (lines.Count < Most)
                Part(lines, text, from, end, width, number);
            if (end == text.Length)
                return new TextLines(text, lines, number);
            from = end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1);
        }
    }

    /// <summary>The drawn line that holds a place of the text.</summary>
    public int LineOf(int at)
    {
        var (low, high) = (0, Drawn.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Drawn[middle].From <= at)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    private static void Part(List<TextLine> lines, string text, int from, int end, int width, int number)
    {
        do
        {
            var length = end - from <= width ? end - from : Fit(text, from, width);
            lines.Add(new TextLine(lines.Count, from, length, number));
            (from, number) = (from + length, 0);
        }
        while (from < end && lines.Count < Most);
    }

    private static int Fit(string text, int from, int width)
    {
        var space = text.AsSpan(from + (width * 2 / 3), width - (width * 2 / 3)).LastIndexOf(' ');
        if (space >= 0)
            return (width * 2 / 3) + space + 1;
        // Never between the halves of a surrogate pair.
        return char.IsHighSurrogate(text[from + width - 1]) ? width - 1 : width;
    }
}

namespace Duyetbot.Dashboard.Shared.Payload;

/// <summary>One place of a text that was looked for, with its surroundings.</summary>
/// <param name="At">Its place in the whole, in characters from 0.</param>
/// <param name="Before">What stands before it.</param>
/// <param name="Found">The place itself, in its own letters.</param>
/// <param name="After">What stands after it.</param>
public sealed record TextHit(long At, string Before, string Found, string After);

/// <summary>What a look through a long text found.</summary>
public sealed record TextHits
{
    /// <summary>So many places are shown with their surroundings.</summary>
    public const int Most = 100;

    private const int Around = 60;
    private const int Block = 65_536;

    /// <summary>Places in all that was looked through; apart from each other.</summary>
    public long Count { get; private init; }

    /// <summary>The first of them, in order.</summary>
    public IReadOnlyList<TextHit> First { get; private init; } = [];

    /// <summary>Characters that were looked through.</summary>
    public long Characters { get; private init; }

    /// <summary>False where the time was over before the end.</summary>
    public bool IsComplete { get; private init; }

    /// <summary>Looks through a text piece by piece, letters in either case, holding no more of it than a piece.</summary>
    /// <param name="text">The text.</param>
    /// <param name="find">What is looked for; not empty.</param>
    /// <param name="goesOn">Asked between pieces; false ends it there.</param>
    public static TextHits From(TextReader text, string find, Func<bool> goesOn)
    {
        ArgumentException.ThrowIfNullOrEmpty(find);
        var (window, block) = ("", new char[Math.Max(Block, 2 * (find.Length + Around))]);
        // Where the window lies in the text, and where in the window the search goes on.
        var (offset, from, count) = (0L, 0, 0L);
        var first = new List<TextHit>();
        while (true)
        {
            var isGoing = goesOn();
            var read = isGoing ? text.ReadBlock(block.AsSpan()) : 0;
            var isLast = read < block.Length;
            window = string.Concat(window, block.AsSpan(0, read));
            // What might go on in the next piece, or whose surroundings do, waits for it.
            var until = isLast ? window.Length : window.Length - find.Length - Around;
            int at;
            while (from < until && (at = window.IndexOf(find, from, StringComparison.OrdinalIgnoreCase)) >= 0 && at < until)
            {
                if (count++ < Most)
                    first.Add(Hit(window, at, find.Length, offset));
                from = at + find.Length;
            }

            if (isLast)
                return new TextHits { Count = count, First = first, Characters = offset + window.Length, IsComplete = isGoing };
            from = Math.Max(from, until);
            var kept = Math.Max(0, from - Around);
            (window, offset, from) = (window[kept..], offset + kept, from - kept);
        }
    }

    private static TextHit Hit(string window, int at, int length, long offset)
    {
        var (start, end) = (Math.Max(0, at - Around), Math.Min(window.Length, at + length + Around));
        if (start > 0 && char.IsLowSurrogate(window[start]))
            start++;
        if (end < window.Length && char.IsLowSurrogate(window[end]))
            end--;
        return new TextHit(offset + at, Line(window[start..at]), window[at..(at + length)], Line(window[(at + length)..Math.Max(end, at + length)]));
    }

    private static string Line(string text) => text.ReplaceLineEndings(" ");
}

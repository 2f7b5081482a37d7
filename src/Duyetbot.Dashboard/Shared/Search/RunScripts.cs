namespace Duyetbot.Dashboard.Shared.Search;

/// <summary>The scripts that are searched by pieces of text instead of whole words: those that put no spaces between words, and those whose words take their neighbours in (Chinese, Japanese, Thai, Korean, Arabic, Hindi, …).</summary>
public static class RunScripts
{
    /// <summary>First and last of each range. The same stand in <c>searched_runs_view</c> and its triggers; a test compares both.</summary>
    public static readonly IReadOnlyList<(int First, int Last)> Ranges =
        [(0x0590, 0x1CFF), (0x2C00, 0xD7FF), (0xF900, 0xFDFF), (0xFE70, 0xFFDC), (0x10000, 0x1EFFF), (0x20000, 0x3FFFF)];

    /// <summary>True where the character is of such a script.</summary>
    public static bool Holds(int character)
    {
        if (character < 0x0590)
            return false;
        foreach (var (first, last) in Ranges)
        {
            if (character >= first && character <= last)
                return true;
        }

        return false;
    }

    /// <summary>True where any character is of such a script.</summary>
    public static bool AreIn(ReadOnlySpan<char> text)
    {
        // Most texts have no character from here on but punctuation.
        var at = text.IndexOfAnyInRange('\u0590', '\uFFFF');
        if (at < 0)
            return false;
        foreach (var rune in text[at..].EnumerateRunes())
        {
            if (Holds(rune.Value))
                return true;
        }

        return false;
    }
}

namespace Duyetbot.Dashboard.Shared;

/// <summary>Cuts a text down to the surroundings of a word.</summary>
public static class Snippet
{
    private const int After = 120;

    /// <summary>The surroundings of the first place on one line, with an ellipsis where text is left out; null where nothing is searched for.</summary>
    /// <param name="text">Where it stands.</param>
    /// <param name="find">What is searched for, in any ASCII case.</param>
    /// <param name="before">Characters shown before it at most.</param>
    public static string? Around(string text, string? find, int before = 60)
    {
        if (find is null)
            return null;
        var at = Math.Max(0, text.IndexOf(find, StringComparison.OrdinalIgnoreCase));
        var start = Boundary(text, Math.Max(0, at - before));
        var end = Boundary(text, Math.Min(text.Length, at + find.Length + After));
        var line = text[start..end].ReplaceLineEndings(" ");
        return (start > 0 ? "…" : "") + line + (end < text.Length ? "…" : "");
    }

    // Never between the halves of a surrogate pair.
    private static int Boundary(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;
}

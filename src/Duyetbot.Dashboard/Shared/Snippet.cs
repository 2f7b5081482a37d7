using Duyetbot.Dashboard.Shared.Search;

namespace Duyetbot.Dashboard.Shared;

/// <summary>Cuts a text down to the surroundings of what is searched for.</summary>
public static class Snippet
{
    private const int After = 120;
    private const int MaxPlaces = 50;

    /// <summary>The surroundings of the place where most of the search stands together, on one line, with an ellipsis where text is left out; null where nothing is searched for.</summary>
    /// <param name="text">Where it stands.</param>
    /// <param name="find">What is searched for.</param>
    /// <param name="before">Characters shown before it at most.</param>
    public static string? Around(string text, string? find, int before = 60)
    {
        if (find is null)
            return null;
        var places = SearchQuery.Parse(find).Places(text);
        // The first place with the most others close behind it.
        var (at, to) = places.Count == 0 ? (0, 0) : places.Take(MaxPlaces).MaxBy(p => places.Count(o => o.From >= p.From && o.To <= p.From + After));
        var start = Edge(text, Math.Max(0, at - before), at);
        var end = Boundary(text, Math.Min(text.Length, Math.Max(to, at + After)));
        var line = text[start..end].ReplaceLineEndings(" ");
        return (start > 0 ? "…" : "") + line + (end < text.Length ? "…" : "");
    }

    // Not within a word, where one ends soon: a word cut off would look like another.
    private static int Edge(string text, int from, int at)
    {
        if (from == 0)
            return 0;
        for (var i = from; i < Math.Min(at, from + 20); i++)
        {
            if (char.IsWhiteSpace(text[i]))
                return i + 1;
        }

        return Boundary(text, from);
    }

    // Never between the halves of a surrogate pair.
    private static int Boundary(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;
}

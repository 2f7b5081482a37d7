using System.Text;

namespace Duyetbot.Dashboard.Shared.Search;

/// <summary>What was typed into a search field, and the one definition of what it finds: lists, counts, marks and jumps all ask this.</summary>
/// <remarks>
/// Words are joined by AND. Quotes make a phrase, a star at the end lets more follow, a minus before leaves texts out. Everything else stands
/// for itself, so that nothing typed is ever wrong. Words of alphabets are found whole and without regard to case and accents;
/// what holds a character of a script without spaces (<see cref="RunScripts"/>) is found as a piece of text, and signs as they are.
/// </remarks>
public sealed class SearchQuery
{
    private static SearchQuery _last = new("");

    private readonly List<SearchTerm> _terms = [];

    private SearchQuery(string text)
    {
        Typed = text;
        // Half a surrogate pair is no text for SQLite, which gets a sign for it; so it is the same here.
        Text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        Read();
    }

    /// <summary>As it was typed, made valid text.</summary>
    public string Text { get; }

    private string Typed { get; }

    /// <summary>All of the text's terms; none where nothing but spaces was typed.</summary>
    public IReadOnlyList<SearchTerm> Terms => _terms;

    /// <summary>The terms that must be there.</summary>
    public IEnumerable<SearchTerm> Wanted => _terms.Where(t => !t.IsExcluded);

    /// <summary>Reads what was typed; never fails.</summary>
    public static SearchQuery Parse(string text)
    {
        // The same one is asked for every row.
        var last = Volatile.Read(ref _last);
        if (last.Typed == text)
            return last;
        var query = new SearchQuery(text);
        Volatile.Write(ref _last, query);
        return query;
    }

    /// <summary>True where a text holds every wanted term and no excluded one.</summary>
    public bool Matches(string text)
    {
        var searched = new SearchedText(text);
        foreach (var term in _terms)
        {
            if (term.Places(searched).Any() == term.IsExcluded)
                return false;
        }

        return true;
    }

    /// <summary>Where wanted terms stand in a text: in order, apart from each other.</summary>
    public IReadOnlyList<(int From, int To)> Places(string text)
    {
        var searched = new SearchedText(text);
        var places = new List<(int From, int To)>();
        foreach (var place in Wanted.SelectMany(t => t.Places(searched)).OrderBy(p => p.From).ThenByDescending(p => p.To))
        {
            if (places.Count > 0 && place.From < places[^1].To)
                places[^1] = (places[^1].From, Math.Max(places[^1].To, place.To));
            else
                places.Add(place);
        }

        return places;
    }

    /// <summary>How much a text is about the wanted terms, to compare texts: each counts by how often it stands there, ever less the oftener, and less in a longer text.</summary>
    /// <remarks>BM25 with the usual constants, k = 1.2 and b = 0.75, against a text of 400 characters; without the terms' rarity, for every text holds all of them.</remarks>
    public double Score(string text)
    {
        var searched = new SearchedText(text);
        var weight = 1.2 * (0.25 + (0.75 * text.Length / 400));
        return Wanted.Sum(t => t.Places(searched).Count() is var n ? n * 2.2 / (n + weight) : 0);
    }

    private void Read()
    {
        var at = 0;
        while (at < Text.Length)
        {
            if (char.IsWhiteSpace(Text[at]))
            {
                at++;
                continue;
            }

            // A command's option, "--force", is no exclusion; nor is an arrow, "->", or a minus that stands alone.
            var isExcluded = Text[at] == '-' && at + 1 < Text.Length && Text[at + 1] is not ('-' or '>') && !char.IsWhiteSpace(Text[at + 1]);
            if (isExcluded)
                at++;
            at = IsQuote(Text[at]) && Text.AsSpan(at + 1).ContainsAnyExcept(" \"“”") ? ReadPhrase(at + 1, isExcluded) : ReadWord(at, isExcluded);
        }
    }

    private int ReadPhrase(int from, bool isExcluded)
    {
        var end = from;
        while (end < Text.Length && !IsQuote(Text[end]))
            end++;
        var isPrefix = end + 1 < Text.Length && Text[end + 1] == '*';
        Add(Text[from..end].Trim(), isPrefix, isExcluded);
        return Math.Min(Text.Length, end + (isPrefix ? 2 : 1));
    }

    private int ReadWord(int from, bool isExcluded)
    {
        var end = from;
        while (end < Text.Length && !char.IsWhiteSpace(Text[end]))
            end++;
        var word = Text[from..end];
        var stem = word.TrimEnd('*');
        var isPrefix = stem.Length > 0 && stem.Length < word.Length;
        Add(isPrefix ? stem : word, isPrefix, isExcluded);
        return end;
    }

    private void Add(string text, bool isPrefix, bool isExcluded)
    {
        if (text.Length > 0 && !_terms.Exists(t => t.Text == text && t.IsPrefix == isPrefix && t.IsExcluded == isExcluded))
            _terms.Add(new SearchTerm(text, isPrefix, isExcluded));
    }

    private static bool IsQuote(char c) => c is '"' or '“' or '”';
}

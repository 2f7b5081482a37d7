using System.Text;

namespace Duyetbot.Dashboard.Shared.Search;

/// <summary>How a term is looked for.</summary>
public enum SearchTermKind
{
    /// <summary>Whole words in a row, without case and accents; of the last one perhaps only the begin.</summary>
    Words,

    /// <summary>A piece of text in a script without spaces, wherever it stands, in any ASCII case.</summary>
    Piece,

    /// <summary>Signs only, as they are: an emoji, an arrow.</summary>
    Signs,
}

/// <summary>One term of a search: a word, a phrase, a piece of text.</summary>
public sealed class SearchTerm
{
    private readonly List<string> _words = [];

    /// <summary>A term.</summary>
    /// <param name="text">As it was typed, without quotes, minus and star; not empty.</param>
    /// <param name="isPrefix">True where more may follow the last word.</param>
    /// <param name="isExcluded">True where texts that hold it are not wanted.</param>
    public SearchTerm(string text, bool isPrefix, bool isExcluded)
    {
        (Text, IsPrefix, IsExcluded) = (text, isPrefix, isExcluded);
        var words = WordList.Of(text);
        for (var i = 0; i < words.Count; i++)
            _words.Add(words.Word(i));
        Kind = RunScripts.AreIn(text) ? SearchTermKind.Piece : _words.Count > 0 ? SearchTermKind.Words : SearchTermKind.Signs;
    }

    public string Text { get; }

    public bool IsPrefix { get; }

    public bool IsExcluded { get; }

    public SearchTermKind Kind { get; }

    /// <summary>Its words without case and accents.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>Where it stands in a text, in order: the first character, and the one after the last.</summary>
    internal IEnumerable<(int From, int To)> Places(SearchedText text) => Kind == SearchTermKind.Words
        ? text.HasRuns ? WordPlaces(text).Concat(BetweenRuns(text)) : WordPlaces(text)
        : PiecePlaces(text);

    private IEnumerable<(int From, int To)> PiecePlaces(SearchedText text)
    {
        var within = Kind == SearchTermKind.Piece ? text.Runs : text.Text;
        for (var at = Find(within, 0); at >= 0; at = Find(within, at + Text.Length))
            yield return (at, at + Text.Length);
    }

    private IEnumerable<(int From, int To)> WordPlaces(SearchedText text)
    {
        var list = text.Words;
        for (var i = 0; i + _words.Count <= list.Count; i++)
        {
            if (!list.HasAt(i, _words, IsPrefix))
                continue;
            yield return (list.PlaceOf(i).From, list.PlaceOf(i + _words.Count - 1).To);
            i += _words.Count - 1;
        }
    }

    // 使用GPT模型: the tokenizer takes all of it for one word. There the term is found as it is written, accents included.
    private IEnumerable<(int From, int To)> BetweenRuns(SearchedText text)
    {
        for (var at = Find(text.Runs, 0); at >= 0; at = Find(text.Runs, at + 1))
        {
            var end = at + Text.Length;
            if (IsEdge(Before(text.Text, at)) && (IsPrefix || IsEdge(After(text.Text, end))))
                yield return (at, end);
        }
    }

    private int Find(string text, int from) => from > text.Length ? -1 : text.IndexOf(Text, from, StringComparison.OrdinalIgnoreCase);

    private static bool IsEdge(int? character) => character is not { } c || WordCharacters.Fold(c) == WordCharacters.None || RunScripts.Holds(c);

    private static int? Before(string text, int at)
    {
        if (at == 0)
            return null;
        Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var rune, out _);
        return rune.Value;
    }

    private static int? After(string text, int at)
    {
        if (at >= text.Length)
            return null;
        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out _);
        return rune.Value;
    }
}

/// <summary>A text in which terms are looked for: its words are worked out once, when they are first needed.</summary>
/// <param name="text">The text.</param>
internal sealed class SearchedText(string text)
{
    private WordList? _words;
    private string? _runs;
    private bool? _hasRuns;

    public string Text => text;

    public WordList Words => _words ??= WordList.Of(text);

    public bool HasRuns => _hasRuns ??= RunScripts.AreIn(Runs);

    /// <summary>What pieces are looked for in: the text up to its first zero character, as in the index.</summary>
    public string Runs => _runs ??= text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var end ? text[..end] : text;
}

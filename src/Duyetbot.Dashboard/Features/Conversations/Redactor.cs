using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>What is replaced, in the order in which one goes before another where two of the same length lie over each other.</summary>
public enum RedactionKind
{
    Word,
    User,
    Id,
    Number,
}

/// <summary>A place in a text after its redaction.</summary>
/// <param name="Start">In UTF-16 units of the new text.</param>
/// <param name="Length">Likewise.</param>
/// <param name="Kind">What stood there.</param>
public readonly record struct RedactedSpan(int Start, int Length, RedactionKind Kind);

/// <summary>A text after its redaction, and where it was changed.</summary>
public sealed record RedactedText(string Text, IReadOnlyList<RedactedSpan> Spans);

/// <summary>Replaces known values and what looks like one in a text, once and from left to right.</summary>
/// <remarks>
/// Letters are compared without case, character by character; a text in another normal form of Unicode is another text. Where two finds lie over each other the whole of both is replaced:
/// no end of a name stays behind. Users and ids are found as whole words (in scripts without spaces anywhere), words of one's own everywhere.
/// </remarks>
internal sealed partial class Redactor
{
    private readonly RedactionChoice _choice;
    private readonly Pseudonyms _names;
    private readonly Dictionary<(char, char), List<Term>> _terms = [];
    private readonly Dictionary<string, Term> _exact = new(StringComparer.Ordinal);
    private readonly int[] _counts = new int[4];

    public Redactor(RedactionChoice choice, Pseudonyms names)
    {
        (_choice, _names) = (choice, names);
        foreach (var word in choice.WordList)
            Add(word, names.Of("\0word " + word, "word"), RedactionKind.Word);
    }

    /// <summary>How often each kind was replaced so far.</summary>
    public IReadOnlyDictionary<RedactionKind, int> Counts => Enum.GetValues<RedactionKind>().Where(k => _counts[(int)k] > 0).ToDictionary(k => k, k => _counts[(int)k]);

    /// <summary>Adds a value that is to be found in texts. One that is too short to tell from other words, or from other numbers, is left out.</summary>
    public void Add(string value, string name, RedactionKind kind)
    {
        var folded = Fold(value.Trim());
        if (folded.Length == 0 || (kind != RedactionKind.Word && !IsTellable(folded)))
            return;
        var term = new Term(folded, name, kind);
        if (!_exact.TryAdd(folded, term))
            return;
        var key = (folded[0], folded.Length > 1 ? folded[1] : '\0');
        if (!_terms.TryGetValue(key, out var list))
            _terms[key] = list = [];
        list.Add(term);
    }

    /// <summary>True where numbers are replaced.</summary>
    public bool ReplacesNumbers => _choice.Numbers;

    /// <summary>Counts a value that was replaced as a whole.</summary>
    public void Count(RedactionKind kind) => _counts[(int)kind]++;

    /// <summary>The name for a number of JSON that is a known value; null where it is none.</summary>
    public string? FindExact(string value)
    {
        if (!_exact.TryGetValue(Fold(value), out var term))
            return null;
        Count(term.Kind);
        return term.Name;
    }

    /// <summary>The name for a number.</summary>
    public string NumberName(string value)
    {
        Count(RedactionKind.Number);
        return _names.Of("\0number " + value, "number");
    }

    /// <summary>The text with everything replaced that the choice names.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="numbers">False leaves numbers alone, whatever the choice says.</param>
    public RedactedText Redact(string text, bool numbers = true)
    {
        var finds = Merge(Finds(text, numbers && _choice.Numbers));
        if (finds.Count == 0)
            return new RedactedText(text, []);
        var result = new StringBuilder(text.Length);
        var spans = new List<RedactedSpan>(finds.Count);
        var at = 0;
        foreach (var find in finds)
        {
            result.Append(text, at, find.Start - at);
            var name = find.Name ?? NameOf(text.Substring(find.Start, find.Length), find.Kind, find.Noun);
            spans.Add(new RedactedSpan(result.Length, name.Length, find.Kind));
            result.Append(name);
            at = find.Start + find.Length;
            Count(find.Kind);
        }

        return new RedactedText(result.Append(text, at, text.Length - at).ToString(), spans);
    }

    private string NameOf(string value, RedactionKind kind, string noun) => _names.Of(kind == RedactionKind.Number ? "\0number " + value : value, noun);

    private List<Find> Finds(string text, bool numbers)
    {
        var finds = new List<Find>();
        if (_terms.Count > 0)
            FindTerms(text, Fold(text), finds);
        if (_choice.Users)
            finds.AddRange(Email().Matches(text).Select(m => new Find(m.Index, m.Length, RedactionKind.User, null, "email")));
        if (_choice.Ids)
            finds.AddRange(LikeAnId().Matches(text).Select(m => new Find(m.Index, m.Length, RedactionKind.Id, null, "id")));
        if (numbers)
            finds.AddRange(Number().Matches(text).Where(m => !IsListMark(text, m)).Select(m => new Find(m.Index, m.Length, RedactionKind.Number, null, "number")));
        return finds;
    }

    private void FindTerms(string text, string folded, List<Find> finds)
    {
        for (var i = 0; i < folded.Length; i++)
        {
            Look(folded[i], '\0');
            if (i + 1 < folded.Length)
                Look(folded[i], folded[i + 1]);

            void Look(char first, char second)
            {
                if (!_terms.TryGetValue((first, second), out var list))
                    return;
                foreach (var term in list)
                {
                    if (string.CompareOrdinal(folded, i, term.Folded, 0, term.Folded.Length) == 0 && (term.Kind == RedactionKind.Word || IsWhole(text, i, term.Folded.Length)))
                        finds.Add(new Find(i, term.Folded.Length, term.Kind, term.Name, ""));
                }
            }
        }
    }

    // Finds that lie over each other become one over all of them, with the name of the longest.
    private static List<Find> Merge(List<Find> finds)
    {
        finds.Sort((a, b) => a.Start != b.Start ? a.Start - b.Start : a.Length != b.Length ? b.Length - a.Length : a.Kind - b.Kind);
        var merged = new List<Find>(finds.Count);
        var longest = 0;
        foreach (var find in finds)
        {
            if (merged.Count == 0 || find.Start >= merged[^1].Start + merged[^1].Length)
            {
                merged.Add(find);
                longest = find.Length;
                continue;
            }

            var last = merged[^1];
            var length = Math.Max(last.Length, find.Start + find.Length - last.Start);
            merged[^1] = find.Length > longest ? find with { Start = last.Start, Length = length } : last with { Length = length };
            longest = Math.Max(longest, find.Length);
        }

        return merged;
    }

    private static bool IsTellable(string folded) => folded.All(char.IsDigit) ? folded.Length >= 4 : folded.Length >= 2;

    private static bool IsWhole(string text, int start, int length) =>
        !(start > 0 && Joins(text[start - 1]) && Joins(text[start])) && !(start + length < text.Length && Joins(text[start + length]) && (Joins(text[start + length - 1]) || IsMark(text[start + length])));

    // Characters that make one word with their neighbour; in scripts without spaces none does.
    private static bool Joins(char c) => IsMark(c) || c == '_' || (char.IsLetterOrDigit(c) && !IsUnspaced(c));

    private static bool IsMark(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark && !IsUnspaced(c);

    private static bool IsUnspaced(char c) => c is (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF') or (>= '\u2E80' and <= '\uA4CF') or (>= '\uAC00' and <= '\uFAFF') or (>= '\uFF66' and <= '\uFF9F');

    // "1. first": the mark of a list, not a figure.
    private static bool IsListMark(string text, Match match)
    {
        var end = match.Index + match.Length;
        if (match.Length > 3 || end + 1 >= text.Length || text[end] is not ('.' or ')') || text[end + 1] != ' ')
            return false;
        var before = match.Index - 1;
        while (before >= 0 && text[before] is ' ' or '\t')
            before--;
        return before < 0 || text[before] == '\n';
    }

    // One character for one, so that places in both are the same.
    private static string Fold(string text) => string.Create(text.Length, text, static (folded, source) =>
    {
        for (var i = 0; i < folded.Length; i++)
            folded[i] = char.ToLowerInvariant(source[i]);
    });

    [GeneratedRegex(@"(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}")]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|(?=[0-9a-fA-F]*[0-9])[0-9a-fA-F]{12,}|(?=\w*[0-9])(?=\w*[A-Za-z])[A-Za-z0-9_]{20,}|\p{Nd}{9,})(?![\p{L}\p{N}])")]
    private static partial Regex LikeAnId();

    [GeneratedRegex(@"(?<![\p{L}\p{N}_])(?:[+-](?=\p{Nd}))?\p{Nd}(?:[\p{Nd}.,:/ \u00A0\u202F-]*\p{Nd})?(?![\p{L}\p{N}_])")]
    private static partial Regex Number();

    private sealed record Term(string Folded, string Name, RedactionKind Kind);

    private readonly record struct Find(int Start, int Length, RedactionKind Kind, string? Name, string Noun);
}

using System.Text;

namespace Duyetbot.Dashboard.Shared.Search;

/// <summary>The words of a text in order, without case and accents, each with its place in the text.</summary>
internal sealed class WordList
{
    private readonly char[] _folded;
    private readonly List<(int Start, int Length, int From, int To)> _words = [];

    private WordList(int length) => _folded = new char[length];

    /// <summary>How many words there are.</summary>
    public int Count => _words.Count;

    /// <summary>The words of a text.</summary>
    public static WordList Of(ReadOnlySpan<char> text)
    {
        var list = new WordList(text.Length);
        list.Fill(text);
        return list;
    }

    /// <summary>A word as it is compared.</summary>
    public string Word(int index) => new(_folded, _words[index].Start, _words[index].Length);

    /// <summary>Where a word stands in the text: its first character, and the one after its last.</summary>
    public (int From, int To) PlaceOf(int index) => (_words[index].From, _words[index].To);

    /// <summary>Whether the words from an index on are these; of the last one only the begin, if asked so.</summary>
    public bool HasAt(int index, IReadOnlyList<string> words, bool isPrefix)
    {
        if (index + words.Count > _words.Count)
            return false;
        for (var i = 0; i < words.Count; i++)
        {
            var (start, length, _, _) = _words[index + i];
            var word = words[i];
            if (isPrefix && i == words.Count - 1 ? length < word.Length : length != word.Length)
                return false;
            for (var c = 0; c < word.Length; c++)
            {
                if (_folded[start + c] != word[c])
                    return false;
            }
        }

        return true;
    }

    private void Fill(ReadOnlySpan<char> text)
    {
        var at = 0;
        var end = 0;
        var start = -1;
        var from = 0;
        while (at < text.Length)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out var used);
            var folded = WordCharacters.Fold(rune.Value);
            if (start < 0)
            {
                // An accent by itself begins no word.
                if (folded > 0)
                    (start, from) = (end, at);
            }
            else if (folded == WordCharacters.None)
            {
                _words.Add((start, end - start, from, at));
                start = -1;
            }

            // No folded character is longer than its own.
            if (folded > 0)
                end += new Rune(folded).EncodeToUtf16(_folded.AsSpan(end));
            at += used;
        }

        if (start >= 0)
            _words.Add((start, end - start, from, text.Length));
    }
}

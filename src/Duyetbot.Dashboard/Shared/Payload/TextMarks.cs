namespace Duyetbot.Dashboard.Shared.Payload;

/// <summary>A piece of a text that is marked or not.</summary>
/// <param name="Text">The piece.</param>
/// <param name="IsHit">True where it is what was looked for.</param>
/// <param name="IsNow">True where it is the one that the reader stands at.</param>
public readonly record struct TextPart(string Text, bool IsHit, bool IsNow);

/// <summary>The places of a text in another: letters in either case, apart from each other.</summary>
public sealed class TextMarks
{
    /// <summary>So many places are kept at most.</summary>
    public const int Most = 100_000;

    private readonly List<int> _places = [];
    private readonly int _length;

    private TextMarks(int length) => _length = length;

    /// <summary>Where the places begin, in order.</summary>
    public IReadOnlyList<int> Places => _places;

    /// <summary>True where there are more than <see cref="Most"/>.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Finds all places; none of an empty text.</summary>
    public static TextMarks Of(string text, string find)
    {
        var marks = new TextMarks(find.Length);
        if (find.Length == 0)
            return marks;
        for (var at = text.IndexOf(find, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(find, at + find.Length, StringComparison.OrdinalIgnoreCase))
        {
            if (marks._places.Count == Most)
            {
                marks.HasMore = true;
                break;
            }

            marks._places.Add(at);
        }

        return marks;
    }

    /// <summary>A stretch of the text in marked and unmarked pieces; a place that begins before it or ends behind it is marked as far as it reaches.</summary>
    /// <param name="text">The text that the places are of.</param>
    /// <param name="from">Where the stretch begins.</param>
    /// <param name="length">Its length.</param>
    /// <param name="now">The number of the place that the reader stands at; -1 for none.</param>
    public IEnumerable<TextPart> Parts(string text, int from, int length, int now)
    {
        var end = from + length;
        var at = from;
        for (var i = FirstReaching(from); i < _places.Count && _places[i] < end; i++)
        {
            var (start, stop) = (Math.Max(from, _places[i]), Math.Min(end, _places[i] + _length));
            if (start > at)
                yield return new TextPart(text[at..start], false, false);
            yield return new TextPart(text[start..stop], true, i == now);
            at = stop;
        }

        if (at < end)
            yield return new TextPart(text[at..end], false, false);
    }

    private int FirstReaching(int from)
    {
        var (low, high) = (0, _places.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_places[middle] + _length > from)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}

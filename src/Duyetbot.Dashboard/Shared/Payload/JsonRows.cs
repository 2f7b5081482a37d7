using System.Text;
using System.Text.Json;

namespace Duyetbot.Dashboard.Shared.Payload;

/// <summary>One value of a JSON text: where it stands in the tree and in the text.</summary>
/// <param name="Parent">The row that holds it; -1 for the first.</param>
/// <param name="Depth">Levels above it.</param>
/// <param name="Position">Its place among what its parent holds, from 0.</param>
/// <param name="Kind">Object, array, string, number, true, false or null.</param>
/// <param name="KeyFrom">Where its key's text begins, after the quote; -1 where it has none.</param>
/// <param name="KeyLength">The key's length as it is written, in bytes.</param>
/// <param name="From">Where the value begins, in bytes.</param>
public readonly record struct JsonRow(int Parent, int Depth, int Position, JsonValueKind Kind, int KeyFrom, int KeyLength, int From)
{
    /// <summary>The value's length as it is written, in bytes.</summary>
    public int Length { get; init; }

    /// <summary>The row after everything that it holds.</summary>
    public int End { get; init; }

    /// <summary>Values that it holds itself.</summary>
    public int Children { get; init; }

    public bool IsContainer => Kind is JsonValueKind.Object or JsonValueKind.Array;
}

/// <summary>A JSON text as rows, a value each, parents before what they hold. Reads without recursion, so no depth is too deep.</summary>
public sealed class JsonRows
{
    /// <summary>So many values are shown as a tree at most.</summary>
    public const int Most = 250_000;

    // A step's JSON nests its workers; what SQLite itself reads is shallower.
    private const int MaxDepth = 100_000;

    private readonly List<JsonRow> _rows = [];
    private byte[] _json = [];

    private JsonRows()
    {
    }

    /// <summary>Why the text is no tree, in a sentence's middle; null where it is one.</summary>
    public string? Problem { get; private set; }

    public int Count => _rows.Count;

    public JsonRow this[int row] => _rows[row];

    /// <summary>Reads a text; where it is not JSON there are no rows, and a problem.</summary>
    public static JsonRows Read(string text)
    {
        var rows = new JsonRows { _json = Encoding.UTF8.GetBytes(text) };
        try
        {
            rows.ReadAll();
        }
        catch (JsonException e)
        {
            rows.Problem = $"it is not JSON: {Reason(e)}";
        }

        if (rows.Problem is not null)
            rows._rows.Clear();
        return rows;
    }

    /// <summary>True where a text begins like an object or an array, so that reading it is worth while.</summary>
    public static bool LooksLike(string text) => text.AsSpan().TrimStart() is ['{' or '[', ..];

    /// <summary>The key; null in an array and for the first row.</summary>
    public string? Key(int row) => _rows[row].KeyFrom < 0 ? null : JsonTexts.Decode(_json.AsSpan(_rows[row].KeyFrom, _rows[row].KeyLength));

    /// <summary>A string's own text, a number or a word as it is written; for objects and arrays what is written between their brackets, and these.</summary>
    public string Value(int row)
    {
        var at = _rows[row];
        return at.Kind == JsonValueKind.String
            ? JsonTexts.Decode(_json.AsSpan(at.From + 1, at.Length - 2))
            : Encoding.UTF8.GetString(_json, at.From, at.Length);
    }

    /// <summary>True for a string that is too long for one line, or has several.</summary>
    public bool IsLong(int row) => _rows[row] is { Kind: JsonValueKind.String } at && (at.Length > 162 || _json.AsSpan(at.From, at.Length).IndexOf("\\n"u8) >= 0);

    /// <summary>The value's path as JSONPath (RFC 9535) has it: <c>$.agents[3]['display name']</c>.</summary>
    public string Path(int row)
    {
        var parts = new List<string>();
        for (var at = row; _rows[at].Parent >= 0; at = _rows[at].Parent)
            parts.Add(Key(at) is { } key ? JsonTexts.Member(key) : $"[{_rows[at].Position}]");
        parts.Add("$");
        parts.Reverse();
        return string.Concat(parts);
    }

    /// <summary>The rows whose key or own value holds a text, in order; letters match in either case. None for an empty text.</summary>
    public List<int> Find(string text)
    {
        var found = new List<int>();
        for (var i = 0; i < _rows.Count && text.Length > 0; i++)
        {
            if ((Key(i)?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false) || (!_rows[i].IsContainer && Value(i).Contains(text, StringComparison.OrdinalIgnoreCase)))
                found.Add(i);
        }

        return found;
    }

    private static string Reason(JsonException e)
    {
        var said = e.Message.Split(" LineNumber:", 2)[0].TrimEnd('.');
        return $"{(said.Length > 0 ? char.ToLowerInvariant(said[0]) + said[1..] : said)} (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})";
    }

    private void ReadAll()
    {
        var reader = new Utf8JsonReader(_json, new JsonReaderOptions { MaxDepth = MaxDepth });
        var open = new Stack<int>();
        var (keyFrom, keyLength) = (-1, 0);
        while (reader.Read())
        {
            var from = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    (keyFrom, keyLength) = (from + 1, reader.ValueSpan.Length);
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    var ended = open.Pop();
                    _rows[ended] = _rows[ended] with { Length = from + 1 - _rows[ended].From, End = _rows.Count };
                    continue;
            }

            if (_rows.Count == Most)
            {
                Problem = $"it holds more than {Formats.Count(Most)} values";
                return;
            }

            var kind = Kind(reader.TokenType);
            var parent = open.Count > 0 ? open.Peek() : -1;
            var position = 0;
            if (parent >= 0)
            {
                position = _rows[parent].Children;
                _rows[parent] = _rows[parent] with { Children = position + 1 };
            }

            _rows.Add(new JsonRow(parent, open.Count, position, kind, keyFrom, keyLength, from)
            {
                Length = reader.ValueSpan.Length + (kind == JsonValueKind.String ? 2 : 0),
                End = _rows.Count + 1,
            });
            keyFrom = -1;
            if (kind is JsonValueKind.Object or JsonValueKind.Array)
                open.Push(_rows.Count - 1);
        }
    }

    private static JsonValueKind Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => JsonValueKind.Object,
        JsonTokenType.StartArray => JsonValueKind.Array,
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        _ => JsonValueKind.Null,
    };
}

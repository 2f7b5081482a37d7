using System.Globalization;
using System.Text;

namespace Duyetbot.Dashboard.Shared.Payload;

/// <summary>The texts of JSON: out of their escapes, into the few that a line of a tree needs, and as parts of a path.</summary>
public static class JsonTexts
{
    /// <summary>A string's text out of what stands between its quotes. Half a surrogate pair, which is no text, stays written as its escape.</summary>
    /// <param name="written">Valid JSON.</param>
    public static string Decode(ReadOnlySpan<byte> written)
    {
        var text = Encoding.UTF8.GetString(written);
        if (!text.Contains('\\'))
            return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                plain.Append(text[i]);
                continue;
            }

            switch (text[++i])
            {
                case 'b': plain.Append('\b'); break;
                case 'f': plain.Append('\f'); break;
                case 'n': plain.Append('\n'); break;
                case 'r': plain.Append('\r'); break;
                case 't': plain.Append('\t'); break;
                case 'u':
                    var unit = Unit(text, i + 1);
                    if (char.IsHighSurrogate(unit) && i + 10 < text.Length && text[i + 5] == '\\' && text[i + 6] == 'u' && Unit(text, i + 7) is var low && char.IsLowSurrogate(low))
                    {
                        plain.Append(unit).Append(low);
                        i += 6;
                    }
                    else if (char.IsSurrogate(unit))
                    {
                        plain.Append(text, i - 1, 6);
                    }
                    else
                    {
                        plain.Append(unit);
                    }

                    i += 4;
                    break;
                default: plain.Append(text[i]); break;
            }
        }

        return plain.ToString();
    }

    /// <summary>A text for one line between quotes: quotes, backslashes and what has no sign are written as escapes.</summary>
    public static string OnOneLine(string text)
    {
        if (!text.Any(c => c is '"' or '\\' || char.IsControl(c) || c is '\u2028' or '\u2029'))
            return text;
        var line = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => line.Append('\\').Append(c),
                '\n' => line.Append("\\n"),
                '\r' => line.Append("\\r"),
                '\t' => line.Append("\\t"),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' => line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => line.Append(c),
            };
        }

        return line.ToString();
    }

    /// <summary>A key as a step of a JSONPath: <c>.name</c>, or quoted where it is no name.</summary>
    public static string Member(string key) =>
        key.Length > 0 && !char.IsAsciiDigit(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or >= '\u0080')
            ? "." + key
            : $"['{OnOneLine(key).Replace("\\\"", "\"", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}']";

    private static char Unit(string text, int from) => (char)int.Parse(text.AsSpan(from, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}

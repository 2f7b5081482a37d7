using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Duyetbot.Dashboard.Shared;

/// <summary>JSON as indented, coloured HTML, for files without scripts. Every text in it is encoded.</summary>
public static class JsonHtml
{
    // Text of these alone stands in JSON and in HTML as it is; most keys and values do.
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ._-:/,;!?()[]@#%*=|~$^");
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object's keys, indented and coloured.</summary>
    /// <param name="json">The object.</param>
    /// <param name="folded">A key whose array is shown by its size alone, because what it holds is shown by itself.</param>
    public static string Members(JsonElement json, string folded)
    {
        try
        {
            var html = new StringBuilder();
            WriteAll(html, 0, '{', '}', [.. json.EnumerateObject()], p =>
            {
                Quoted(html, "k", p.Name);
                html.Append(": ");
                if (p.Name == folded && p.Value.ValueKind == JsonValueKind.Array)
                    Span(html, "fd", $"[ {Count(p.Value.GetArrayLength(), "item")} ]");
                else
                    Write(html, p.Value, 1);
            });
            return html.ToString();
        }
        catch (InvalidOperationException)
        {
            return WebUtility.HtmlEncode(json.GetRawText());
        }
    }

    private static void Write(StringBuilder html, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteAll(html, depth, '{', '}', [.. value.EnumerateObject()], p =>
                {
                    Quoted(html, "k", p.Name);
                    html.Append(": ");
                    Write(html, p.Value, depth + 1);
                });
                break;
            case JsonValueKind.Array when value.EnumerateArray().All(v => v.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)):
                html.Append('[');
                var first = true;
                foreach (var item in value.EnumerateArray())
                {
                    html.Append(first ? "" : ", ");
                    Write(html, item, depth + 1);
                    first = false;
                }

                html.Append(']');
                break;
            case JsonValueKind.Array:
                WriteAll(html, depth, '[', ']', [.. value.EnumerateArray()], v => Write(html, v, depth + 1));
                break;
            case JsonValueKind.String:
                Quoted(html, "str", value.GetString()!);
                break;
            default:
                Span(html, value.ValueKind == JsonValueKind.Number ? "nm" : "lit", value.GetRawText());
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder html, int depth, char open, char close, List<T> parts, Action<T> write)
    {
        html.Append(open);
        for (var i = 0; i < parts.Count; i++)
        {
            html.Append('\n').Append(' ', 2 * (depth + 1));
            write(parts[i]);
            html.Append(i < parts.Count - 1 ? "," : "");
        }

        if (parts.Count > 0)
            html.Append('\n').Append(' ', 2 * depth);
        html.Append(close);
    }

    private static void Quoted(StringBuilder html, string cssClass, string text)
    {
        if (text.AsSpan().ContainsAnyExcept(Plain))
            Span(html, cssClass, JsonSerializer.Serialize(text, Writing));
        else
            html.Append("<span class=\"").Append(cssClass).Append("\">&quot;").Append(text).Append("&quot;</span>");
    }

    private static string Count(int count, string word) => $"{count} {word}{(count == 1 ? "" : "s")}";

    private static void Span(StringBuilder html, string cssClass, string text) =>
        html.Append("<span class=\"").Append(cssClass).Append("\">").Append(WebUtility.HtmlEncode(text)).Append("</span>");
}

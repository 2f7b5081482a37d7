using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>JSON as indented, coloured HTML. Every text in it is encoded.</summary>
public static class JsonMarkup
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 2_100, CommentHandling = JsonCommentHandling.Skip };

    // Text of these alone stands in JSON and in HTML as it is; most keys and values do.
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ._-:/,;!?()[]@#%*=|~$^");
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Indents and colours; text that is not JSON is shown as it is.</summary>
    /// <param name="json">The stored text.</param>
    /// <param name="foldsNested">True to show an array of objects, or an object, below the first level by its size alone.</param>
    public static string Pretty(string json, bool foldsNested)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Reading);
            var html = new StringBuilder();
            Write(html, document.RootElement, 0, foldsNested);
            return html.ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return WebUtility.HtmlEncode(json);
        }
    }

    /// <summary>A step's own keys, indented and coloured; its workers by their number alone, because each is shown by itself.</summary>
    public static string WithoutWorkers(JsonElement step)
    {
        try
        {
            var html = new StringBuilder();
            WriteAll(html, 0, '{', '}', [.. step.EnumerateObject()], p =>
            {
                Quoted(html, "k", p.Name);
                html.Append(": ");
                if (p is { Name: "workers", Value.ValueKind: JsonValueKind.Array })
                    Span(html, "fd", $"[ {Count(p.Value.GetArrayLength(), "item")} ]");
                else
                    Write(html, p.Value, 1, false);
            });
            return html.ToString();
        }
        catch (InvalidOperationException)
        {
            return WebUtility.HtmlEncode(step.GetRawText());
        }
    }

    /// <summary>Keys of an object; 0 for anything else.</summary>
    public static int KeyCount(string? json)
    {
        try
        {
            using var document = JsonDocument.Parse(json ?? "null", Reading);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.EnumerateObject().Count() : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    private static void Write(StringBuilder html, JsonElement value, int depth, bool folds)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when folds && depth > 0:
                Span(html, "fd", $"{{ {Count(value.EnumerateObject().Count(), "key")} }}");
                break;
            case JsonValueKind.Array when folds && depth > 0 && value.EnumerateArray().Any(v => v.ValueKind is JsonValueKind.Object or JsonValueKind.Array):
                Span(html, "fd", $"[ {Count(value.GetArrayLength(), "item")} ]");
                break;
            case JsonValueKind.Object:
                WriteAll(html, depth, '{', '}', [.. value.EnumerateObject()], p =>
                {
                    Quoted(html, "k", p.Name);
                    html.Append(": ");
                    Write(html, p.Value, depth + 1, folds);
                });
                break;
            case JsonValueKind.Array when value.EnumerateArray().All(v => v.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)):
                html.Append('[');
                var first = true;
                foreach (var item in value.EnumerateArray())
                {
                    html.Append(first ? "" : ", ");
                    Write(html, item, depth + 1, folds);
                    first = false;
                }

                html.Append(']');
                break;
            case JsonValueKind.Array:
                WriteAll(html, depth, '[', ']', [.. value.EnumerateArray()], v => Write(html, v, depth + 1, folds));
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

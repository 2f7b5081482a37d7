using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Duyetbot.Dashboard.Shared;

/// <summary>Writes stored JSON with the design's four classes; what is not JSON is written as it is.</summary>
public static class JsonHtml
{
    private const int MaxFormatted = 20_000;
    private const int MaxShown = 150_000;
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The JSON as safe HTML for a <c>pre</c>: indented up to 20,000 characters, as it is up to 150,000, above that its head.</summary>
    public static string Format(string json)
    {
        if (json.Length > MaxFormatted)
            return WebUtility.HtmlEncode(json.Length > MaxShown ? json[..MaxShown] + $"\n… {Formats.Count(json.Length - MaxShown)} more characters" : json);
        try
        {
            using var document = JsonDocument.Parse(json);
            var html = new StringBuilder();
            Write(html, document.RootElement, 0);
            return html.ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return WebUtility.HtmlEncode(json);
        }
    }

    private static void Write(StringBuilder html, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                html.Append("{\n");
                WriteMembers(html, value.EnumerateObject(), depth, p =>
                {
                    html.Append("<span class=\"k\">").Append(Quote(p.Name)).Append("</span>: ");
                    Write(html, p.Value, depth + 1);
                });
                html.Append('}');
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                html.Append("[\n");
                WriteMembers(html, value.EnumerateArray(), depth, e => Write(html, e, depth + 1));
                html.Append(']');
                break;
            case JsonValueKind.String: html.Append("<span class=\"str\">").Append(Quote(value.GetString()!)).Append("</span>"); break;
            case JsonValueKind.Number: html.Append("<span class=\"nm\">").Append(WebUtility.HtmlEncode(value.GetRawText())).Append("</span>"); break;
            case JsonValueKind.Object: html.Append("{}"); break;
            case JsonValueKind.Array: html.Append("[]"); break;
            default: html.Append("<span class=\"lit\">").Append(value.GetRawText()).Append("</span>"); break;
        }
    }

    private static void WriteMembers<T>(StringBuilder html, IEnumerable<T> members, int depth, Action<T> write)
    {
        var first = true;
        foreach (var member in members)
        {
            if (!first)
                html.Append(",\n");
            first = false;
            html.Append(' ', 2 * (depth + 1));
            write(member);
        }

        html.Append('\n').Append(' ', 2 * depth);
    }

    private static string Quote(string text) => WebUtility.HtmlEncode(JsonSerializer.Serialize(text, Plain));
}

using System.Text;
using System.Text.Json;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Redacts text that may be JSON: what is JSON before is JSON after, with everything that is not replaced as it stood.</summary>
internal static class RedactedJson
{
    private const int MaxNesting = 4;

    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 2_100 };

    /// <summary>The text with strings, keys and numbers of JSON redacted one by one; any other text as a whole.</summary>
    public static string Redact(string text, Redactor redactor) => Redact(text, redactor, 0);

    private static string Redact(string text, Redactor redactor, int nesting)
    {
        var start = text.AsSpan().TrimStart();
        if (nesting < MaxNesting && start.Length > 1 && start[0] is '{' or '[' && IsJson(text, out var bytes))
            return Tokens(bytes, redactor, nesting);
        return redactor.Redact(text).Text;
    }

    private static bool IsJson(string text, out byte[] bytes)
    {
        bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            var reader = new Utf8JsonReader(bytes, Reading);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    reader.GetString();
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Tokens(byte[] bytes, Redactor redactor, int nesting)
    {
        using var result = new MemoryStream(bytes.Length);
        var reader = new Utf8JsonReader(bytes, Reading);
        var copied = 0;
        var property = "";
        while (reader.Read())
        {
            string? replaced = null;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    property = reader.GetString()!;
                    replaced = Changed(property, redactor.Redact(property, numbers: false).Text);
                    break;
                case JsonTokenType.String:
                    var text = reader.GetString()!;
                    replaced = Changed(text, Redact(text, redactor, nesting + 1));
                    break;
                case JsonTokenType.Number:
                    var number = Encoding.UTF8.GetString(reader.ValueSpan);
                    replaced = IsMeasure(property) ? null : redactor.FindExact(number) ?? (redactor.ReplacesNumbers ? redactor.NumberName(number) : null);
                    break;
            }

            if (replaced is null)
                continue;
            var start = (int)reader.TokenStartIndex;
            result.Write(bytes, copied, start - copied);
            result.WriteByte((byte)'"');
            result.Write(JsonEncodedText.Encode(replaced, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
            result.WriteByte((byte)'"');
            copied = start + (reader.TokenType == JsonTokenType.Number ? reader.ValueSpan.Length : reader.ValueSpan.Length + 2);
        }

        result.Write(bytes, copied, bytes.Length - copied);
        return Encoding.UTF8.GetString(result.GetBuffer(), 0, (int)result.Length);
    }

    private static string? Changed(string before, string after) => before == after ? null : after;

    // Figures that a trace is made of.
    private static bool IsMeasure(string property) =>
        property.EndsWith("_ms", StringComparison.Ordinal) || property.EndsWith("_tokens", StringComparison.Ordinal) || property.EndsWith("_at", StringComparison.Ordinal)
        || property.EndsWith("_usd", StringComparison.Ordinal) || property is "tool_calls" or "sequence" or "retry_count";
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Duyetbot.Dashboard.Import;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>A conversation as JSON, in the versioned form that <see cref="ConversationFile"/> describes and <c>import</c> takes back. The same rows give the same bytes.</summary>
internal static partial class ConversationJson
{
    /// <summary>Writes it.</summary>
    /// <param name="document">The rows.</param>
    /// <param name="replaced">How often each kind was replaced; null where the file is not redacted.</param>
    public static byte[] Write(ConversationDocument document, IReadOnlyDictionary<RedactionKind, int>? replaced)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = ApiJson.Options.Encoder, MaxDepth = 8 }))
        {
            json.WriteStartObject();
            json.WriteString(ConversationFile.FormatKey, ConversationFile.Format);
            json.WriteString(ConversationFile.IdKey, document.Id);
            if (replaced is not null)
            {
                json.WriteStartObject(ConversationFile.RedactedKey);
                foreach (var (kind, count) in replaced.OrderBy(r => r.Key))
                    json.WriteNumber(RedactionWords.Plural(kind), count);
                json.WriteEndObject();
            }

            json.WritePropertyName(ConversationFile.AnnotationKey);
            if (document.Annotation is null)
                json.WriteNullValue();
            else
                Row(json, document.Annotation);
            if (document.Events is not null)
                Rows(json, ConversationFile.EventsKey, document.Events);
            Rows(json, ConversationFile.MessagesKey, document.Messages);
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void Rows(Utf8JsonWriter json, string name, IReadOnlyList<StoredRow> rows)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
            Row(json, row);
        json.WriteEndArray();
    }

    private static void Row(Utf8JsonWriter json, StoredRow row)
    {
        json.WriteStartObject();
        foreach (var (column, value) in row.Values)
        {
            switch (value)
            {
                case null:
                    json.WriteNull(column);
                    break;
                case long whole:
                    json.WriteNumber(column, whole);
                    break;
                // With a point or an exponent, so that it is read as what it is.
                case double number:
                    json.WritePropertyName(column);
                    json.WriteRawValue(Real(number), skipInputValidation: true);
                    break;
                case byte[] bytes:
                    json.WriteStartObject(column);
                    json.WriteBase64String(ConversationFile.BytesKey, bytes);
                    json.WriteEndObject();
                    break;
                default:
                    json.WriteString(column, (string)value);
                    break;
            }
        }

        json.WriteEndObject();
    }

    private static string Real(double number)
    {
        if (double.IsInfinity(number))
            return number > 0 ? "1e999" : "-1e999";
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return PlainWhole().IsMatch(text) ? text + ".0" : text;
    }

    [GeneratedRegex(@"^-?\d+$")]
    private static partial Regex PlainWhole();
}

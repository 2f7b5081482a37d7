using System.Text.Json;

namespace Duyetbot.Dashboard.Import;

/// <summary>A shared conversation as JSON, version 1: an object with the members below.</summary>
/// <remarks>
/// <c>format</c>: "duyetbot-conversation/1". <c>conversation_id</c>: the session id. <c>redacted</c>: only in a redacted file, how often each kind was replaced.
/// <c>annotation</c>: the row of conversation_annotations, or null. <c>events</c>: rows of observability_events by their moment; not there where the traces were left out.
/// <c>messages</c>: rows of chat_messages in their order. A row is an object of the table's columns but <c>id</c>; times are Unix ms; bytes are <c>{"base64":"…"}</c>.
/// </remarks>
internal static class ConversationFile
{
    public const string Format = "duyetbot-conversation/1";
    public const string FormatKey = "format";
    public const string IdKey = "conversation_id";
    public const string RedactedKey = "redacted";
    public const string AnnotationKey = "annotation";
    public const string EventsKey = "events";
    public const string MessagesKey = "messages";
    public const string BytesKey = "base64";

    private const string Family = "duyetbot-conversation/";

    /// <summary>Hands its rows on.</summary>
    /// <param name="json">The whole file.</param>
    /// <param name="target">Takes the rows.</param>
    /// <param name="report">Where it is said what was left aside.</param>
    /// <param name="force">True takes a redacted file, too.</param>
    /// <exception cref="ImportException">It is no such file, of a version that is not known, or redacted.</exception>
    public static void Load(Stream json, IDumpTarget target, ImportReport report, bool force)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            var root = document.RootElement;
            Check(root, force);
            if (root.TryGetProperty(AnnotationKey, out var annotation) && annotation.ValueKind != JsonValueKind.Null)
                Row(ImportTables.Annotations, annotation, 1, target, report);
            Rows(root, EventsKey, ImportTables.Events, target, report);
            Rows(root, MessagesKey, ImportTables.Messages, target, report);
        }
        catch (JsonException e)
        {
            throw new ImportException($"The file begins as JSON and is damaged or cut off: {e.Message} Nothing was written.", e);
        }
    }

    private static void Check(JsonElement root, bool force)
    {
        var format = root.ValueKind == JsonValueKind.Object && root.TryGetProperty(FormatKey, out var named) && named.ValueKind == JsonValueKind.String ? named.GetString()! : "";
        if (!format.StartsWith(Family, StringComparison.Ordinal))
            throw new ImportException($"The file is JSON, but no shared conversation: its {FormatKey} is not {Format}. Nothing was written.");
        if (format != Format)
            throw new ImportException($"The file is of the form {format}; this version knows {Format}. Update the dashboard first. Nothing was written.");
        if (!force && root.TryGetProperty(RedactedKey, out _))
            throw new ImportException("The file is redacted: its ids and users are pseudonyms, and user-1 of this file is not user-1 of another. Imported, they would run together. Use --force to take it all the same. Nothing was written.");
    }

    private static void Rows(JsonElement root, string name, string table, IDumpTarget target, ImportReport report)
    {
        if (!root.TryGetProperty(name, out var rows))
            return;
        if (rows.ValueKind != JsonValueKind.Array)
            throw new ImportException($"{name} is not an array. Nothing was written.");
        var number = 0;
        foreach (var row in rows.EnumerateArray())
            Row(table, row, ++number, target, report);
    }

    private static void Row(string table, JsonElement row, int number, IDumpTarget target, ImportReport report)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            target.Unreadable(table, number, "it is not an object");
            return;
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in row.EnumerateObject())
        {
            if (!ImportTables.Columns[table].Contains(member.Name))
            {
                report.LeaveAside($"column {table}.{member.Name}", "unknown here");
                continue;
            }

            if (!TryRead(member.Value, out var value))
            {
                target.Unreadable(table, number, $"{member.Name} is neither text, number nor bytes");
                return;
            }

            values[member.Name] = value;
        }

        target.Row(table, [.. values.Keys], [.. values.Values], number, ambiguous: false);
    }

    private static bool TryRead(JsonElement value, out object? read)
    {
        read = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            // A number with a point or an exponent is a REAL, whatever its value.
            JsonValueKind.Number when !value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') && value.TryGetInt64(out var whole) => whole,
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.True => 1L,
            JsonValueKind.False => 0L,
            JsonValueKind.Object when value.TryGetProperty(BytesKey, out var bytes) && bytes.ValueKind == JsonValueKind.String && bytes.TryGetBytesFromBase64(out var plain) => plain,
            _ => null,
        };
        return read is not null || value.ValueKind == JsonValueKind.Null;
    }
}

using System.Text.Json;
using Duyetbot.Dashboard.Import;
using Duyetbot.Dashboard.Shared.Api;

namespace Duyetbot.Dashboard.Features.Ingest;

/// <summary>Turns a JSON object into a row of a table; a value of the wrong kind is refused, never bent.</summary>
internal static class IngestRows
{
    private static readonly HashSet<string> Whole = new(StringComparer.Ordinal)
    {
        "triggered_at", "completed_at", "duration_ms", "input_tokens", "output_tokens", "total_tokens", "cached_tokens", "reasoning_tokens", "created_at",
        "sequence", "timestamp", "is_archived", "is_pinned", "updated_at",
    };

    private static readonly HashSet<string> Counts = new(StringComparer.Ordinal)
    {
        "duration_ms", "input_tokens", "output_tokens", "total_tokens", "cached_tokens", "reasoning_tokens", "sequence",
    };

    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal) { "is_archived", "is_pinned" };

    private static readonly HashSet<string> Json = new(StringComparer.Ordinal) { "agents", "metadata" };

    /// <summary>The members of a row, as the API describes them.</summary>
    public static IReadOnlyList<ApiParameter> Members(string table) =>
    [
        .. ImportTables.Columns[table].Select((name, i) => new ApiParameter(
            name,
            Flags.Contains(name) ? "true, false, 0 or 1." : Json.Contains(name) ? "JSON, or text that holds some." : name.EndsWith("_at", StringComparison.Ordinal) || name == "timestamp" ? "Unix ms." : "",
            Flags.Contains(name) ? ApiKind.Flag : Whole.Contains(name) ? ApiKind.Whole : Json.Contains(name) ? ApiKind.Json : ApiKind.Text)
        {
            IsRequired = i < ImportTables.Required(table) && name != "timestamp",
            Min = Counts.Contains(name) ? 0 : null,
        }),
    ];

    /// <summary>The row of an object.</summary>
    /// <param name="table">One of <see cref="ImportTables.Columns"/>.</param>
    /// <param name="element">The object.</param>
    /// <param name="index">Its place in the request.</param>
    /// <param name="now">Unix ms; when a message without a time came.</param>
    /// <exception cref="IngestRowException">The object is no row; the message names the member.</exception>
    public static InputRow From(string table, JsonElement element, int index, long now)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new IngestRowException("is no JSON object");
        var places = ImportTables.Places[table];
        var row = new InputRow(table) { Id = index };
        foreach (var member in element.EnumerateObject())
        {
            var name = Name(member);
            if (!places.TryGetValue(name, out var place))
                throw new IngestRowException($"{Quoted(name)} is no column of {table}");
            row.Values[place] = Value(name, member.Value);
        }

        foreach (var needed in ImportTables.Columns[table].Take(ImportTables.Required(table)).Where(c => c != "timestamp"))
        {
            if (row[needed] is null)
                throw new IngestRowException($"{needed} is missing");
        }

        if (table == ImportTables.Messages)
            row["timestamp"] ??= now;
        return row;
    }

    private static object? Value(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False when Flags.Contains(name) => value.GetBoolean() ? 1L : 0L,
        JsonValueKind.Number when Whole.Contains(name) => Number(name, value),
        JsonValueKind.String when !Whole.Contains(name) => Text(name, value),
        JsonValueKind.Object or JsonValueKind.Array when Json.Contains(name) => Text(name, value),
        _ => throw new IngestRowException($"{name} must be {(Flags.Contains(name) ? "true, false, 0 or 1" : Whole.Contains(name) ? "a whole number" : Json.Contains(name) ? "JSON or text" : "text")}"),
    };

    private static long Number(string name, JsonElement value)
    {
        if (!value.TryGetInt64(out var number))
            throw new IngestRowException($"{name} must be a whole number of at most 64 bits");
        if (Counts.Contains(name) && number < 0)
            throw new IngestRowException($"{name} must not be negative");
        if (Flags.Contains(name) && number is not (0 or 1))
            throw new IngestRowException($"{name} must be true, false, 0 or 1");
        return number;
    }

    private static string Text(string name, JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        }
        catch (InvalidOperationException)
        {
            throw new IngestRowException($"{name} holds bytes or half of a surrogate pair that are no text");
        }
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw new IngestRowException("a name holds bytes or half of a surrogate pair that are no text");
        }
    }

    private static string Quoted(string name) => $"\"{(name.Length <= 60 ? name : name[..60] + "…")}\"";
}

/// <summary>An object that is no row; the message says why.</summary>
internal sealed class IngestRowException(string message) : Exception(message);

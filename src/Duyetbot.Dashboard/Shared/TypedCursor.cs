using System.Text.Json;

namespace Duyetbot.Dashboard.Shared;

/// <summary>A <see cref="Cursor"/> whose value keeps the type in which SQLite holds it: a malformed time may be a text, or lie beyond what a double holds exactly.</summary>
public static class TypedCursor
{
    /// <summary>The cursor after a row, as one word for a URL.</summary>
    public static string Encode(string sort, object? value, object? id)
    {
        // JSON has no infinity, which a malformed time may be.
        var safe = value is double number ? Math.Clamp(number, double.MinValue, double.MaxValue) : value;
        return new Cursor(sort, 0, JsonSerializer.Serialize(new[] { safe, id })).Encode();
    }

    /// <summary>Reads a cursor made under the same sort; null where there is none. Whole numbers are long, others double or string.</summary>
    /// <exception cref="InvalidParameterException">The text is no cursor of this list in this order.</exception>
    public static (object? Value, object? Id)? Read(string? text, string sort)
    {
        if (Cursor.Read(text, sort) is not { } cursor)
            return null;
        try
        {
            using var json = JsonDocument.Parse(cursor.Id);
            return (Typed(json.RootElement[0]), Typed(json.RootElement[1]));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw new InvalidParameterException("cursor", "is not a cursor of this list; start again without it.");
        }
    }

    private static object? Typed(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        _ => throw new FormatException(),
    };
}

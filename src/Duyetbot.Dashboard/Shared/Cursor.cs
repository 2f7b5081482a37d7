using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Duyetbot.Dashboard.Shared;

/// <summary>The opaque start of a page: the sort it belongs to, and the last row's sort value and id.</summary>
/// <param name="Sort">The sort that the cursor was made under; it is of no use under another.</param>
/// <param name="Value">The sort value of the last row.</param>
/// <param name="Id">The id of the last row, which breaks ties.</param>
public sealed record Cursor(string Sort, double Value, string Id)
{
    /// <summary>The cursor as one word for a URL.</summary>
    public string Encode() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new object[] { Sort, Value, Id }));

    /// <summary>Reads a cursor made under the same sort; null where there is none.</summary>
    /// <exception cref="InvalidParameterException">The text is no cursor of this list in this order.</exception>
    public static Cursor? Read(string? text, string sort)
    {
        if (text is null)
            return null;
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)));
            var parts = json.RootElement;
            if (parts.ValueKind == JsonValueKind.Array && parts.GetArrayLength() == 3 && parts[0].GetString() == sort)
                return new Cursor(sort, parts[1].GetDouble(), parts[2].GetString() ?? "");
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
        }

        throw new InvalidParameterException("cursor", "is not a cursor of this list in this order; start again without it.");
    }
}

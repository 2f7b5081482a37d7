using System.Text.Json;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>A tool of a step: its name and, where the JSON holds more than names, how long it took and how it failed.</summary>
public sealed record ToolUse(string Name, long? DurationMs, string? Error)
{
    /// <summary>Reads a step's <c>tools</c>: an array of names or of objects, or a single name.</summary>
    public static IReadOnlyList<ToolUse> From(string? tools)
    {
        if (string.IsNullOrWhiteSpace(tools))
            return [];
        try
        {
            using var json = JsonDocument.Parse(tools);
            return json.RootElement.ValueKind == JsonValueKind.Array
                ? [.. json.RootElement.EnumerateArray().Select(Of)]
                : [Of(json.RootElement)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [new ToolUse(tools, null, null)];
        }
    }

    private static ToolUse Of(JsonElement tool)
    {
        if (tool.ValueKind == JsonValueKind.String)
            return new ToolUse(tool.GetString()!, null, null);
        if (tool.ValueKind != JsonValueKind.Object)
            return new ToolUse(tool.GetRawText(), null, null);
        var name = tool.TryGetProperty("name", out var n) && n.ValueKind == JsonValueKind.String ? n.GetString()! : tool.GetRawText();
        long? duration = tool.TryGetProperty("duration_ms", out var d) && d.ValueKind == JsonValueKind.Number && d.TryGetDouble(out var ms) && ms is >= 0 and <= 1e12 ? (long)Math.Round(ms) : null;
        var error = tool.TryGetProperty("error", out var e) && e.ValueKind is not (JsonValueKind.Null or JsonValueKind.False) ? e.ValueKind == JsonValueKind.String ? e.GetString() : e.GetRawText() : null;
        return new ToolUse(name, duration, error);
    }
}

using System.Text.Json;

namespace Duyetbot.Dashboard.IntegrationTests.Fuzz;

/// <summary>A parameter or a member: what the document says its values are.</summary>
internal sealed record FuzzSlot(string Name, string? Type, IReadOnlyList<string> Words, bool IsRepeated, bool IsRequired);

/// <summary>An operation as the document describes it.</summary>
internal sealed record FuzzOperation(string Method, string Path, IReadOnlyList<FuzzSlot> Query, IReadOnlyList<FuzzSlot> Body, bool TakesRows)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>What can be asked, read from the OpenAPI document: whatever an endpoint declares is asked for.</summary>
internal static class FuzzGrammar
{
    public static IReadOnlyList<FuzzOperation> Read(JsonElement document) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from method in path.Value.EnumerateObject()
           select Operation(document, method.Name.ToUpperInvariant(), path.Name, method.Value),
    ];

    private static FuzzOperation Operation(JsonElement document, string method, string path, JsonElement operation)
    {
        var parameters = operation.TryGetProperty("parameters", out var said) ? said.EnumerateArray().ToList() : [];
        var query = parameters.Where(p => p.GetProperty("in").GetString() == "query").Select(p => Slot(p.GetProperty("name").GetString()!, p.GetProperty("schema"), false));
        List<FuzzSlot> body = [];
        var takesRows = false;
        if (operation.TryGetProperty("requestBody", out var sent))
        {
            var content = sent.GetProperty("content");
            takesRows = content.TryGetProperty("application/x-ndjson", out _);
            var schema = Resolve(document, content.GetProperty(takesRows ? "application/x-ndjson" : "application/json").GetProperty("schema"));
            var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()).ToHashSet() : [];
            body = [.. schema.GetProperty("properties").EnumerateObject().Select(m => Slot(m.Name, Resolve(document, m.Value), required.Contains(m.Name)))];
        }

        return new FuzzOperation(method, path, [.. query], body, takesRows);
    }

    public static JsonElement Resolve(JsonElement document, JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]) : schema;

    private static FuzzSlot Slot(string name, JsonElement schema, bool isRequired)
    {
        var isRepeated = schema.TryGetProperty("items", out var items);
        var one = isRepeated ? items : schema;
        var words = one.TryGetProperty("enum", out var all) ? all.EnumerateArray().Select(w => w.ToString()).ToList() : [];
        return new FuzzSlot(name, TypeOf(one), words, isRepeated, isRequired);
    }

    private static string? TypeOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? null
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()).Order().First(t => t != "null")
        : type.GetString();
}

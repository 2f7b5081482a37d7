using System.Text.Json;
using Duyetbot.Dashboard.IntegrationTests.Fuzz;

namespace Duyetbot.Dashboard.IntegrationTests.Api;

/// <summary>Compares an answer with its schema: kinds of values, and the names of members both ways.</summary>
internal sealed class SchemaCheck(JsonElement document)
{
    public IReadOnlyList<string> Compare(JsonElement value, JsonElement schema)
    {
        var differences = new List<string>();
        Compare("$", value, schema, differences);
        return differences;
    }

    private void Compare(string at, JsonElement value, JsonElement schema, List<string> differences)
    {
        schema = FuzzGrammar.Resolve(document, schema);
        if (schema.TryGetProperty("oneOf", out var choices) || schema.TryGetProperty("anyOf", out choices))
        {
            var found = choices.EnumerateArray().Select(c => FuzzGrammar.Resolve(document, c)).Where(c => Types(c) is var types && (types.Count == 0 || types.Contains(Kind(value)))).ToList();
            if (found.Count == 0)
                differences.Add($"{at} is {value.ValueKind}, none of the choices");
            else
                Compare(at, value, found[0], differences);
            return;
        }

        var allowed = Types(schema);
        if (allowed.Count > 0 && !allowed.Contains(Kind(value)) && !(Kind(value) == "integer" && allowed.Contains("number")))
        {
            differences.Add($"{at} is {value.ValueKind}, not {string.Join(" or ", allowed)}");
            return;
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var item in value.EnumerateArray())
                Compare(at + "[]", item, items, differences);
        }
        else if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var members))
        {
            foreach (var member in value.EnumerateObject())
            {
                if (members.TryGetProperty(member.Name, out var described))
                    Compare($"{at}.{member.Name}", member.Value, described, differences);
                else
                    differences.Add($"{at}.{member.Name} is not described");
            }

            differences.AddRange(members.EnumerateObject().Where(m => !value.TryGetProperty(m.Name, out _)).Select(m => $"{at}.{m.Name} is missing"));
        }
        else if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("additionalProperties", out var each) && each.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
                Compare($"{at}.*", member.Value, each, differences);
        }
        else if (value.ValueKind == JsonValueKind.Object && allowed.Count > 0)
        {
            differences.Add($"{at} is an object of which nothing is said");
        }
    }

    private static List<string> Types(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)]
        : [type.GetString()!];

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.String => "string",
        JsonValueKind.Array => "array",
        _ => "object",
    };
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Api;

namespace Duyetbot.Dashboard.Features.Explorer;

/// <summary>JSON as an operation answers or takes it, made from its type: every member is there, the values are made up.</summary>
internal static class ApiExample
{
    private const int Deepest = 8;
    private const long Moment = 1_795_435_200_000;

    private static readonly JsonSerializerOptions Types = new(ApiJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
    private static readonly JsonSerializerOptions Indented = new(ApiJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["conversation_id"] = "telegram:123:456",
        ["session_id"] = "telegram:123:456",
        ["platform"] = "telegram",
        ["model"] = "my-model",
        ["role"] = "assistant",
        ["visibility"] = "private",
        ["status"] = "success",
        ["agent_name"] = "router",
        ["app_source"] = "telegram-webhook",
        ["event_type"] = "message",
        ["timezone"] = "UTC",
        ["granularity"] = "day",
        ["from"] = "2026-11-01",
        ["to"] = "2026-11-23",
        ["agents"] = "[{\"name\":\"router\",\"duration_ms\":120}]",
        ["content"] = "hello",
    };

    /// <summary>An example of a type.</summary>
    public static string Of(Type type) => Value("", type, 0)?.ToJsonString(Indented) ?? "null";

    /// <summary>An example of what a request carries.</summary>
    public static string Of(ApiBody body) => body.Type is { } type
        ? Shortest((JsonObject)Value("", type, 0)!, body.Required).ToJsonString(Indented)
        : new JsonArray(new JsonObject(body.Rows.Where(r => r.IsRequired || r.Name is "timestamp" or "model" or "input_tokens" or "output_tokens").Select(r => KeyValuePair.Create<string, JsonNode?>(r.Name, Member(r))))).ToJsonString(Indented);

    // What need not be there may contradict what has to be.
    private static JsonObject Shortest(JsonObject whole, IReadOnlyList<string> required) =>
        required.Count == 0 ? whole : new JsonObject(whole.Where(m => required.Contains(m.Key)).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));

    private static JsonValue? Member(ApiParameter member) => member.Kind switch
    {
        ApiKind.Whole => JsonValue.Create(Number(member.Name)),
        ApiKind.Flag => JsonValue.Create(false),
        _ => JsonValue.Create(Text(member.Name)),
    };

    private static JsonNode? Value(string name, Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (name == "next_cursor" || depth > Deepest || type == typeof(JsonElement) || type == typeof(object))
            return null;
        if (type == typeof(string))
            return Text(name);
        if (type == typeof(bool))
            return false;
        if (type == typeof(long) || type == typeof(int))
            return Number(name);
        if (type == typeof(double))
            return 0.0125;
        var info = Types.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => new JsonObject(info.Properties.Where(p => !p.IsExtensionData && p.Get is not null).Select(p => KeyValuePair.Create(p.Name, Value(p.Name, p.PropertyType, depth + 1)))),
            JsonTypeInfoKind.Enumerable => new JsonArray(Value(name, info.ElementType!, depth + 1)),
            JsonTypeInfoKind.Dictionary => new JsonObject([KeyValuePair.Create("total_tokens", Value("", info.ElementType!, depth + 1))]),
            _ => null,
        };
    }

    private static long Number(string name) => name.EndsWith("_at", StringComparison.Ordinal) || name is "timestamp" or "effective_from" or "effective_to" or "from" or "to" || name.StartsWith("period_", StringComparison.Ordinal) ? Moment
        : name.EndsWith("_ms", StringComparison.Ordinal) ? 1_240
        : name.EndsWith("_tokens", StringComparison.Ordinal) ? 512
        : 1;

    private static string Text(string name) => Texts.GetValueOrDefault(name) ?? (name.EndsWith("_id", StringComparison.Ordinal) ? name[..^3] + "-1" : "text");
}

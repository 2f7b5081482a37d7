using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Duyetbot.Dashboard.Data;

/// <summary>Writes rows of <c>analytics_agent_steps</c> as the JSON chain that the bot writes.</summary>
internal static class StepChain
{
    // SQLite reads JSON up to 1,000 levels; a worker is two levels deeper than its parent.
    private const int DeepestStep = 400;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    // What an element of the chain has a key for, and what the steps view computes.
    private static readonly HashSet<string> Told =
    [
        "id", "event_id", "agent_name", "agent_type", "duration_ms", "input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens", "model", "tools_used",
        "tool_calls_count", "error_type", "error_message", "started_at", "sequence",
    ];

    /// <summary>The steps of one event in sequence order, children under <c>workers</c> of their parent; every step is in it once.</summary>
    public static string From(IReadOnlyList<LegacyStep> steps)
    {
        var children = Children(steps, out var roots);
        return Write(writer => WriteSteps(writer, roots, children, 0));
    }

    /// <summary>The rows as they are, as a JSON array of objects.</summary>
    public static string Whole(IReadOnlyList<LegacyStep> steps) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var step in steps)
        {
            writer.WriteStartObject();
            foreach (var (column, value) in step.Values)
                WriteValue(writer, column, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static Dictionary<LegacyStep, List<LegacyStep>> Children(IReadOnlyList<LegacyStep> steps, out List<LegacyStep> roots)
    {
        var byId = new Dictionary<string, LegacyStep>(StringComparer.Ordinal);
        foreach (var step in steps)
            byId.TryAdd(step.Said("step_id", ""), step);
        var parents = new Dictionary<LegacyStep, LegacyStep>();
        var depths = new Dictionary<LegacyStep, int>();
        foreach (var step in steps)
        {
            if (step.Value("parent_step_id") is null || !byId.TryGetValue(step.Said("parent_step_id", ""), out var parent))
                continue;
            // A step is no ancestor of its own parent: the link that would close a circle is left out.
            var ancestor = parent;
            while (ancestor != step && parents.TryGetValue(ancestor, out var next))
                ancestor = next;
            if (ancestor != step)
                parents[step] = parent;
        }

        var children = new Dictionary<LegacyStep, List<LegacyStep>>();
        roots = [];
        foreach (var step in steps)
        {
            var parent = parents.GetValueOrDefault(step);
            while (parent is not null && Depth(parent) >= DeepestStep)
                parent = parents.GetValueOrDefault(parent);
            if (parent is null)
                roots.Add(step);
            else if (children.TryGetValue(parent, out var list))
                list.Add(step);
            else
                children[parent] = [step];
        }

        return children;

        int Depth(LegacyStep step)
        {
            if (depths.TryGetValue(step, out var known))
                return known;
            var path = new List<LegacyStep>();
            LegacyStep? at = step;
            for (; at is not null && !depths.ContainsKey(at); at = parents.GetValueOrDefault(at))
                path.Add(at);
            var depth = at is null ? -1 : depths[at];
            for (var i = path.Count - 1; i >= 0; i--)
                depths[path[i]] = ++depth;
            return depth;
        }
    }

    private static void WriteSteps(Utf8JsonWriter writer, List<LegacyStep> steps, Dictionary<LegacyStep, List<LegacyStep>> children, int depth)
    {
        writer.WriteStartArray();
        foreach (var step in steps)
        {
            writer.WriteStartObject();
            writer.WriteString("name", step.Said("agent_name", ""));
            writer.WriteString("type", step.Said("agent_type", depth == 0 ? "agent" : "worker"));
            foreach (var key in (string[])["duration_ms", "input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens", "model", "started_at"])
                WriteValue(writer, key, step.Value(key));
            WriteTools(writer, step.Value("tools_used"));
            WriteValue(writer, "tool_calls", step.Value("tool_calls_count"));
            WriteError(writer, step);
            WriteRest(writer, step);
            if (children.TryGetValue(step, out var workers))
            {
                writer.WritePropertyName("workers");
                WriteSteps(writer, workers, children, depth + 1);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTools(Utf8JsonWriter writer, object? tools)
    {
        if (tools is string text)
        {
            try
            {
                using var parsed = JsonDocument.Parse(text);
                if (parsed.RootElement.ValueKind == JsonValueKind.Array)
                {
                    writer.WritePropertyName("tools");
                    parsed.RootElement.WriteTo(writer);
                    return;
                }
            }
            catch (JsonException)
            {
                // Kept as the text that it is.
            }
        }

        WriteValue(writer, "tools", tools);
    }

    private static void WriteError(Utf8JsonWriter writer, LegacyStep step)
    {
        if (!step.IsFailed)
            return;
        var type = step.Value("error_type");
        var message = step.Value("error_message");
        if (type is null && message is null)
        {
            writer.WriteBoolean("error", true);
            return;
        }

        writer.WriteStartObject("error");
        WriteValue(writer, "type", type);
        WriteValue(writer, "message", message);
        writer.WriteEndObject();
    }

    private static void WriteRest(Utf8JsonWriter writer, LegacyStep step)
    {
        writer.WriteStartObject("legacy");
        foreach (var (column, value) in step.Values.Where(v => !Told.Contains(v.Key.ToLowerInvariant())))
            WriteValue(writer, column, value);
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, string key, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case long whole:
                writer.WriteNumber(key, whole);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumber(key, number);
                break;
            case byte[] bytes:
                writer.WriteString(key, Convert.ToHexString(bytes));
                break;
            default:
                writer.WriteString(key, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

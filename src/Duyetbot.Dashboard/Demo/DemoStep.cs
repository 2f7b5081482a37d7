using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Duyetbot.Dashboard.Demo;

/// <summary>One step of an event's chain, with the steps that it ran.</summary>
internal sealed class DemoStep
{
    public required string Name { get; init; }
    public required string Type { get; init; }
    public string? Model { get; init; }
    public long DurationMs { get; set; }
    public long Input { get; set; }
    public long Output { get; set; }
    public long Cached { get; set; }
    public long Reasoning { get; set; }
    public string[]? Tools { get; init; }
    public int ToolCalls { get; init; }
    public string? Error { get; set; }

    /// <summary>Milliseconds after the parent's start.</summary>
    public long Offset { get; set; }
    public List<DemoStep> Workers { get; } = [];

    /// <summary>This step and all below it.</summary>
    public IEnumerable<DemoStep> Tree() => Workers.SelectMany(w => w.Tree()).Prepend(this);

    /// <summary>The chain as the bot stores it.</summary>
    /// <param name="steps">The chain's first level.</param>
    /// <param name="startedAt">The event's start in Unix ms, when start times are recorded.</param>
    public static string Json(IReadOnlyList<DemoStep> steps, long? startedAt)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
            WriteAll(json, steps, startedAt);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteAll(Utf8JsonWriter json, IReadOnlyList<DemoStep> steps, long? parentStart)
    {
        json.WriteStartArray();
        foreach (var step in steps)
            step.Write(json, parentStart + step.Offset);
        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, long? start)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteString("type", Type);
        if (Model is not null)
            json.WriteString("model", Model);
        json.WriteNumber("duration_ms", DurationMs);
        if (start is { } at)
            json.WriteNumber("started_at", at);
        json.WriteNumber("input_tokens", Input);
        json.WriteNumber("output_tokens", Output);
        if (Cached > 0)
            json.WriteNumber("cached_tokens", Cached);
        if (Reasoning > 0)
            json.WriteNumber("reasoning_tokens", Reasoning);
        if (Tools is not null)
        {
            json.WriteStartArray("tools");
            foreach (var tool in Tools)
                json.WriteStringValue(tool);
            json.WriteEndArray();
            json.WriteNumber("tool_calls", ToolCalls);
        }

        if (Error is not null)
            json.WriteString("error", Error);
        if (Workers.Count > 0)
        {
            json.WritePropertyName("workers");
            WriteAll(json, Workers, start);
        }

        json.WriteEndObject();
    }
}

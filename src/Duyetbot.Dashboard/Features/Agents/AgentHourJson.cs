using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>The groups of an hour as agent_hours keeps them: readable with json_each, and read back a million durations in a tenth of a second.</summary>
/// <remarks>[[agent, type, model, null (once the price id), invocations, errors, input, output, cached, reasoning tokens, tool calls, [durations in ms, ascending], recorded cached tokens where they differ from the cached ones], …]</remarks>
public static class AgentHourJson
{
    // A model's name stands as it is, so that a new price finds the hours that it may concern; nothing of this is shown in a page.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the groups in their order.</summary>
    public static string Write(IEnumerable<AgentHourGroup> groups)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartArray();
            foreach (var group in groups)
                Write(json, group);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Reads the groups of an hour one after another into the same object.</summary>
    /// <param name="utf8">The text of one row.</param>
    /// <param name="names">Keeps one string for each name, over all rows of a reading.</param>
    /// <param name="add">Takes a group; it is overwritten by the next one.</param>
    public static void Read(ReadOnlySpan<byte> utf8, NameCache names, Action<AgentHourGroup> add)
    {
        var json = new Utf8JsonReader(utf8);
        var group = new AgentHourGroup();
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartArray)
        {
            group.Agent = Name(ref json, names);
            group.Type = Name(ref json, names);
            group.Model = Name(ref json, names);
            json.Read();
            group.PriceId = json.TokenType == JsonTokenType.Null ? null : json.GetInt64();
            group.Invocations = Number(ref json);
            group.Errors = Number(ref json);
            group.Input = Number(ref json);
            group.Output = Number(ref json);
            group.Cached = Number(ref json);
            group.Reasoning = Number(ref json);
            group.ToolCalls = Number(ref json);
            group.DurationsMs.Clear();
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.Number)
                group.DurationsMs.Add(json.GetInt64());
            json.Read();
            group.RecordedCached = group.Cached;
            if (json.TokenType == JsonTokenType.Number)
            {
                group.RecordedCached = json.GetInt64();
                json.Read();
            }

            add(group);
        }
    }

    private static void Write(Utf8JsonWriter json, AgentHourGroup group)
    {
        json.WriteStartArray();
        json.WriteStringValue(group.Agent);
        json.WriteStringValue(group.Type);
        json.WriteStringValue(group.Model);
        if (group.PriceId is { } price)
            json.WriteNumberValue(price);
        else
            json.WriteNullValue();
        foreach (var number in (ReadOnlySpan<long>)[group.Invocations, group.Errors, group.Input, group.Output, group.Cached, group.Reasoning, group.ToolCalls])
            json.WriteNumberValue(number);
        json.WriteStartArray();
        foreach (var duration in group.DurationsMs)
            json.WriteNumberValue(duration);
        json.WriteEndArray();
        if (group.RecordedCached != group.Cached)
            json.WriteNumberValue(group.RecordedCached);
        json.WriteEndArray();
    }

    private static string? Name(ref Utf8JsonReader json, NameCache names)
    {
        json.Read();
        return json.TokenType == JsonTokenType.Null ? null : names.Get(ref json);
    }

    private static long Number(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetInt64();
    }
}

/// <summary>One string object per name, so that a year of hours makes no million copies of a few names.</summary>
public sealed class NameCache
{
    private const int Short = 200;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The string at which a reader stands.</summary>
    internal string Get(ref Utf8JsonReader json)
    {
        if (json.ValueSpan.Length > Short)
            return json.GetString()!;
        Span<char> buffer = stackalloc char[Short];
        var name = buffer[..json.CopyString(buffer)];
        var lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(name, out var known))
            return known;
        var made = name.ToString();
        _names.Add(made);
        return made;
    }
}

using System.Text.Json;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>A step of a stored chain, as a file shows it.</summary>
/// <param name="Depth">0 for an agent.</param>
/// <param name="Name">Its name; "unnamed" without one.</param>
/// <param name="Kind">agent, worker, or what stands there.</param>
/// <param name="Model">Null where none is named.</param>
/// <param name="DurationMs">Null where none is recorded.</param>
/// <param name="Tokens">Its own input and output.</param>
/// <param name="Error">Null where it did not fail.</param>
internal sealed record SharedStep(int Depth, string Name, string Kind, string? Model, long? DurationMs, long Tokens, string? Error)
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 2_100 };

    /// <summary>The steps of a chain, parents before children; null where the text is none.</summary>
    public static List<SharedStep>? From(string? agents)
    {
        var steps = new List<SharedStep>();
        if (string.IsNullOrEmpty(agents))
            return steps;
        try
        {
            using var json = JsonDocument.Parse(agents, Reading);
            if (json.RootElement.ValueKind != JsonValueKind.Array)
                return null;
            Add(json.RootElement, 0, steps);
            return steps;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Add(JsonElement siblings, int depth, List<SharedStep> steps)
    {
        foreach (var step in siblings.EnumerateArray().Where(s => s.ValueKind == JsonValueKind.Object))
        {
            var error = step.TryGetProperty("error", out var e) && e.ValueKind is not (JsonValueKind.Null or JsonValueKind.False) ? Text(e) : null;
            steps.Add(new SharedStep(depth, Text(step, "name") ?? "unnamed", Text(step, "type") ?? "step", Text(step, "model"), Whole(step, "duration_ms"), (Whole(step, "input_tokens") ?? 0) + (Whole(step, "output_tokens") ?? 0), error));
            if (step.TryGetProperty("workers", out var workers) && workers.ValueKind == JsonValueKind.Array)
                Add(workers, depth + 1, steps);
        }
    }

    private static string? Text(JsonElement step, string name) => step.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    // What the views count, too: neither negative nor absurd.
    private static long? Whole(JsonElement step, string name) =>
        step.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number is >= 0 and <= 1_000_000_000_000 ? number : null;
}

/// <summary>The trace behind an answer, as a file shows it.</summary>
/// <param name="Event">The stored event.</param>
/// <param name="Steps">Null where its chain cannot be read.</param>
internal sealed record SharedTurn(StoredRow Event, IReadOnlyList<SharedStep>? Steps)
{
    /// <summary>The traces by the place of the message under which they stand: the last one of each event.</summary>
    public static Dictionary<int, SharedTurn> From(ConversationDocument document)
    {
        var events = (document.Events ?? []).Where(e => e.Text("event_id") is not null).ToDictionary(e => e.Text("event_id")!, StringComparer.Ordinal);
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < document.Messages.Count; i++)
        {
            if (document.Messages[i].Text("event_id") is { } id && events.ContainsKey(id))
                last[id] = i;
        }

        return last.ToDictionary(l => l.Value, l => new SharedTurn(events[l.Key], SharedStep.From(events[l.Key].Text("agents"))));
    }

    /// <summary>router › orchestrator; the event's type where there is no step.</summary>
    public string Path => Steps is { Count: > 0 } ? string.Join(" › ", Steps.Where(s => s.Depth == 0).Select(s => s.Name).Take(6)) : Event.Text("event_type") ?? "trace";

    /// <summary>What went wrong; null where nothing did.</summary>
    public string? Error => Event.Text("error_message") ?? Steps?.FirstOrDefault(s => s.Error is not null)?.Error ?? (Event.Text("status") == "error" ? "failed" : null);
}

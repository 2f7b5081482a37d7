namespace Duyetbot.Dashboard.Shared;

/// <summary>Who worked on an event, in one line: <c>router › orchestrator › 3 workers</c>.</summary>
public static class AgentsPath
{
    private const int MaxParts = 6;

    /// <summary>The agents of the first level in their order, each followed by the number of workers below it at any level.</summary>
    /// <remarks>Agents of one name that follow each other are one part with ×N; past six parts the middle is left out, shown as an ellipsis.</remarks>
    /// <param name="steps">Name and depth of every step in document order: parents before children.</param>
    /// <returns>Null where there is no step.</returns>
    public static string? From(IEnumerable<(string? Name, long Depth)> steps)
    {
        var agents = new List<(string Name, int Times, long Workers)>();
        foreach (var (name, depth) in steps)
        {
            if (depth > 0 && agents.Count > 0)
            {
                agents[^1] = agents[^1] with { Workers = agents[^1].Workers + 1 };
                continue;
            }

            var shown = string.IsNullOrWhiteSpace(name) ? "unnamed" : name;
            if (agents.Count > 0 && agents[^1].Name == shown)
                agents[^1] = agents[^1] with { Times = agents[^1].Times + 1 };
            else
                agents.Add((shown, 1, 0));
        }

        var parts = new List<string>();
        foreach (var (name, times, workers) in agents)
        {
            parts.Add(times == 1 ? name : $"{name} ×{Formats.Count(times)}");
            if (workers > 0)
                parts.Add(Formats.Plural(workers, "worker"));
        }

        if (parts.Count > MaxParts)
            parts.RemoveRange(MaxParts - 2, parts.Count - MaxParts + 1);
        else
            return parts.Count == 0 ? null : string.Join(" › ", parts);
        parts.Insert(MaxParts - 2, "…");
        return string.Join(" › ", parts);
    }
}

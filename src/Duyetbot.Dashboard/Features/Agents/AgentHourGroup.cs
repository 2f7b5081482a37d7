namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>The steps of one hour that share agent, type, model and price row: sums, and every duration.</summary>
public sealed class AgentHourGroup
{
    /// <summary>The agent's name, or null.</summary>
    public string? Agent { get; set; }

    /// <summary>agent, worker, or what else the steps say.</summary>
    public string? Type { get; set; }

    /// <summary>The model, or null.</summary>
    public string? Model { get; set; }

    /// <summary>The price row, or null where the steps have none.</summary>
    public long? PriceId { get; set; }

    /// <summary>How many steps.</summary>
    public long Invocations { get; set; }

    /// <summary>How many of them failed.</summary>
    public long Errors { get; set; }

    /// <summary>Input tokens, the cached ones included.</summary>
    public long Input { get; set; }

    /// <summary>Output tokens, the reasoning ones included.</summary>
    public long Output { get; set; }

    /// <summary>Part of the input.</summary>
    public long Cached { get; set; }

    /// <summary>Part of the output.</summary>
    public long Reasoning { get; set; }

    /// <summary>How many tools were called.</summary>
    public long ToolCalls { get; set; }

    /// <summary>In ms, those above 0; ascending where it was read from the roll-up.</summary>
    public List<long> DurationsMs { get; } = [];

    /// <summary>Folds steps of one hour into groups, in an order that depends on their content only.</summary>
    public static IReadOnlyList<AgentHourGroup> Fold(IEnumerable<AgentStep> steps)
    {
        var groups = new Dictionary<(string?, string?, string?, long?), AgentHourGroup>();
        foreach (var step in steps)
        {
            var key = (step.Agent, step.Type, step.Model, step.PriceId);
            if (!groups.TryGetValue(key, out var group))
                groups[key] = group = new AgentHourGroup { Agent = step.Agent, Type = step.Type, Model = step.Model, PriceId = step.PriceId };
            group.Add(step);
        }

        foreach (var group in groups.Values)
            group.DurationsMs.Sort();
        return
        [
            .. groups.Values
                .OrderBy(g => g.Agent, StringComparer.Ordinal).ThenBy(g => g.Type, StringComparer.Ordinal)
                .ThenBy(g => g.Model, StringComparer.Ordinal).ThenBy(g => g.PriceId ?? 0),
        ];
    }

    private void Add(in AgentStep step)
    {
        Invocations++;
        Errors += step.IsFailed ? 1 : 0;
        Input += step.Input;
        Output += step.Output;
        Cached += step.Cached;
        Reasoning += step.Reasoning;
        ToolCalls += step.ToolCalls;
        if (step.DurationMs > 0)
            DurationsMs.Add(step.DurationMs);
    }
}

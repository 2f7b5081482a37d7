using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>The order of agents, and of models below each: a column and a direction; what has no value comes last.</summary>
/// <param name="Column">One of <see cref="Columns"/>.</param>
/// <param name="Descending">True for the highest first.</param>
public sealed record AgentSort(string Column, bool Descending)
{
    /// <summary>The columns that agents can be sorted by.</summary>
    public static readonly IReadOnlyList<string> Columns =
        ["agent_name", "invocations", "errors", "error_rate", "p50_duration_ms", "p95_duration_ms", "p99_duration_ms", "avg_duration_ms", "total_tokens", "tool_calls", "estimated_cost_usd"];

    /// <summary>Most invocations first.</summary>
    public static readonly AgentSort Default = new("invocations", true);

    /// <summary>Reads the parameter <c>sort</c>: the column alone and with a minus mean descending, with a plus ascending; most invocations first where it is absent.</summary>
    /// <exception cref="InvalidParameterException">The column is none of these.</exception>
    public static AgentSort Read(QueryReader reader)
    {
        if (reader.Text("sort") is not { } text)
            return Default;
        // A plus that nobody encoded arrives as a space.
        var column = text.TrimStart('-', '+', ' ');
        return Columns.Contains(column) && text.Length - column.Length <= 1
            ? new AgentSort(column, text[0] is not ('+' or ' '))
            : throw new InvalidParameterException("sort", $"\"{text}\" is none of {string.Join(", ", Columns)}; before it - for descending, which is the default, or + for ascending.");
    }

    /// <summary>The order as it stands in the URL.</summary>
    public override string ToString() => (Descending ? "-" : "+") + Column;

    /// <summary>What the head of a column leads to: descending first (a name ascending), then the other way round.</summary>
    public AgentSort After(string column) => column == Column ? this with { Descending = !Descending } : new AgentSort(column, column != "agent_name");

    /// <summary>The lines in this order, and the models of each.</summary>
    public IReadOnlyList<AgentLine> Apply(IEnumerable<AgentLine> lines)
    {
        var all = lines.Select(l => l.Models.Count == 0 ? l : l with { Models = Apply(l.Models) }).ToList();
        if (Column == "agent_name")
        {
            var named = all.OrderBy(l => NameOf(l) is null);
            return [.. Descending ? named.ThenByDescending(NameOf, StringComparer.OrdinalIgnoreCase) : named.ThenBy(NameOf, StringComparer.OrdinalIgnoreCase)];
        }

        var known = all.OrderBy(l => ValueOf(l.Figures) is null);
        return [.. Descending ? known.ThenByDescending(l => ValueOf(l.Figures)) : known.ThenBy(l => ValueOf(l.Figures))];
    }

    // A model's own line goes by the model's name.
    private static string? NameOf(AgentLine line) => line.Figures.Model ?? line.Figures.AgentName;

    private double? ValueOf(AgentFigures figures) => Column switch
    {
        "errors" => figures.Errors,
        "error_rate" => figures.ErrorPercent,
        "p50_duration_ms" => figures.P50DurationMs,
        "p95_duration_ms" => figures.P95DurationMs,
        "p99_duration_ms" => figures.P99DurationMs,
        "avg_duration_ms" => figures.AvgDurationMs,
        "total_tokens" => figures.TotalTokens,
        "tool_calls" => figures.ToolCalls,
        "estimated_cost_usd" => figures.EstimatedCostUsd,
        _ => figures.Invocations,
    };
}

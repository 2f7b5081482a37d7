using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>What the agents page shows, as its URL says.</summary>
public sealed record AgentView
{
    /// <summary>The value of <see cref="Open"/> that unfolds every agent.</summary>
    public const string All = "*";

    /// <summary>Only this agent, or null.</summary>
    public string? Agent { get; init; }

    /// <summary>Only this model, or null.</summary>
    public string? Model { get; init; }

    /// <summary>The order of the table.</summary>
    public AgentSort Sort { get; init; } = AgentSort.Default;

    /// <summary>The agent whose models are shown below it, "*" for all, or null.</summary>
    public string? Open { get; init; }

    /// <summary>The error group that is opened, or null.</summary>
    public string? Error { get; init; }

    /// <summary>All error groups instead of the first ones.</summary>
    public bool AllErrors { get; init; }

    /// <summary>Reads the page's own parameters.</summary>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static AgentView Read(QueryReader reader) => new()
    {
        Agent = reader.Text("agent"),
        Model = reader.Text("model"),
        Sort = AgentSort.Read(reader),
        Open = reader.Text("open"),
        Error = reader.Text("error"),
        AllErrors = reader.OneOf("rows", "all") is not null,
    };

    /// <summary>True where an agent's models are shown below it.</summary>
    public bool IsOpen(string? agent) => Open == All || (Open is not null && Open == agent) || (Agent is not null && Agent == agent);
}

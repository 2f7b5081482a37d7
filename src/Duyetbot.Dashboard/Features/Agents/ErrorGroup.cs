using System.Text.Json.Serialization;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>Errors of one agent that differ in numbers and ids only.</summary>
public sealed record ErrorGroup
{
    /// <summary>The group's short name in addresses.</summary>
    public required string ErrorKey { get; init; }

    /// <summary>The message without its numbers and ids.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The agent that failed; null for errors of whole events and for steps without a name.</summary>
    public string? AgentName { get; init; }

    /// <summary>How many failed steps, or failed events without a failed step.</summary>
    public long ErrorCount { get; init; }

    /// <summary>How many different users met it.</summary>
    public int UserCount { get; init; }

    /// <summary>The first in the range, in Unix ms UTC.</summary>
    public long FirstSeenAt { get; init; }

    /// <summary>The last in the range, in Unix ms UTC.</summary>
    public long LastSeenAt { get; init; }

    /// <summary>The newest traces in which it happened, three at most.</summary>
    public IReadOnlyList<ErrorSample> Samples { get; init; } = [];

    /// <summary>Errors per period.</summary>
    [JsonIgnore]
    public IReadOnlyList<double> Trend { get; init; } = [];
}

/// <summary>Where an error happened.</summary>
/// <param name="At">When the event began, in Unix ms UTC.</param>
/// <param name="EventId">The trace.</param>
/// <param name="StepId">The failed step, or null for the event's own error.</param>
/// <param name="UserId">Whose message it was.</param>
/// <param name="Model">The step's model.</param>
/// <param name="Message">The message as it is, its first 2,000 characters.</param>
public sealed record ErrorSample(long At, string EventId, string? StepId, string? UserId, string? Model, string Message);

/// <summary>The errors of a range in groups.</summary>
/// <param name="Groups">The most frequent first.</param>
/// <param name="Errors">How many errors in all.</param>
/// <param name="Users">How many different users met any.</param>
public sealed record ErrorReport(IReadOnlyList<ErrorGroup> Groups, long Errors, int Users);

/// <summary>One group opened: what exactly was said, to whom, when and where.</summary>
public sealed record ErrorDetail
{
    /// <summary>The group.</summary>
    public required ErrorGroup Group { get; init; }

    /// <summary>Exact messages, the most frequent first; some of them where there are many.</summary>
    public required IReadOnlyList<ErrorTally> Messages { get; init; }

    /// <summary>How many different messages.</summary>
    public required int MessageCount { get; init; }

    /// <summary>Users, the most affected first; some of them where there are many.</summary>
    public required IReadOnlyList<ErrorTally> Users { get; init; }

    /// <summary>Models, the most affected first.</summary>
    public required IReadOnlyList<ErrorTally> Models { get; init; }

    /// <summary>The newest occurrences.</summary>
    public required IReadOnlyList<ErrorSample> Newest { get; init; }
}

/// <summary>How often something occurs among the errors of a group.</summary>
/// <param name="Name">The message, user or model; null where there is none.</param>
/// <param name="Count">How often.</param>
public sealed record ErrorTally(string? Name, long Count);

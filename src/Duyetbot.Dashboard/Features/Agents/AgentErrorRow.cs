namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>One failed step, or one failed event none of whose steps failed: then without step and agent.</summary>
public sealed record AgentErrorRow
{
    /// <summary>When the event began, in Unix ms UTC.</summary>
    public long TriggeredAt { get; init; }

    public string EventId { get; init; } = "";

    /// <summary>The failed step; null for an event's own error.</summary>
    public string? StepId { get; init; }

    public string? AgentName { get; init; }

    public string? AgentType { get; init; }

    public string? Model { get; init; }

    public string? UserId { get; init; }

    public string? ErrorType { get; init; }

    /// <summary>Its first 2,000 characters.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>What went wrong in words: the message, behind the type where the message does not begin with it.</summary>
    public string Text
    {
        get
        {
            var (type, message) = (ErrorType?.Trim() ?? "", ErrorMessage?.Trim() ?? "");
            if (message.Length == 0)
                return type.Length == 0 ? "failed without a message" : type;
            return type.Length == 0 || message.StartsWith(type, StringComparison.OrdinalIgnoreCase) ? message : $"{type}: {message}";
        }
    }
}

using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Users;

/// <summary>What one user did in a range: the messages that are not archived, by model, and the range before.</summary>
/// <param name="ByModel">A series per model.</param>
/// <param name="Before">The range before; null where there is none to compare with.</param>
/// <param name="ErrorCourse">Events of the user that ended in error, per period.</param>
/// <param name="ErrorCourseBefore">The same in the range before; null where there is none.</param>
/// <param name="Conversations">The ones with the newest messages of the range, newest first.</param>
public sealed record UserActivity(FigureFold ByModel, FigureFold? Before, IReadOnlyList<double> ErrorCourse, IReadOnlyList<double>? ErrorCourseBefore, IReadOnlyList<UserConversation> Conversations)
{
    /// <summary>Everything in the range.</summary>
    public FigureSeries All => ByModel.All;

    /// <summary>Events of the user in the range that ended in error.</summary>
    public long Errors => (long)ErrorCourse.Sum();

    /// <summary>The same in the range before; null where there is none.</summary>
    public long? ErrorsBefore => (long?)ErrorCourseBefore?.Sum();
}

/// <summary>A conversation as the user's page names it: the user's own messages of the range in it. Times are Unix ms, cost is USD.</summary>
public sealed record UserConversation
{
    public string ConversationId { get; init; } = "";

    public string? Title { get; init; }

    public string? FirstUserMessage { get; init; }

    public string? Platform { get; init; }

    public long MessageCount { get; init; }

    public long TotalTokens { get; init; }

    /// <summary>Null where there are tokens and none has a price.</summary>
    public double? EstimatedCostUsd { get; init; }

    public long UnpricedTokens { get; init; }

    public long LastMessageAt { get; init; }

    /// <summary>Events of the whole conversation that ended in error.</summary>
    public long ErrorCount { get; init; }
}

/// <summary>An event of the user that ended in error. Times are Unix ms, durations ms.</summary>
public sealed record UserError
{
    public string EventId { get; init; } = "";

    public string? AppSource { get; init; }

    public string? EventType { get; init; }

    public long TriggeredAt { get; init; }

    public long? DurationMs { get; init; }

    /// <summary>The agent or worker that failed first; null where no step did.</summary>
    public string? Agent { get; init; }

    /// <summary>The event's own words, else its first failed step's; null where neither says any.</summary>
    public string? Error { get; init; }
}

/// <summary>What one day holds of a user.</summary>
/// <param name="Messages">Messages that are not archived.</param>
/// <param name="Tokens">Their tokens.</param>
public readonly record struct UserDay(long Messages, long Tokens);

/// <summary>The days of a calendar.</summary>
/// <param name="Days">Each day as a period, in order.</param>
/// <param name="Sums">What each holds, in the same order.</param>
public sealed record UserDays(Periods Days, IReadOnlyList<UserDay> Sums);

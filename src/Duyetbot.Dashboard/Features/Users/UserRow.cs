namespace Duyetbot.Dashboard.Features.Users;

/// <summary>The figures of one user over a range: messages by their own time, archived ones as the filter says.</summary>
/// <remarks>Times are Unix ms UTC, tokens are counts, cost is USD. Sums of analytics_messages_view; errors are of analytics_events_view.</remarks>
public record UserRow
{
    /// <summary>Null for messages and errors that nobody can be named for.</summary>
    public string? UserId { get; init; }

    /// <summary>The name last used; null where none is known.</summary>
    public string? Username { get; init; }

    /// <summary>Every name ever used, the last one first, by comma; null where none is known.</summary>
    public string? Usernames { get; init; }

    /// <summary>Every platform ever written from, the last one first, by comma.</summary>
    public string? Platforms { get; init; }

    /// <summary>Conversations with a message in the range.</summary>
    public long ConversationCount { get; init; }

    public long MessageCount { get; init; }

    /// <summary>The cached ones included.</summary>
    public long InputTokens { get; init; }

    /// <summary>The reasoning ones included.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Part of the input.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Part of the output.</summary>
    public long ReasoningTokens { get; init; }

    public long TotalTokens { get; init; }

    /// <summary>Null where there are tokens and none has a price.</summary>
    public double? EstimatedCostUsd { get; init; }

    /// <summary>Tokens that the cost leaves out for want of a price.</summary>
    public long UnpricedTokens { get; init; }

    /// <summary>Events of the user that ended in error; under a platform, those with a message of it.</summary>
    public long ErrorCount { get; init; }

    /// <summary>The first message or error of the range; null where there is none.</summary>
    public long? FirstSeenAt { get; init; }

    /// <summary>The last message or error of the range; null where there is none.</summary>
    public long? LastSeenAt { get; init; }
}

/// <summary>A user with the models that answered.</summary>
public sealed record UserDetail : UserRow
{
    /// <summary>Most tokens first.</summary>
    public IReadOnlyList<UserModel> Models { get; private init; } = [];

    /// <summary>A row with its models.</summary>
    public static UserDetail Of(UserRow row, IReadOnlyList<UserModel> models) => new(row) { Models = models };

    private UserDetail(UserRow row)
        : base(row)
    {
    }
}

/// <summary>What one model did for a user. Tokens are counts, cost is USD.</summary>
public sealed record UserModel
{
    /// <summary>The message's own model, else its event's; null where neither names one.</summary>
    public string? Model { get; init; }

    public long MessageCount { get; init; }

    public long TotalTokens { get; init; }

    /// <summary>Null where there are tokens and none has a price.</summary>
    public double? EstimatedCostUsd { get; init; }

    public long UnpricedTokens { get; init; }
}

/// <summary>The sums over every user that matches a filter, and how many users each platform has.</summary>
public sealed record UserTotals
{
    /// <summary>Rows of the list: users, and one for what nobody can be named for.</summary>
    public long RowCount { get; init; }

    /// <summary>Users with a message; nobody is none.</summary>
    public long UserCount { get; init; }

    /// <summary>True where the list has a row for what nobody can be named for.</summary>
    public bool HasNobody { get; init; }

    /// <summary>Conversations; one that several users share counts once.</summary>
    public long ConversationCount { get; init; }

    public long MessageCount { get; init; }

    public long TotalTokens { get; init; }

    /// <summary>USD; null where there are tokens and none has a price.</summary>
    public double? EstimatedCostUsd { get; init; }

    public long UnpricedTokens { get; init; }

    public long ErrorCount { get; init; }

    /// <summary>Rows of the list per platform, if that were the filter; the largest first.</summary>
    public IReadOnlyList<UserPlatform> Platforms { get; init; } = [];
}

/// <summary>A platform and how many rows of the list it would leave.</summary>
public sealed record UserPlatform
{
    public string Platform { get; init; } = "";

    public long RowCount { get; init; }
}

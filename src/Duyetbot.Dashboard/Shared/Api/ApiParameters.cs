namespace Duyetbot.Dashboard.Shared.Api;

/// <summary>The parameters that several addresses share, each described once beside the words of the filter that reads it.</summary>
public static class ApiParameters
{
    private static readonly string[] Archived = ["true", "false", "all"];

    /// <summary>How many rows a page holds.</summary>
    public static readonly ApiParameter Limit = new("limit", "How many rows a page holds.", ApiKind.Whole) { Min = 1, Max = 500, Default = "50" };

    /// <summary>Where a page begins.</summary>
    public static readonly ApiParameter Cursor = new("cursor", "Where the page begins: next_cursor of the page before, under the same filter and order.");

    /// <summary>The zone of days.</summary>
    public static readonly ApiParameter Zone = new("timezone", "The IANA zone in which days begin; that of the configuration where absent.", ApiKind.Zone);

    /// <summary>What <see cref="ConversationFilter"/> reads, the range left out.</summary>
    public static readonly IReadOnlyList<ApiParameter> ConversationWords =
    [
        new("platform", "The platform exactly: telegram, github, cli, api, …"),
        new("user_id", "The user's id exactly."),
        new("username", "The user's name exactly."),
        new("model", "The model's name exactly; a conversation matches when any of its messages does."),
        ApiParameter.OneOf("visibility", "Who may see it.", ["private", "unlisted", "public"]),
        ApiParameter.OneOf("archived", "Archived only, the others only, or both.", Archived, "false"),
        new("starred", "With a star, or without one.", ApiKind.Flag),
        new("has_error", "With an event that ended in error, or without one.", ApiKind.Flag),
        new("q", "Words, \"phrases\" or the beginning of a word to find in messages and titles."),
    ];

    /// <summary>What <see cref="MessageFilter"/> reads, the range left out.</summary>
    public static readonly IReadOnlyList<ApiParameter> MessageWords =
    [
        .. ConversationWords,
        ApiParameter.OneOf("role", "Who speaks.", ["user", "assistant", "system", "tool"]),
        new("source", "The app_source of the message's event exactly."),
        new("conversation_id", "The conversation's id exactly."),
        new("event_id", "The event's id exactly."),
        .. Rules(KeyRule.OfMessages),
        ApiParameter.OneOf("weekday", "With hour: one hour of the week, on the clock of the zone.", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
        new("hour", "With weekday: the hour's number.", ApiKind.Whole) { Min = 0, Max = 23 },
    ];

    /// <summary>What <see cref="EventFilter"/> reads, the range included.</summary>
    public static readonly IReadOnlyList<ApiParameter> EventWords =
    [
        new("status", "success, error, processing, … exactly; running for what has not ended."),
        new("app_source", "Where the event came in, exactly."),
        new("event_type", "The event's type exactly."),
        new("category", "The classification's category exactly."),
        new("complexity", "The classification's complexity exactly."),
        new("type", "The classification's type exactly."),
        new("user_id", "The user's id exactly."),
        new("repo", "The repository exactly."),
        new("model", "The event's own model exactly."),
        new("agent", "The name of a step at any level, exactly."),
        new("min_duration_ms", "Ms, included.", ApiKind.Whole) { Min = 0 },
        new("max_duration_ms", "Ms, included.", ApiKind.Whole) { Min = 0 },
        .. Range("the start"),
        new("q", "A part of the input, the response or the error; ASCII letters match in either case."),
        .. Rules(KeyRule.OfSteps),
        new("messages", "A filter of messages as its own query string, percent-encoded, or plain: only events whose messages pass it."),
    ];

    /// <summary>What <see cref="Figures.FigureRange"/> reads, and the zone.</summary>
    public static readonly IReadOnlyList<ApiParameter> FigureRange =
    [
        new("from", "The first day, or a moment as Unix ms or ISO 8601; 29 days before the last day where absent.", ApiKind.Day),
        new("to", "The last day, included, or a moment, excluded; today where absent.", ApiKind.Day),
        Zone,
    ];

    /// <summary>A stretch of time.</summary>
    /// <param name="what">Whose time it is.</param>
    public static IReadOnlyList<ApiParameter> Range(string what) =>
    [
        new("from", $"Unix ms or ISO 8601, included; by {what}.", ApiKind.Moment),
        new("to", $"Unix ms or ISO 8601, excluded; by {what}.", ApiKind.Moment),
    ];

    /// <summary>Archived or not.</summary>
    public static ApiParameter ArchivedMessages => ApiParameter.OneOf("archived", "Archived messages only, the others only, or both.", Archived, "false");

    private static IEnumerable<ApiParameter> Rules(IReadOnlyList<string> dimensions)
    {
        var named = string.Join(", ", dimensions);
        yield return new("none", $"There is no value: one of {named}.") { Words = dimensions, IsRepeated = true };
        yield return new("blank", $"The value is the empty text: one of {named}.") { Words = dimensions, IsRepeated = true };
        yield return new("any", $"There is a value: one of {named}.") { Words = dimensions, IsRepeated = true };
        yield return new("not", $"The value is another one, or none: one of {named}, a colon and the value.") { IsRepeated = true };
    }
}

using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Messages;

/// <summary>Which messages: the filter of conversations, applied to each message, and what only messages have.</summary>
public sealed record MessageFilter
{
    /// <summary>The words shared with conversations; <c>from</c> and <c>to</c> are the message's own time.</summary>
    public ConversationFilter Shared { get; init; } = new();

    /// <summary>user, assistant, system or tool.</summary>
    public string? Role { get; init; }

    public string? ConversationId { get; init; }

    public string? EventId { get; init; }

    /// <summary>Reads the parameters of the API.</summary>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static MessageFilter Read(QueryReader reader) => Read(reader, ConversationFilter.Read(reader));

    /// <summary>Reads the parameters that only messages have, beside a filter that the caller has read.</summary>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static MessageFilter Read(QueryReader reader, ConversationFilter shared) => new()
    {
        Shared = shared,
        Role = reader.OneOf("role", "user", "assistant", "system", "tool"),
        ConversationId = reader.Text("conversation_id"),
        EventId = reader.Text("event_id"),
    };

    /// <summary>The parameters that name this filter in a URL, without the range.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToQuery() =>
        Shared.ToQuery().Concat([new("role", Role), new("conversation_id", ConversationId), new("event_id", EventId)]);
}

using System.Text.Json.Serialization;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared.Payload;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>A message with all that stands behind it: its event, its steps, its price.</summary>
public sealed record MessageDetail : MessageRow
{
    /// <summary>The event that made the message; null where it has none, or its row is gone.</summary>
    public EventRow? Event { get; init; }

    /// <summary>The event's steps, parents before children.</summary>
    public IReadOnlyList<StepRow> Steps { get; init; } = [];

    /// <summary>The price that the cost was reckoned with.</summary>
    [JsonIgnore]
    public PriceRow? Price { get; init; }

    /// <summary>The columns as they are stored, before the view fills them in.</summary>
    [JsonIgnore]
    public StoredMessage Stored { get; init; } = new();

    /// <summary>The place in the conversation, from 1.</summary>
    [JsonIgnore]
    public long Position { get; init; }

    /// <summary>Messages of the conversation.</summary>
    [JsonIgnore]
    public long Total { get; init; }

    [JsonIgnore]
    public string? PreviousId { get; init; }

    [JsonIgnore]
    public string? NextId { get; init; }

    /// <summary>What a page holds of the content; null where the whole row was read.</summary>
    [JsonIgnore]
    public StoredText? ContentText { get; init; }

    /// <summary>What a page holds of the metadata; null where there is none.</summary>
    [JsonIgnore]
    public StoredText? MetadataText { get; init; }

    /// <summary>What a page holds of the event's metadata; null where there is none.</summary>
    [JsonIgnore]
    public StoredText? EventMetadataText { get; init; }
}

/// <summary>A text of a message that may be long.</summary>
public enum MessagePart
{
    /// <summary>The message's own text.</summary>
    Content,

    /// <summary>The message's metadata.</summary>
    Metadata,

    /// <summary>The metadata of its event.</summary>
    EventMetadata,
}

/// <summary>What a row of chat_messages itself holds where the view may take the event's value or a guarded one.</summary>
public sealed record StoredMessage
{
    public string? Username { get; init; }

    public string? Model { get; init; }

    public string? InputTokens { get; init; }

    public string? OutputTokens { get; init; }

    public string? CachedTokens { get; init; }

    public string? ReasoningTokens { get; init; }

    public string? Timestamp { get; init; }

    public string? Sequence { get; init; }

    public string? UpdatedAt { get; init; }
}

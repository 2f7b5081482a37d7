namespace Duyetbot.Dashboard.Demo;

/// <summary>One row of observability_events as the bot writes it.</summary>
internal sealed class DemoEvent
{
    public required string EventId { get; init; }
    public required string RequestId { get; init; }
    public required string AppSource { get; init; }
    public required string EventType { get; init; }
    public string? UserId { get; init; }
    public string? Username { get; init; }
    public string? ChatId { get; init; }
    public string? Repo { get; init; }
    public required long TriggeredAt { get; init; }
    public long? DurationMs { get; set; }
    public string Status { get; set; } = "success";
    public string? ErrorType { get; set; }
    public string? ErrorMessage { get; set; }
    public string? InputText { get; set; }
    public string? ResponseText { get; set; }
    public string? ClassificationType { get; set; }
    public string? Category { get; set; }
    public string? Complexity { get; set; }
    public string? Agents { get; set; }
    public long Input { get; set; }
    public long Output { get; set; }
    public long Cached { get; set; }
    public long Reasoning { get; set; }
    public string? Model { get; set; }
    public string? Metadata { get; set; }
}

/// <summary>One row of chat_messages.</summary>
internal sealed class DemoMessage
{
    public string? EventId { get; init; }
    public required string SessionId { get; init; }
    public required long Sequence { get; set; }
    public required string Role { get; init; }
    public required string Content { get; init; }
    public long? Input { get; set; } = 0;
    public long? Output { get; set; } = 0;
    public required long Timestamp { get; init; }
    public required string MessageId { get; set; }
    public required string Platform { get; init; }
    public string? UserId { get; init; }
    public string? ChatId { get; init; }
    public string Visibility { get; set; } = "private";
    public bool IsArchived { get; set; }
    public bool IsPinned { get; set; }
    public string? Model { get; init; }
    public string? Metadata { get; init; }
}

/// <summary>A conversation: its events, its messages in order, and what a person noted on it.</summary>
internal sealed class DemoConversation
{
    public required string SessionId { get; init; }
    public List<DemoEvent> Events { get; } = [];
    public List<DemoMessage> Messages { get; } = [];
    public string? Title { get; set; }
    public string? Summary { get; set; }
    public bool IsStarred { get; set; }
}

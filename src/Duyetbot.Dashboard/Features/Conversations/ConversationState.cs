using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>All that the address of a conversation's page says; a changed copy gives the address of a link.</summary>
public sealed record ConversationState
{
    /// <summary>The views: chat only, system and tool messages folded (the default), everything open.</summary>
    public const string Chat = "chat", Fold = "fold", All = "all";

    public string ConversationId { get; init; } = "";

    /// <summary>The message of the drill-down.</summary>
    public string? Message { get; init; }

    /// <summary>The message that the window begins with.</summary>
    public string? At { get; init; }

    public string View { get; init; } = Fold;

    /// <summary>The event whose trace is open under its turn.</summary>
    public string? Turn { get; init; }

    /// <summary>The message shown as stored, without Markdown.</summary>
    public string? Raw { get; init; }

    /// <summary>The long message shown whole.</summary>
    public string? Open { get; init; }

    /// <summary>The tab of the drill-down.</summary>
    public string Tab { get; init; } = MessageTabs.Details;

    /// <summary>The text to mark.</summary>
    public string? Q { get; init; }

    /// <summary>How the conversation is to be shared, while that pane is open.</summary>
    public ShareOptions? Share { get; init; }

    /// <summary>Range and zone, kept for the way back.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Range { get; init; } = [];

    /// <summary>The list that the conversation was opened from.</summary>
    public ConversationList List { get; init; } = ConversationList.All(new TimeRange());

    /// <summary>The address of that list.</summary>
    public string ListUrl => Urls.With(Urls.Conversations, [.. Range, .. List.Query]);

    /// <summary>Reads the page's parameters.</summary>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static ConversationState Read(QueryReader reader, string conversationId, TimeRange range) => new()
    {
        ConversationId = conversationId,
        Message = reader.Text("message"),
        At = reader.Text("at"),
        View = reader.OneOf("view", Chat, Fold, All) ?? Fold,
        Turn = reader.Text("turn"),
        Raw = reader.Text("raw"),
        Open = reader.Text("open"),
        Tab = MessageTabs.Read(reader),
        Q = reader.Text("q"),
        Share = ShareOptions.ReadPane(reader),
        Range = [.. range.ToQuery()],
        List = ConversationList.Read(reader, range),
    };

    /// <summary>The address of another conversation of the same list.</summary>
    public string Beside(string conversationId) => Urls.With(Urls.Conversation(conversationId), [.. Range, new("q", List.Filter.Q), List.Parameter]);

    /// <summary>The address.</summary>
    public string Url => Urls.With(Urls.Conversation(ConversationId),
    [
        .. Range, new("q", Q), new("view", View == Fold ? null : View), new("at", At), new("message", Message),
        new("tab", Message is null || Tab == MessageTabs.Details ? null : Tab), new("turn", Turn), new("raw", Raw), new("open", Open), .. Share?.ToPaneQuery() ?? [], List.Parameter,
    ]);
}

/// <summary>The tabs of a message's drill-down, as they stand in the address.</summary>
public static class MessageTabs
{
    public const string Details = "details", Event = "event", Steps = "steps", Raw = "raw";

    /// <summary>Reads <c>tab</c>.</summary>
    /// <exception cref="InvalidParameterException">There is no such tab.</exception>
    public static string Read(QueryReader reader) => reader.OneOf("tab", Details, Event, Steps, Raw) ?? Details;
}

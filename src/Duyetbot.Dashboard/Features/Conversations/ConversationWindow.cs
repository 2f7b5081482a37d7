using Duyetbot.Dashboard.Data.Rows;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>A message of the page's window: its content may be cut to its head, and says so.</summary>
public sealed record WindowMessage : MessageRow
{
    /// <summary>The size of the whole content in UTF-8.</summary>
    public long ContentBytes { get; init; }

    /// <summary>The length of the whole content in Unicode characters.</summary>
    public long ContentCharacters { get; init; }

    /// <summary>True where <see cref="MessageRow.Content"/> is only the head.</summary>
    public bool IsCut => ContentCharacters > Math.Max(Content.Length, 1) && Content.EnumerateRunes().Count() < ContentCharacters;
}

/// <summary>A part of a conversation, in its order.</summary>
public sealed record ConversationWindow
{
    /// <summary>At most 100 messages.</summary>
    public IReadOnlyList<WindowMessage> Messages { get; init; } = [];

    /// <summary>The traces behind the messages, by event id; an event whose row is gone has none.</summary>
    public IReadOnlyDictionary<string, TurnTrace> Traces { get; init; } = new Dictionary<string, TurnTrace>();

    /// <summary>The place of the first message in the conversation, from 1.</summary>
    public long FirstPosition { get; init; }

    /// <summary>The place of the last message.</summary>
    public long LastPosition => FirstPosition + Messages.Count - 1;

    /// <summary>Messages of the whole conversation, of the roles shown.</summary>
    public long Total { get; init; }

    /// <summary>Where the window before begins; null at the begin.</summary>
    public string? EarlierId { get; init; }

    /// <summary>Where the window after begins; null at the end.</summary>
    public string? LaterId { get; init; }

    /// <summary>Where the last window begins; null at the end.</summary>
    public string? EndId { get; init; }

    /// <summary>When the message before the first was said, Unix ms; null where there is none.</summary>
    public long? PreviousAt { get; init; }

    /// <summary>The message before the first.</summary>
    public string? PreviousId { get; init; }

    /// <summary>Where the whole conversation ended when this was read.</summary>
    public ConversationEnd? End { get; init; }

    /// <summary>Where a window begins that shows the same: null where that is the begin of the conversation.</summary>
    public string? At => FirstPosition > 1 && Messages.Count > 0 ? Messages[0].MessageId : null;

    /// <summary>True where this is the last message of the window with its event: the trace of a turn stands under its last message.</summary>
    public bool EndsTurn(int index)
    {
        var eventId = Messages[index].EventId;
        if (eventId is null)
            return false;
        // A trace stands under the answer, not under what a tool said after it.
        var last = -1;
        for (var i = 0; i < Messages.Count; i++)
        {
            if (Messages[i].EventId == eventId && (last < 0 || Messages[i].Role == "assistant" || Messages[last].Role != "assistant"))
                last = i;
        }

        return last == index;
    }
}

/// <summary>How far a conversation had come: what has a later moment or a higher sequence is new. Row numbers say nothing, the bot's rewrite changes them.</summary>
/// <param name="At">Unix ms of the latest message.</param>
/// <param name="Sequence">The highest sequence.</param>
public sealed record ConversationEnd(long At, long Sequence);

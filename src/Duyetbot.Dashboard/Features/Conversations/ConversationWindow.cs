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
    /// <summary>100 messages as they are read; more where windows were put together.</summary>
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

    /// <summary>True where the window shows this message; null is the begin of the conversation.</summary>
    public bool Holds(string? messageId) =>
        messageId is null ? FirstPosition == 1 : Messages.Any(m => m.MessageId == messageId);

    /// <summary>The places in <see cref="Messages"/> under which a turn's trace stands: each event's answer, not what a tool said after it.</summary>
    public IReadOnlySet<int> TurnEnds()
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Messages.Count; i++)
        {
            if (Messages[i].EventId is { } id && (!last.TryGetValue(id, out var at) || Messages[i].Role == "assistant" || Messages[at].Role != "assistant"))
                last[id] = i;
        }

        return last.Values.ToHashSet();
    }

    /// <summary>This window and the one that follows it, as one; what stands in both is taken from the later read.</summary>
    /// <param name="next">Begins where this one ends, or within it.</param>
    /// <param name="most">At most so many messages: the first ones are left to be read again.</param>
    public ConversationWindow FollowedBy(ConversationWindow next, int most)
    {
        var known = next.Messages.Select(m => m.MessageId).ToHashSet();
        var head = Messages.Where(m => !known.Contains(m.MessageId)).ToList();
        var all = Joined(this, next, [.. head, .. next.Messages], head.Count == 0 ? next.FirstPosition : FirstPosition);
        var drop = all.Messages.Count - most;
        if (drop <= 0)
            return all;
        return all with
        {
            Messages = [.. all.Messages.Skip(drop)],
            FirstPosition = all.FirstPosition + drop,
            EarlierId = all.Messages[Math.Max(0, drop - ConversationMessageQueries.WindowSize)].MessageId,
            PreviousAt = all.Messages[drop - 1].Timestamp,
            PreviousId = all.Messages[drop - 1].MessageId,
        };
    }

    /// <summary>This window and the one that comes before it, as one.</summary>
    /// <param name="previous">Ends where this one begins, or within it.</param>
    /// <param name="most">At most so many messages: the last ones are left to be read again.</param>
    public ConversationWindow PrecededBy(ConversationWindow previous, int most)
    {
        var known = Messages.Select(m => m.MessageId).ToHashSet();
        var all = Joined(previous, this, [.. previous.Messages.Where(m => !known.Contains(m.MessageId)), .. Messages], previous.FirstPosition);
        if (all.Messages.Count <= most)
            return all;
        return all with
        {
            Messages = [.. all.Messages.Take(most)],
            LaterId = all.Messages[most].MessageId,
            EndId = all.EndId ?? all.Messages[^Math.Min(ConversationMessageQueries.WindowSize, all.Messages.Count)].MessageId,
        };
    }

    // The ends of both; how many there are says who was read last.
    private static ConversationWindow Joined(ConversationWindow first, ConversationWindow second, IReadOnlyList<WindowMessage> messages, long position)
    {
        var traces = new Dictionary<string, TurnTrace>(first.Traces, StringComparer.Ordinal);
        foreach (var (id, trace) in second.Traces)
            traces[id] = trace;
        return second with
        {
            Messages = messages,
            Traces = traces,
            FirstPosition = position,
            Total = Math.Max(first.Total, second.Total),
            EarlierId = first.EarlierId,
            PreviousAt = first.PreviousAt,
            PreviousId = first.PreviousId,
        };
    }
}

/// <summary>How far a conversation had come: what has a later moment or a higher sequence is new. Row numbers say nothing, the bot's rewrite changes them.</summary>
/// <param name="At">Unix ms of the latest message.</param>
/// <param name="Sequence">The highest sequence.</param>
public sealed record ConversationEnd(long At, long Sequence);

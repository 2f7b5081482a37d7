using NodaTime;

namespace Duyetbot.Dashboard.Shared;

/// <summary>Which messages: the words of conversations, applied to each message, and what only messages have. Charts, lists, CSV and API count by the same one.</summary>
/// <remarks><c>From</c> and <c>To</c> are the message's own time.</remarks>
public sealed record MessageFilter : ConversationFilter
{
    /// <summary>A filter that leaves out archived messages only.</summary>
    public MessageFilter()
    {
    }

    private MessageFilter(ConversationFilter words)
        : base(words)
    {
    }

    /// <summary>user, assistant, system or tool.</summary>
    public string? Role { get; init; }

    /// <summary>The app_source of the message's event.</summary>
    public string? Source { get; init; }

    public string? ConversationId { get; init; }

    public string? EventId { get; init; }

    /// <summary>No value, an empty one, any, all but some; in the order of the URL.</summary>
    public ValueList<KeyRule> Rules { get; init; } = ValueList<KeyRule>.Empty;

    /// <summary>One hour of the week, or null.</summary>
    public HourSlot? Slot { get; init; }

    /// <inheritdoc/>
    public override bool IsOpen => this with { From = null, To = null } == new MessageFilter();

    /// <summary>True where nothing is said that only messages have.</summary>
    public bool SaysWordsOfConversationsOnly => !Own().Any() && Rules.Count == 0 && Slot is null;

    /// <summary>Reads every parameter, <c>from</c> and <c>to</c> included.</summary>
    /// <param name="reader">The query string.</param>
    /// <param name="zone">The zone of weekday and hour.</param>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static MessageFilter Read(QueryReader reader, DateTimeZone zone) => Read(reader, ConversationFilter.Read(reader), zone);

    /// <summary>Reads the parameters but <c>from</c> and <c>to</c>, which the caller has read in its own way.</summary>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static MessageFilter Read(QueryReader reader, long? from, long? to, DateTimeZone zone) => Read(reader, ConversationFilter.Read(reader, from, to), zone);

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string?>> ToQuery() =>
        base.ToQuery().Concat(Own().Select(p => new KeyValuePair<string, string?>(p.Parameter, p.Value))).Concat(Rules.Select(r => r.ToQuery())).Concat(Slot?.ToQuery() ?? []);

    /// <summary>Each part that narrows, range aside: its parameter, its value in words, and the filter without it.</summary>
    public IEnumerable<(string Parameter, string Value, MessageFilter Without)> MessageParts()
    {
        foreach (var (parameter, value, without) in Parts())
            yield return (parameter, value, (MessageFilter)without);
        foreach (var part in Own())
            yield return part;
        foreach (var rule in Rules)
            yield return ("", rule.Words, this with { Rules = new(Rules.Where(r => r != rule)) });
        if (Slot is not null)
            yield return ("hour", Slot.Words, this with { Slot = null });
    }

    /// <summary>The messages with one key; null is none at all.</summary>
    /// <param name="dimension">One of <see cref="KeyRule.OfMessages"/>.</param>
    /// <param name="key">The key.</param>
    public MessageFilter Only(string dimension, string? key) => key switch
    {
        null => Ruled(new KeyRule(dimension, KeyRuleKind.None)),
        "" => Ruled(new KeyRule(dimension, KeyRuleKind.Blank)),
        _ => dimension switch
        {
            "model" => this with { Model = key },
            "platform" => this with { Platform = key },
            "user_id" => this with { UserId = key },
            "role" => this with { Role = key },
            _ => this with { Source = key },
        },
    };

    /// <summary>The messages with none of these keys; null among them leaves out those without a key.</summary>
    public MessageFilter Except(string dimension, IEnumerable<string?> keys) =>
        keys.Aggregate(this, (filter, key) => filter.Ruled(key is null ? new KeyRule(dimension, KeyRuleKind.Any) : new KeyRule(dimension, KeyRuleKind.Not, key)));

    private MessageFilter Ruled(KeyRule rule) => Rules.Contains(rule) ? this : this with { Rules = new(Rules.Append(rule)) };

    private IEnumerable<(string Parameter, string Value, MessageFilter Without)> Own()
    {
        if (Role is not null) yield return ("role", Role, this with { Role = null });
        if (Source is not null) yield return ("source", Source, this with { Source = null });
        if (ConversationId is not null) yield return ("conversation_id", ConversationId, this with { ConversationId = null });
        if (EventId is not null) yield return ("event_id", EventId, this with { EventId = null });
    }

    private static MessageFilter Read(QueryReader reader, ConversationFilter words, DateTimeZone zone) => new(words)
    {
        Role = reader.OneOf("role", "user", "assistant", "system", "tool"),
        Source = reader.Text("source"),
        ConversationId = reader.Text("conversation_id"),
        EventId = reader.Text("event_id"),
        Rules = KeyRule.Read(reader, KeyRule.OfMessages),
        Slot = HourSlot.Read(reader, zone),
    };
}

using NodaTime;

namespace Duyetbot.Dashboard.Shared;

/// <summary>Which events: the same words in the URL of the page, of the CSV and of the API.</summary>
public sealed record EventFilter
{
    /// <summary>The word for events that have not ended: processing and pending.</summary>
    public const string Running = "running";

    /// <summary>The word for the filter of messages that leaves out archived ones only.</summary>
    public const string Plain = "plain";

    /// <summary>Every parameter of the filter but the time range, in the order of the address.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["status", "app_source", "event_type", "category", "complexity", "type", "user_id", "repo", "model", "agent", "min_duration_ms", "max_duration_ms", "q", "messages"];

    public string? Status { get; init; }

    public string? AppSource { get; init; }

    public string? EventType { get; init; }

    public string? Category { get; init; }

    public string? Complexity { get; init; }

    /// <summary>The classification's type.</summary>
    public string? Type { get; init; }

    public string? UserId { get; init; }

    public string? Repo { get; init; }

    /// <summary>The event's own model.</summary>
    public string? Model { get; init; }

    /// <summary>The name of a step at any level.</summary>
    public string? Agent { get; init; }

    /// <summary>Ms, included.</summary>
    public long? MinDurationMs { get; init; }

    /// <summary>Ms, included.</summary>
    public long? MaxDurationMs { get; init; }

    /// <summary>Unix ms, included.</summary>
    public long? From { get; init; }

    /// <summary>Unix ms, excluded.</summary>
    public long? To { get; init; }

    /// <summary>A part of the input, the response or the error; ASCII letters match in either case.</summary>
    public string? Text { get; init; }

    /// <summary>No agent, any, all but some; a rule on the name of a step.</summary>
    public ValueList<KeyRule> Rules { get; init; } = ValueList<KeyRule>.Empty;

    /// <summary>The filter of messages under which steps are counted, as <see cref="StepWhere"/> says; null for every event. Parameter <c>messages</c>: that filter's own query string, or <see cref="Plain"/>.</summary>
    public MessageFilter? Messages { get; init; }

    /// <summary>True where some steps of an event count and others do not.</summary>
    public bool NamesSteps => Agent is not null || Rules.Count > 0 || Messages is not null;

    /// <summary>Reads the filter's parameters.</summary>
    /// <param name="reader">The query string.</param>
    /// <param name="zone">The zone of times without an offset; UTC where none is given.</param>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static EventFilter Read(QueryReader reader, DateTimeZone? zone = null)
    {
        var filter = new EventFilter
        {
            Status = reader.Text("status"),
            AppSource = reader.Text("app_source"),
            EventType = reader.Text("event_type"),
            Category = reader.Text("category"),
            Complexity = reader.Text("complexity"),
            Type = reader.Text("type"),
            UserId = reader.Text("user_id"),
            Repo = reader.Text("repo"),
            Model = reader.Text("model"),
            Agent = reader.Text("agent"),
            MinDurationMs = reader.Whole("min_duration_ms", 0, long.MaxValue),
            MaxDurationMs = reader.Whole("max_duration_ms", 0, long.MaxValue),
            From = reader.Moment("from", zone),
            To = reader.Moment("to", zone),
            Text = reader.Text("q"),
            Rules = KeyRule.Read(reader, KeyRule.OfSteps),
            Messages = ReadMessages(reader, zone ?? DateTimeZone.Utc),
        };
        if (filter.MinDurationMs > filter.MaxDurationMs)
            throw new InvalidParameterException("max_duration_ms", "is below min_duration_ms.");
        if (filter.From >= filter.To)
            throw new InvalidParameterException("to", "is not after from.");
        return filter;
    }

    /// <summary>The parameters that name this filter, without the time range.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToQuery() => Names.Select(n => new KeyValuePair<string, string?>(n, ValueOf(n))).Concat(Rules.Select(r => r.ToQuery()));

    /// <summary>The text of the parameter <c>messages</c> for a filter; with an hour of the week it names the zone.</summary>
    public static string WordOf(MessageFilter messages)
    {
        var query = messages.ToQuery();
        if (messages.Slot is { } slot)
            query = query.Append(new("timezone", slot.Zone.Id));
        return Urls.With("", query).TrimStart('?') is { Length: > 0 } word ? word : Plain;
    }

    /// <summary>The value of a parameter as it stands in the URL; null where it is not set.</summary>
    public string? ValueOf(string name) => name switch
    {
        "status" => Status,
        "app_source" => AppSource,
        "event_type" => EventType,
        "category" => Category,
        "complexity" => Complexity,
        "type" => Type,
        "user_id" => UserId,
        "repo" => Repo,
        "model" => Model,
        "agent" => Agent,
        "min_duration_ms" => MinDurationMs?.ToString(),
        "max_duration_ms" => MaxDurationMs?.ToString(),
        "q" => Text,
        "messages" => Messages is null ? null : WordOf(Messages),
        _ => null,
    };

    /// <summary>The same filter without one of its parameters.</summary>
    public EventFilter Without(string name) => name switch
    {
        "status" => this with { Status = null },
        "app_source" => this with { AppSource = null },
        "event_type" => this with { EventType = null },
        "category" => this with { Category = null },
        "complexity" => this with { Complexity = null },
        "type" => this with { Type = null },
        "user_id" => this with { UserId = null },
        "repo" => this with { Repo = null },
        "model" => this with { Model = null },
        "agent" => this with { Agent = null },
        "min_duration_ms" => this with { MinDurationMs = null },
        "max_duration_ms" => this with { MaxDurationMs = null },
        "q" => this with { Text = null },
        "messages" => this with { Messages = null },
        _ => this,
    };

    private static MessageFilter? ReadMessages(QueryReader reader, DateTimeZone zone)
    {
        if (reader.Text("messages") is not { } word)
            return null;
        if (word == Plain)
            return new MessageFilter();
        try
        {
            var inner = QueryReader.FromUri("?" + word);
            var filter = MessageFilter.Read(inner, null, null, inner.Zone("timezone") ?? zone);
            inner.RejectUnknown();
            return filter;
        }
        catch (InvalidParameterException e)
        {
            throw new InvalidParameterException("messages", $"holds a wrong filter: {e.Message}");
        }
    }
}

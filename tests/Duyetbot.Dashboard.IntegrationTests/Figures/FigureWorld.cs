using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Figures;

/// <summary>Made-up messages, events and prices over a few days, in the database and beside it in plain objects, with the odd values that real data has; and changes to them.</summary>
internal sealed partial class FigureWorld(TestDatabase database, int seed, long from, long to)
{
    private static readonly string?[] Models = ["m", "vendor/m", "m:free", "x/y/m-2026-01-02", "m@20260102", "own/m", "own/m:tag", "unpriced", null];
    private readonly Random _random = new(seed);
    private readonly HashSet<string> _starred = [];
    private long _ids;

    public Dictionary<long, Message> Messages { get; } = [];

    public Dictionary<string, Event> Events { get; } = [];

    public List<Price> Prices { get; } = [];

    public void Fill(int messages)
    {
        var noon = from + ((to - from) / 2) + 7_000_000;
        Add(new Price("m", 1, 2, 0.5, 0, 0, noon));
        Add(new Price("m", 10, 20, 5, 25, noon, null));
        Add(new Price("own/m", 3, 4, 0, 0, from + 100_000_000, null, InInput: false));
        for (var i = 0; i < messages / 3; i++)
            AddEvent();
        for (var i = 0; i < messages; i++)
            AddMessage();
        foreach (var session in Enumerable.Range(0, 12).Where(i => i % 4 == 0).Select(i => $"s{i}"))
        {
            _starred.Add(session);
            database.Connection.Execute("INSERT INTO conversation_annotations(conversation_id, is_starred) VALUES (@session, 1)", new { session });
        }
    }

    /// <summary>Inserts, updates, deletes and replaces some rows in every way that leaves no trace but the triggers'.</summary>
    public void Change(int times)
    {
        for (var i = 0; i < times; i++)
            ChangeOnce(i % 12);
    }

    /// <summary>The messages as figures must count them, by the written rules.</summary>
    public IEnumerable<Counted> CountedMessages(MessageFilter filter) => Messages.Values.Where(m => Passes(m, filter) && Fits("model", ModelOf(m), filter.Model, filter)).Select(Count);

    /// <summary>The steps as figures must count them: with an event of which a message passes, or that has no message where the filter is open.</summary>
    public IEnumerable<Counted> CountedSteps(MessageFilter filter)
    {
        var byEvent = Messages.Values.Where(m => m.EventId is not null).ToLookup(m => m.EventId!);
        var ofMessages = filter with { Model = null, Rules = new(filter.Rules.Where(r => r.Dimension != "model")) };
        return
            from e in Events.Values
            where byEvent[e.Id].Any(m => Passes(m, ofMessages)) || (ofMessages.IsOpen && !byEvent[e.Id].Any())
            from s in e.Steps
            let model = s.Model ?? e.Model
            where Fits("model", model, filter.Model, filter)
            select Priced(new Counted(e.At, s.Input, s.Output, Math.Min(s.Cached, s.Input), 0, model)
            {
                Recorded = s.Cached,
                Agent = s.Name,
                User = e.User,
                Session = byEvent[e.Id].OrderBy(m => m.Id).FirstOrDefault()?.Session,
            });
    }

    private static bool Fits(string dimension, string? value, string? wanted, MessageFilter filter) =>
        (wanted is null || value == wanted)
        && filter.Rules.Where(r => r.Dimension == dimension).All(r => r.Kind switch { KeyRuleKind.None => value is null, KeyRuleKind.Blank => value == "", KeyRuleKind.Any => value is not null, _ => value != r.Value });

    private bool Passes(Message m, MessageFilter filter) =>
        (filter.Archived is null || m.Archived == filter.Archived)
        && Fits("platform", m.Platform, filter.Platform, filter)
        && Fits("user_id", m.User, filter.UserId, filter)
        && Fits("role", m.Role, filter.Role, filter)
        && Fits("source", EventOf(m)?.Source, filter.Source, filter)
        && (filter.Username is null || UsernameOf(m) == filter.Username)
        && (filter.Visibility is null || m.Visibility == filter.Visibility)
        && (filter.HasError is null || (EventOf(m)?.Status == "error") == filter.HasError)
        && (filter.Starred is null || _starred.Contains(m.Session) == filter.Starred);

    private Counted Count(Message m)
    {
        var e = EventOf(m);
        var (input, output) = (Guarded(m.Input), Guarded(m.Output));
        var recorded = Part(m.Cached, input, e?.Cached ?? 0, e?.Input ?? 0);
        return Priced(new Counted(m.At, input, output, Math.Min(input, recorded), Math.Min(output, Part(m.Reasoning, output, e?.Reasoning ?? 0, e?.Output ?? 0)), ModelOf(m))
        {
            Recorded = recorded,
            Session = m.Session,
            User = m.User,
            Username = UsernameOf(m),
            Platform = m.Platform,
            Role = m.Role,
            Source = e?.Source,
        });
    }

    private static long Part(long own, long whole, long ofEvent, long eventWhole) =>
        own > 0 || eventWhole == 0 ? own : Math.Min(1_000_000_000_000, (long)Math.Round(1.0 * ofEvent * whole / eventWhole, MidpointRounding.AwayFromZero));

    private static long Guarded(object? tokens) => tokens is long n and >= 0 and <= 1_000_000_000_000 ? n : 0;

    private Counted Priced(Counted row)
    {
        var price = row.Model is null ? null : Holding(row.Model) ?? Shortened(row.Model).Select(Holding).FirstOrDefault(p => p is not null);
        if (price is null)
            return row with { Unpriced = row.Input + row.Output };
        row = row with { ChargedBy = price };
        var (cached, reasoning) = (price.Cached == 0 ? price.Input : price.Cached, price.Reasoning == 0 ? price.Output : price.Reasoning);
        return row with
        {
            Cost = (((row.Input - (price.InInput ? row.Cached : 0)) * price.Input) + ((price.InInput ? row.Cached : row.Recorded) * cached) + ((row.Output - row.Reasoning) * price.Output) + (row.Reasoning * reasoning)) / 1000,
        };

        Price? Holding(string model) => Prices.Where(p => p.Model == model && p.From <= row.At && (p.To is null || row.At < p.To)).MaxBy(p => p.From);
    }

    // Without tag and date suffix, without provider prefix, without all of them; the longest first.
    private static IEnumerable<string> Shortened(string model)
    {
        var (prefix, name) = (model[..(model.LastIndexOf('/') + 1)], model[(model.LastIndexOf('/') + 1)..]);
        var bare = DateSuffix().Replace(name.Split(':')[0], "");
        return new[] { prefix + bare, name, bare }.OrderByDescending(n => n.Length);
    }

    [GeneratedRegex(@"(-\d{4}-\d\d-\d\d|[-@]20\d{6})$")]
    private static partial Regex DateSuffix();

    private Event? EventOf(Message m) => m.EventId is null ? null : Events.GetValueOrDefault(m.EventId);

    private string? ModelOf(Message m) => m.Model ?? EventOf(m)?.Model;

    private string? UsernameOf(Message m) => m.Username ?? EventOf(m)?.Username;

    private void ChangeOnce(int way)
    {
        var message = Messages.Values.ElementAt(_random.Next(Messages.Count));
        var e = Events.Values.ElementAt(_random.Next(Events.Count));
        switch (way)
        {
            case 0:
                AddMessage();
                break;
            case 1:
                Set(message with { Input = _random.NextInt64(500), At = Moment() }, "UPDATE chat_messages SET input_tokens = @Input, timestamp = @At WHERE id = @Id");
                break;
            case 2:
                Set(message with { Archived = !message.Archived }, "UPDATE chat_messages SET is_archived = @Archived WHERE id = @Id");
                break;
            case 3:
                Remove(message.Id, "DELETE FROM chat_messages WHERE id = @id");
                break;
            case 4:
                // Takes another message's place without a delete trigger.
                Put(NewMessage() with { MessageId = message.MessageId }, "INSERT OR REPLACE");
                break;
            case 5:
                var other = Messages.Values.ElementAt(_random.Next(Messages.Count));
                if (other.Id != message.Id)
                {
                    Set(other with { MessageId = message.MessageId }, "UPDATE OR REPLACE chat_messages SET message_id = @MessageId WHERE id = @Id");
                    Messages.Remove(message.Id);
                }

                break;
            case 6:
                Set(e with { Model = Models[_random.Next(Models.Length)], Status = "error", Cached = _random.Next(100), Username = "zed" }, "UPDATE observability_events SET model = @Model, status = @Status, cached_tokens = @Cached, username = @Username WHERE event_id = @Id");
                break;
            case 7:
                Set(e with { At = Moment(), DurationMs = _random.Next(1000) }, "UPDATE observability_events SET triggered_at = @At, duration_ms = @DurationMs WHERE event_id = @Id");
                break;
            case 8:
                database.Connection.Execute("DELETE FROM observability_events WHERE event_id = @Id", new { e.Id });
                Forget(e.Id);
                break;
            case 9:
                // With foreign keys on, the replaced event's messages lose it.
                Forget(e.Id);
                AddEvent(e.Id, "INSERT OR REPLACE");
                break;
            case 10:
                Set(message with { EventId = e.Id, Session = "s1" }, "UPDATE chat_messages SET event_id = @EventId, session_id = @Session WHERE id = @Id");
                break;
            default:
                AddEvent();
                break;
        }
    }

    private void Forget(string eventId)
    {
        Events.Remove(eventId);
        foreach (var m in Messages.Values.Where(m => m.EventId == eventId).ToList())
            Messages[m.Id] = m with { EventId = null };
    }

    private void Set(Message message, string sql)
    {
        database.Connection.Execute(sql, message);
        Messages[message.Id] = message;
    }

    private void Set(Event e, string sql)
    {
        database.Connection.Execute(sql, new { e.Id, e.Model, e.Status, e.Cached, e.Username, e.At, e.DurationMs });
        Events[e.Id] = e;
    }

    private void Remove(long id, string sql)
    {
        database.Connection.Execute(sql, new { id });
        Messages.Remove(id);
    }

    private void AddMessage() => Put(NewMessage(), "INSERT");

    private void Put(Message message, string verb)
    {
        foreach (var gone in Messages.Values.Where(m => m.MessageId == message.MessageId).ToList())
            Messages.Remove(gone.Id);
        database.Connection.Execute(
            $"{verb} INTO chat_messages(id, message_id, event_id, session_id, sequence, role, content, input_tokens, output_tokens, cached_tokens, reasoning_tokens, timestamp, model, user_id, username, chat_id, platform, visibility, is_archived) VALUES (@Id, @MessageId, @EventId, @Session, @Id, @Role, 'x', @Input, @Output, @Cached, @Reasoning, @At, @Model, @User, @Username, 'c', @Platform, @Visibility, @Archived)",
            message);
        Messages[message.Id] = message;
    }

    private Message NewMessage()
    {
        var id = ++_ids;
        return new Message
        {
            Id = id,
            MessageId = $"id-{id}",
            EventId = _random.Next(3) == 0 ? null : Events.Keys.ElementAt(_random.Next(Events.Count)),
            Session = $"s{_random.Next(12)}",
            Role = _random.Next(2) == 0 ? "user" : "assistant",
            Input = Tokens(2000),
            Output = Tokens(500),
            Cached = _random.Next(3) == 0 ? _random.Next(900) : 0,
            Reasoning = _random.Next(4) == 0 ? _random.Next(300) : 0,
            At = Moment(),
            Model = _random.Next(2) == 0 ? null : Models[_random.Next(Models.Length)],
            User = _random.Next(5) switch { 0 => null, var n => $"u{n}" },
            Username = _random.Next(3) switch { 0 => null, var n => $"name {n}" },
            Platform = _random.Next(3) switch { 0 => "github", 1 => "cli", _ => "api" },
            Visibility = _random.Next(4) == 0 ? "public" : "private",
            Archived = _random.Next(8) == 0,
        };
    }

    private object? Tokens(int most) => _random.Next(20) switch { 0 => null, 1 => -5L, 2 => long.MaxValue, 3 => "lots", 4 => 2.5, _ => _random.NextInt64(most) };

    private void AddEvent(string? id = null, string verb = "INSERT")
    {
        var e = new Event
        {
            Id = id ?? $"e{Events.Count}-{_random.Next()}",
            Source = _random.Next(2) == 0 ? "telegram-webhook" : "github-webhook",
            Status = _random.Next(4) == 0 ? "error" : "success",
            Model = Models[_random.Next(Models.Length)],
            User = _random.Next(3) == 0 ? null : $"u{_random.Next(4)}",
            Username = _random.Next(2) == 0 ? null : "ann",
            At = Moment(),
            DurationMs = _random.Next(5) == 0 ? null : _random.Next(60_000),
            Input = _random.Next(3) == 0 ? 0 : _random.Next(3000),
            Output = _random.Next(1000),
            Cached = _random.Next(2000),
            Reasoning = _random.Next(400),
            Steps = [.. Enumerable.Range(0, _random.Next(3)).Select(i => new Step($"agent-{_random.Next(3)}", _random.Next(2) == 0 ? null : "m", _random.Next(900), _random.Next(90), _random.Next(1200)))],
        };
        // The second step is a worker of the first.
        var agents = e.Steps.Count == 0 ? null : JsonSerializer.Serialize(new[] { Json(e.Steps[0], e.Steps.Skip(1).Select(s => Json(s, []))) });
        database.Connection.Execute(
            $"{verb} INTO observability_events(event_id, app_source, event_type, user_id, username, triggered_at, duration_ms, status, agents, input_tokens, output_tokens, cached_tokens, reasoning_tokens, model) VALUES (@Id, @Source, 'message', @User, @Username, @At, @DurationMs, @Status, @agents, @Input, @Output, @Cached, @Reasoning, @Model)",
            new { e.Id, e.Source, e.User, e.Username, e.At, e.DurationMs, e.Status, agents, e.Input, e.Output, e.Cached, e.Reasoning, e.Model });
        Events[e.Id] = e;

        static Dictionary<string, object?> Json(Step s, IEnumerable<object> workers) => new()
        {
            ["name"] = s.Name,
            ["model"] = s.Model,
            ["input_tokens"] = s.Input,
            ["output_tokens"] = s.Output,
            ["cached_tokens"] = s.Cached,
            ["workers"] = workers.ToList(),
        };
    }

    private void Add(Price price)
    {
        database.GivenPrice(price.Model, price.Input, price.Output, price.Cached, price.Reasoning, price.From, price.To, price.InInput);
        Prices.Add(price);
    }

    // Often on an edge of a quarter hour, where a mistake by one shows.
    private long Moment()
    {
        var at = from + _random.NextInt64(to - from);
        return _random.Next(4) == 0 ? Math.Max(from, at - (at % 900_000) - _random.Next(2)) : at;
    }
}

internal sealed record Message
{
    public long Id { get; init; }

    public string MessageId { get; init; } = "";

    public string? EventId { get; init; }

    public string Session { get; init; } = "";

    public string Role { get; init; } = "";

    public object? Input { get; init; }

    public object? Output { get; init; }

    public long Cached { get; init; }

    public long Reasoning { get; init; }

    public long At { get; init; }

    public string? Model { get; init; }

    public string? User { get; init; }

    public string? Username { get; init; }

    public string Platform { get; init; } = "";

    public string Visibility { get; init; } = "";

    public bool Archived { get; init; }
}

internal sealed record Event
{
    public string Id { get; init; } = "";

    public string Source { get; init; } = "";

    public string Status { get; init; } = "";

    public string? Model { get; init; }

    public string? User { get; init; }

    public string? Username { get; init; }

    public long At { get; init; }

    public long? DurationMs { get; init; }

    public long Input { get; init; }

    public long Output { get; init; }

    public long Cached { get; init; }

    public long Reasoning { get; init; }

    public IReadOnlyList<Step> Steps { get; init; } = [];
}

internal sealed record Step(string Name, string? Model, long Input, long Output, long Cached);

internal sealed record Price(string Model, double Input, double Output, double Cached, double Reasoning, long From, long? To, bool InInput = true);

internal sealed record Counted(long At, long Input, long Output, long Cached, long Reasoning, string? Model)
{
    /// <summary>Cached tokens, not capped at the input.</summary>
    public long Recorded { get; init; }

    public string? Session { get; init; }

    public string? User { get; init; }

    public string? Username { get; init; }

    public string? Platform { get; init; }

    public string? Role { get; init; }

    public string? Source { get; init; }

    public string? Agent { get; init; }

    /// <summary>The price that charged it; null where none did.</summary>
    public Price? ChargedBy { get; init; }

    public double Cost { get; init; }

    public long Unpriced { get; init; }
}

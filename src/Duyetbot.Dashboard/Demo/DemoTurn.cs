namespace Duyetbot.Dashboard.Demo;

/// <summary>Writes one turn of a conversation: the question, the tools, the answer, and the event with its chain.</summary>
internal sealed class DemoTurn(DemoConversation conversation, DemoPerson person, string? chatId, string? repo, DemoRandom random, DemoRhythm rhythm, long end)
{
    private static readonly string[] Confirmations = ["confirm:deploy", "cancel", "more", "lang:vi", "retry"];

    /// <summary>The moment of the last row so far, Unix ms.</summary>
    public long Last { get; private set; }

    /// <summary>Adds a message at the conversation's end.</summary>
    public DemoMessage Message(string role, string content, long at, string? eventId)
    {
        var sequence = conversation.Messages.Count + 1;
        var message = new DemoMessage
        {
            EventId = eventId,
            SessionId = conversation.SessionId,
            Sequence = sequence,
            Role = role,
            Content = content,
            Timestamp = at,
            MessageId = $"{conversation.SessionId}/{sequence}",
            Platform = person.Platform,
            UserId = person.UserId,
            ChatId = chatId,
            Metadata = role == "user" && person.Platform == "telegram" && random.Chance(0.15)
                ? $$"""{"platform_message_id":{{random.Between(1_000, 99_999)}},"chat":{"type":"group","forum":false},"reply_to":null}""" : null,
        };
        conversation.Messages.Add(message);
        Last = at;
        return message;
    }

    /// <summary>Adds a turn; the number of messages is between 1 and <paramref name="room"/>, and never leaves a single one over.</summary>
    public void Write(DemoExchange exchange, string category, long at, int room)
    {
        if (room == 1 || random.Chance(0.008))
        {
            WithoutEvent(exchange, at, room);
            return;
        }

        var model = DemoPrices.Models[random.Weighted(DemoPrices.Weights)];
        var @event = Event(at, category);
        conversation.Events.Add(@event);
        var question = @event.EventType == "callback_query" ? random.Pick(Confirmations) : DemoTexts.Fill(exchange.Question, random);
        @event.InputText = question;
        Message("user", question, at, @event.EventId);
        if (at > end - 150_000 || random.Chance(0.0004))
        {
            @event.Status = random.Chance(0.8) ? "processing" : "pending";
            // Keeps the count exact where a turn ends early.
            if (room == 2)
                Message("tool", DemoTools.Answer(random, "kv.get"), Math.Min(end, at + 300), @event.EventId);
            return;
        }

        var tools = DemoTools.Choose(random);
        if (tools.Count > room - 2)
            tools.RemoveRange(room - 2, tools.Count - (room - 2));
        if (room - 2 - tools.Count == 1)
            tools.Add(DemoTools.One(random));
        var chain = DemoChain.Make(random, model, tools, rhythm.TokenFactor(at));
        if (random.Chance(0.021))
            DemoErrors.Fail(random, chain, @event, stepOnly: false);
        else if (random.Chance(0.009))
            DemoErrors.Fail(random, chain, @event, stepOnly: true);
        Finish(@event, chain, model);
        Answer(exchange, @event, chain, tools, at, room);
    }

    private void Answer(DemoExchange exchange, DemoEvent @event, DemoChain chain, List<string> tools, long at, int room)
    {
        var duration = @event.DurationMs!.Value;
        for (var i = 0; i < tools.Count; i++)
            Message("tool", DemoTools.Answer(random, tools[i]), at + (duration * (i + 1) / (tools.Count + 2)), @event.EventId);
        if (@event.Status == "error" && random.Chance(0.5) && room - 1 - tools.Count != 1)
            return;
        var text = @event.Status == "error" ? "⚠️ Something went wrong on my side. Please try again in a moment." : DemoTexts.Fill(exchange.Answer, random);
        @event.ResponseText = text;
        var message = Message("assistant", text, at + duration, @event.EventId);
        message.Input = @event.Input;
        message.Output = @event.Output;
        // A few ledgers do not agree: the bot counts a translation or a retry in the event only.
        if (chain.Complexity == "high" ? random.Chance(0.12) : random.Chance(0.004))
            message.Output -= message.Output / 6;
    }

    private static void Finish(DemoEvent @event, DemoChain chain, string model)
    {
        foreach (var step in chain.Steps.SelectMany(s => s.Tree()))
        {
            @event.Input += step.Input;
            @event.Output += step.Output;
            @event.Cached += step.Cached;
            @event.Reasoning += step.Reasoning;
        }

        @event.DurationMs = Math.Clamp(chain.DurationMs, 400, 120_000);
        @event.Complexity = chain.Complexity;
        @event.Model = model;
        @event.Agents = DemoStep.Json(chain.Steps, chain.Complexity == "high" && @event.TriggeredAt % 3 == 0 ? @event.TriggeredAt : null);
    }

    private DemoEvent Event(long at, string category)
    {
        var (source, type) = person.Platform switch
        {
            "telegram" => ("telegram-webhook", random.Chance(0.06) ? "callback_query" : "message"),
            "github" => ("github-webhook", category == "review" ? "pr_review" : "issue_comment"),
            var other => (other, "message"),
        };
        return new DemoEvent
        {
            EventId = DemoIds.Event(random, at),
            RequestId = $"{random.Bits():x16}",
            AppSource = source,
            EventType = type,
            UserId = person.UserId,
            Username = person.Username,
            ChatId = chatId,
            Repo = repo,
            TriggeredAt = at,
            Category = category,
            ClassificationType = category is "incident" or "research" ? "complex" : category == "task" ? "tool_confirmation" : "simple",
            Metadata = random.Chance(0.1) ? $$"""{"colo":"SIN","cf_ray":"{{random.Bits():x16}}","attempt":1}""" : null,
        };
    }

    // Rows from before the bot recorded events.
    private void WithoutEvent(DemoExchange exchange, long at, int room)
    {
        Message("user", DemoTexts.Fill(exchange.Question, random), at, null);
        if (room == 1)
            return;
        var answered = Math.Min(end, at + random.Between(900, 9_000));
        if (room == 3)
            Message("tool", DemoTools.Answer(random, "kv.get"), answered, null);
        Message("assistant", DemoTexts.Fill(exchange.Answer, random), answered, null);
    }
}

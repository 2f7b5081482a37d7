namespace Duyetbot.Dashboard.Demo;

/// <summary>Rows as real databases hold them too: unreadable, incomplete, contradictory. A few, always in the same places.</summary>
internal static class DemoOddRows
{
    private static readonly string?[] OddAgents = [null, "[]", "[object Object]", """{"name":"router","type":"agent","duration_ms":412}""", """[{"name":"router","type":"agent","duration_ms":4"""];

    /// <summary>A session id that is not made of platform, user and chat.</summary>
    public static string? Session(int index) => index switch
    {
        5 => "cli",
        11 => "api:9f2c1e7a-44b0-4d0e-9b1a-5c2f8e3d7a61",
        17 => "telegram:kênh chung #1:giảm 50%/ตลาด?",
        _ => null,
    };

    /// <summary>Spoils what this conversation is to spoil.</summary>
    public static void Apply(DemoConversation conversation, int index, DemoRandom random)
    {
        if (index is >= 19 and < 24 || random.Chance(0.004))
            SpoilAgents(conversation, OddAgents[index is >= 19 and < 24 ? index - 19 : random.Below(OddAgents.Length)]);
        if (index == 25 || random.Chance(0.003))
            RepeatSequence(conversation, random);
        if (index == 26 || random.Chance(0.002))
            (conversation.Messages[^1].Input, conversation.Messages[^1].Output) = (null, null);
        if (index == 27)
            conversation.Messages[^1].Output = long.MaxValue;
        if (index == 28)
            conversation.Messages[0].Input = -5;
        if (index == 29 || random.Chance(0.02))
            conversation.Events.Add(WithoutMessage(conversation, random));
    }

    private static void SpoilAgents(DemoConversation conversation, string? agents)
    {
        var spoiled = conversation.Events.Find(e => e.Agents is not null);
        if (spoiled is null)
            return;
        spoiled.Agents = agents;
        if (spoiled.Status == "error" || agents is null or "[]")
            return;
        spoiled.Metadata ??= """{"agents":"not serialised"}""";
    }

    private static void RepeatSequence(DemoConversation conversation, DemoRandom random)
    {
        if (conversation.Messages.Count < 3)
            return;
        conversation.Messages[^1].Sequence = conversation.Messages[^2].Sequence;
        conversation.Messages[^1].MessageId = $"{random.Bits():x16}{random.Bits():x16}";
    }

    // A webhook that needed no answer.
    private static DemoEvent WithoutMessage(DemoConversation conversation, DemoRandom random)
    {
        var at = conversation.Messages[^1].Timestamp;
        var like = conversation.Events.Count > 0 ? conversation.Events[^1] : null;
        return new DemoEvent
        {
            EventId = DemoIds.Event(random, at),
            RequestId = $"{random.Bits():x16}",
            AppSource = like?.AppSource ?? "telegram-webhook",
            EventType = like?.AppSource == "github-webhook" ? "push" : "callback_query",
            UserId = like?.UserId,
            Username = like?.Username,
            ChatId = like?.ChatId,
            Repo = like?.Repo,
            TriggeredAt = at,
            DurationMs = random.Between(4, 90),
        };
    }
}

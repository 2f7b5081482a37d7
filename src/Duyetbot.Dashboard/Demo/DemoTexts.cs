using System.Text;

namespace Duyetbot.Dashboard.Demo;

/// <summary>A question and its answer.</summary>
internal sealed record DemoExchange(string Question, string Answer);

/// <summary>Something that people talk about with the bot: a title, a category and exchanges in their natural order.</summary>
internal sealed record DemoTopic(string Title, string Category, IReadOnlyList<DemoExchange> Exchanges);

/// <summary>The texts, by language. In them §n, §k, §ms, §pct, §id, §svc, §v and §t stand for values that differ each time.</summary>
internal static class DemoTexts
{
    private static readonly string[] Services = ["payments", "checkout", "webhook", "orders", "search", "notify", "pdf-reader", "auth"];

    private static readonly Dictionary<string, IReadOnlyList<DemoTopic>> Languages = new()
    {
        ["vi"] = Parse(Texts.Vietnamese.Text),
        ["ja"] = Parse(Texts.Japanese.Text),
        ["en"] = Parse(Texts.English.Text),
        ["th"] = Parse(Texts.Thai.Text),
        ["ar"] = Parse(Texts.Arabic.Text),
    };

    /// <summary>What the bot is told before a conversation.</summary>
    public static string SystemPrompt(string language) => Texts.SystemPrompts.For(language);

    /// <summary>The topics of a language.</summary>
    public static IReadOnlyList<DemoTopic> Topics(string language) => Languages[language];

    /// <summary>Puts values where the text has marks.</summary>
    public static string Fill(string text, DemoRandom random)
    {
        if (!text.Contains('§', StringComparison.Ordinal))
            return text;
        var result = new StringBuilder(text.Length + 32);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '§')
            {
                result.Append(text[i]);
                continue;
            }

            var end = i + 1;
            while (end < text.Length && char.IsAsciiLetterLower(text[end]))
                end++;
            result.Append(Value(text.AsSpan(i + 1, end - i - 1), random));
            i = end - 1;
        }

        return result.ToString();
    }

    private static string Value(ReadOnlySpan<char> mark, DemoRandom random) => mark switch
    {
        "n" => random.Between(2, 96).ToString(),
        "k" => random.Between(1_000, 480_000).ToString(),
        "ms" => random.Between(12, 31_000).ToString(),
        "pct" => $"{random.Between(1, 99)}.{random.Below(10)}",
        "id" => $"{random.Bits() & 0xFFFFFFF:x7}",
        "svc" => random.Pick(Services),
        "v" => $"2.{random.Between(1, 60)}.{random.Below(10)}",
        "t" => $"{random.Between(0, 23):00}:{random.Between(0, 59):00}",
        _ => throw new InvalidOperationException($"A text has the unknown mark §{mark}."),
    };

    // "=== title | category" opens a topic, ">>>" a question, "<<<" an answer.
    private static List<DemoTopic> Parse(string text)
    {
        var topics = new List<DemoTopic>();
        foreach (var block in text.Split("=== ", StringSplitOptions.RemoveEmptyEntries))
        {
            var head = block[..block.IndexOf('\n', StringComparison.Ordinal)].Split('|', StringSplitOptions.TrimEntries);
            var exchanges = block.Split(">>> ")[1..].Select(e => e.Split("<<< ")).Select(e => new DemoExchange(e[0].Trim(), e[1].Trim())).ToList();
            topics.Add(new DemoTopic(head[0], head[1], exchanges));
        }

        return topics;
    }
}

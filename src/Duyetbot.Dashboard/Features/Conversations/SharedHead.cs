using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>What a file says of the conversation before its first message.</summary>
/// <param name="Title">One line.</param>
/// <param name="Note">Null where nobody wrote one.</param>
/// <param name="Facts">Short words, in the order of reading.</param>
internal sealed record SharedHead(string Title, string? Note, IReadOnlyList<string> Facts)
{
    public static SharedHead From(ConversationDocument document, IReadOnlyDictionary<RedactionKind, int>? replaced, DateTimeZone zone)
    {
        var first = document.Messages[0];
        var tokens = document.Messages.Sum(m => Math.Max(0, m.Whole("input_tokens")) + Math.Max(0, m.Whole("output_tokens")));
        var person = document.Messages.Select(m => m.Text("username") ?? m.Text("user_id")).FirstOrDefault(n => n is not null);
        var facts = new List<string?>
        {
            document.Id,
            person,
            first.Text("platform"),
            $"{Formats.Exact(first.Whole("timestamp"), zone)} to {Formats.Exact(document.Messages[^1].Whole("timestamp"), zone)}",
            Formats.Plural(document.Messages.Count, "message"),
            Formats.Plural(tokens, "token"),
            document.Events is null ? "without traces" : Formats.Plural(document.Events.Count, "trace"),
            replaced is null ? null : $"redacted: {RedactionWords.Of(replaced)} replaced",
        };
        var title = FirstLine(document.Annotation?.Text("title")) ?? FirstLine(document.Messages.FirstOrDefault(m => m.Text("role") == "user")?.Text("content")) ?? document.Id;
        return new SharedHead(title.Length > 200 ? title[..200] + "…" : title, document.Annotation?.Text("summary"), [.. facts.OfType<string>()]);
    }

    /// <summary>Who speaks.</summary>
    public static string Speaker(StoredRow message) => message.Text("role") switch
    {
        "user" => message.Text("username") ?? message.Text("user_id") ?? "user",
        "assistant" => "duyetbot",
        var role => role ?? "message",
    };

    private static string? FirstLine(string? text) => text?.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0);
}

using System.Text;
using System.Text.RegularExpressions;
using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>A conversation as Markdown: every message as it was written, under a heading of its own, the trace behind an answer below it.</summary>
internal static partial class ConversationMarkdown
{
    /// <summary>Writes it.</summary>
    /// <param name="document">The rows.</param>
    /// <param name="replaced">How often each kind was replaced; null where the file is not redacted.</param>
    /// <param name="zone">The zone of the moments, which are written with their offset.</param>
    public static string Write(ConversationDocument document, IReadOnlyDictionary<RedactionKind, int>? replaced, DateTimeZone zone)
    {
        var head = SharedHead.From(document, replaced, zone);
        var turns = SharedTurn.From(document);
        var text = new StringBuilder();
        text.Append("# ").Append(Plain(head.Title)).Append("\n\n").AppendJoin(" · ", head.Facts.Select(Plain)).Append("\n\n");
        if (head.Note is { } note)
            text.Append("> ").Append(note.ReplaceLineEndings("\n> ")).Append("\n\n");
        for (var i = 0; i < document.Messages.Count; i++)
        {
            var message = document.Messages[i];
            text.Append("---\n\n### ").Append(Plain(SharedHead.Speaker(message))).Append(" · ").Append(Formats.Exact(message.Whole("timestamp"), zone)).Append(" · #").Append(message.Text("sequence")).Append("\n\n");
            var content = message.Text("content") ?? "";
            if (message.Text("role") is "user" or "assistant")
                text.Append(content.TrimEnd()).Append(Unclosed(content) is { } fence ? "\n" + fence : "").Append("\n\n");
            else
                Fenced(text, content);
            if (turns.TryGetValue(i, out var turn))
                Turn(text, turn);
        }

        return text.ToString();
    }

    private static void Turn(StringBuilder text, SharedTurn turn)
    {
        text.Append("*Trace ").Append(Plain(turn.Path)).Append(" · ").Append(Formats.DurationMs(turn.Event["duration_ms"] as long?)).Append(" · ").Append(Formats.Plural(Math.Max(0, turn.Event.Whole("total_tokens")), "token")).Append("*\n");
        if (turn.Error is { } error)
            text.Append("\n**Error:** ").Append(Plain(error)).Append('\n');
        if (turn.Steps is null)
            text.Append("\nIts steps cannot be read.\n");
        foreach (var step in turn.Steps ?? [])
        {
            text.Append(text[^1] == '\n' && text[^2] != '\n' && step == turn.Steps![0] ? "\n" : "").Append(' ', Math.Min(step.Depth, 8) * 2).Append("- ").Append(Plain(step.Name)).Append(" (").Append(Plain(step.Kind)).Append(step.Model is null ? "" : $", {Plain(step.Model)}").Append("), ")
                .Append(Formats.DurationMs(step.DurationMs)).Append(", ").Append(Formats.Plural(step.Tokens, "token")).Append(step.Error is null ? "" : $", error: {Plain(step.Error)}").Append('\n');
        }

        text.Append('\n');
    }

    // A fence longer than any in the text.
    private static void Fenced(StringBuilder text, string content)
    {
        var fence = new string('`', Math.Max(3, Backticks().Matches(content).Select(m => m.Length + 1).DefaultIfEmpty(3).Max()));
        text.Append(fence).Append('\n').Append(content.TrimEnd()).Append('\n').Append(fence).Append("\n\n");
    }

    // The closing fence that a message lacks: without it, all that follows would be code.
    private static string? Unclosed(string content)
    {
        string? open = null;
        foreach (var line in content.Split('\n'))
        {
            if (Fence().Match(line) is not { Success: true } match)
                continue;
            var mark = match.Groups[1].Value;
            if (open is null)
                open = mark;
            else if (mark[0] == open[0] && mark.Length >= open.Length && line.TrimEnd().EndsWith(mark, StringComparison.Ordinal))
                open = null;
        }

        return open;
    }

    private static string Plain(string text) => Special().Replace(text.ReplaceLineEndings(" "), @"\$0");

    [GeneratedRegex(@"[\\`*_\[\]<>|#]")]
    private static partial Regex Special();

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();

    [GeneratedRegex(@"^ {0,3}(`{3,}|~{3,})")]
    private static partial Regex Fence();
}

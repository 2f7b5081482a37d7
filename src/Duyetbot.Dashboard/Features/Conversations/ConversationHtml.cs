using System.Globalization;
using System.Text;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Markdown;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>A conversation as one HTML file that needs nothing else: no script, no request; texts go through the same sanitizer as on the page.</summary>
internal static class ConversationHtml
{
    private static readonly Lazy<string> Style = new(() => OfflineFile.Style("conversations/ConversationFile.css"));

    /// <summary>Writes it.</summary>
    /// <param name="document">The rows.</param>
    /// <param name="replaced">How often each kind was replaced; null where the file is not redacted.</param>
    /// <param name="zone">The zone of the moments, which are written with their offset.</param>
    public static string Write(ConversationDocument document, IReadOnlyDictionary<RedactionKind, int>? replaced, DateTimeZone zone)
    {
        var head = SharedHead.From(document, replaced, zone);
        var turns = SharedTurn.From(document);
        var html = new StringBuilder(64_000);
        html.Append(OfflineFile.Begin(head.Title, Style.Value)).Append("<header>\n<h1 dir=\"auto\">").Append(Text(head.Title)).Append("</h1>\n<p class=\"facts\">");
        foreach (var fact in head.Facts)
            html.Append("<span>").Append(Text(fact)).Append("</span> ");
        html.Append("</p>\n");
        if (head.Note is { } note)
            html.Append("<p class=\"note\" dir=\"auto\">").Append(Text(note)).Append("</p>\n");
        html.Append("</header>\n<main>\n");
        for (var i = 0; i < document.Messages.Count; i++)
            Message(html, document.Messages[i], turns.GetValueOrDefault(i), zone);
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Message(StringBuilder html, StoredRow message, SharedTurn? turn, DateTimeZone zone)
    {
        var role = message.Text("role") is "user" or "assistant" or "system" or "tool" ? message.Text("role")! : "other";
        html.Append("<article class=\"").Append(role).Append("\" id=\"m").Append(Text(message.Text("sequence"))).Append("\">\n<p class=\"who\"><b>").Append(Text(SharedHead.Speaker(message))).Append("</b> <span>")
            .Append(Text(Formats.Exact(message.Whole("timestamp"), zone))).Append("</span> <span>#").Append(Text(message.Text("sequence"))).Append("</span>");
        if (message.Text("model") is { } model)
            html.Append(" <span>").Append(Text(model)).Append("</span>");
        if (message.Whole("is_pinned") != 0)
            html.Append(" <span>pinned</span>");
        html.Append("</p>\n");
        var content = message.Text("content") ?? "";
        if (role is "user" or "assistant")
            html.Append("<div class=\"body\" dir=\"auto\">").Append(MarkdownText.ToHtml(content)).Append("</div>\n");
        else
            html.Append("<details><summary>").Append(Formats.Bytes(Encoding.UTF8.GetByteCount(content))).Append("</summary><pre>").Append(HtmlText.Encode(content)).Append("</pre></details>\n");
        if (turn is not null)
            Turn(html, turn);
        html.Append("</article>\n");
    }

    private static void Turn(StringBuilder html, SharedTurn turn)
    {
        html.Append("<details class=\"turn\"><summary>").Append(Text(turn.Path)).Append(" · ").Append(Formats.DurationMs(turn.Event["duration_ms"] as long?)).Append(" · ").Append(Formats.Plural(Math.Max(0, turn.Event.Whole("total_tokens")), "token"));
        if (turn.Error is { } error)
            html.Append(" · <b class=\"error\">✕ ").Append(Text(error)).Append("</b>");
        html.Append("</summary>\n");
        if (turn.Steps is null)
            html.Append("<p>Its steps cannot be read:</p><pre>").Append(Text(turn.Event.Text("agents"))).Append("</pre>");
        else if (turn.Steps.Count > 0)
            Steps(html, turn.Steps);
        html.Append("</details>\n");
    }

    private static void Steps(StringBuilder html, IReadOnlyList<SharedStep> steps)
    {
        html.Append("<div class=\"scroll\"><table><thead><tr><th>Step</th><th>Model</th><th class=\"n\">Duration</th><th class=\"n\">Own tokens</th></tr></thead><tbody>\n");
        foreach (var step in steps)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"--d:{Math.Min(step.Depth, 16)}\">").Append(Text(step.Name)).Append(" <small>").Append(Text(step.Kind)).Append("</small>");
            if (step.Error is { } error)
                html.Append(" <span class=\"error\">✕ ").Append(Text(error)).Append("</span>");
            html.Append("</td><td>").Append(Text(step.Model)).Append("</td><td class=\"n\">").Append(Formats.DurationMs(step.DurationMs)).Append("</td><td class=\"n\">").Append(Formats.Count(step.Tokens)).Append("</td></tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    private static string Text(string? text) => text is null ? "" : HtmlText.Encode(text);
}

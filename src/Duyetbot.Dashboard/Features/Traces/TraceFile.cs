using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>A trace as one HTML file that needs nothing else: no script, no request, every text encoded.</summary>
public static class TraceFile
{
    // The same reading as on screen: the deepest chain that SQLite itself reads is shallower.
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 2_100 };
    private static readonly Lazy<string> Style = new(() => OfflineFile.Style("traces/TraceFile.css"));

    /// <summary>Writes the file.</summary>
    /// <param name="view">The trace.</param>
    /// <param name="zone">The zone of the moments in it, which are written with their offset.</param>
    public static string Html(TraceView view, DateTimeZone zone)
    {
        var row = view.Event;
        var html = new StringBuilder(64_000);
        html.Append(OfflineFile.Begin($"Trace {row.EventId}", Style.Value));
        html.Append("<header>\n<h1>").Append(Text(TraceWords.Title(row))).Append("</h1>\n<p class=\"facts t\">");
        foreach (var fact in new[] { row.EventId, Formats.Exact(row.TriggeredAt, zone), $"{TraceWords.Source(row.AppSource)} · {row.EventType}", row.Username ?? row.UserId, row.Repo, row.ClassificationType, row.ClassificationCategory, row.ClassificationComplexity, row.Model })
        {
            if (!string.IsNullOrEmpty(fact))
                html.Append("<span>").Append(Text(fact)).Append("</span> ");
        }

        html.Append("</p>\n<div class=\"big\">");
        Figure(html, "Status", row.Status ?? "no status");
        Figure(html, "Duration", Formats.DurationMs(view.DurationMs));
        Figure(html, "Tokens", Formats.Count(row.TotalTokens));
        Figure(html, "Cost", Formats.Usd(row.EstimatedCostUsd) + (row.UnpricedTokens > 0 ? $" + {Formats.Count(row.UnpricedTokens)} unpriced" : ""));
        Figure(html, "Steps", Formats.Count(view.Timeline.Nodes.Count));
        Figure(html, "Errors", Formats.Count(view.Failed.Count));
        html.Append("</div>\n");
        if ((row.ErrorType ?? row.ErrorMessage) is not null)
            html.Append("<p class=\"error\">").Append(Text($"{row.ErrorType} {row.ErrorMessage}".Trim())).Append("</p>\n");
        html.Append("</header>\n<main>\n");
        Steps(html, view);
        Panel(html, "Input", row.InputText);
        Panel(html, "Response", row.ResponseText);
        Panel(html, "Metadata", row.Metadata);
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Steps(StringBuilder html, TraceView view)
    {
        if (TraceListItem.ProblemOf(view.Event.AgentsKind) is { } problem)
        {
            html.Append("<section class=\"panel\"><h2>No steps: ").Append(Text(problem)).Append("</h2><pre>").Append(Text(view.Event.Agents)).Append("</pre></section>\n");
            return;
        }

        using var stored = Parse(view.Event.Agents);
        var elements = new Dictionary<int, JsonElement>();
        if (stored is not null)
            Place(stored.RootElement, view.Timeline.Roots, view.Timeline, elements);
        html.Append("<section class=\"panel\"><h2>Steps</h2>\n");
        if (view.Timeline.Nodes.Count > 0)
            html.Append("<div class=\"head\"><span>Step</span><span class=\"n\">duration</span><span class=\"n\">own tokens</span><span class=\"n\">∑ tokens</span><span class=\"n\">cost</span><span>0 – ").Append(Text(Formats.DurationMs(view.Timeline.Length))).Append("; hatched: start inferred</span></div>\n");
        foreach (var node in view.Timeline.Nodes)
        {
            var step = node.Step;
            html.Append("<details><summary class=\"").Append(TraceWords.Kind(step.AgentType).Class).Append("\"><span class=\"name\" style=\"--d:").Append(Math.Min(node.Depth, 16)).Append("\">")
                .Append(Text(string.IsNullOrWhiteSpace(step.AgentName) ? "unnamed" : step.AgentName)).Append(step.IsFailed ? " <span class=\"error-mark\">✕ error</span>" : "")
                .Append(" <small>").Append(Text($"{step.AgentType} {step.Model}")).Append("</small></span>");
            Number(html, "n ms", Formats.DurationMs(step.DurationMs));
            Number(html, "n", Formats.Count(step.TotalTokens));
            Number(html, "n", Formats.Count(node.SubtreeTokens));
            Number(html, "n", Formats.Usd(step.EstimatedCostUsd));
            html.Append("<span class=\"bar\"><i class=\"").Append(node.IsInferred ? "inferred " : "").Append(step.IsFailed ? "failed" : "")
                .Append(CultureInfo.InvariantCulture, $"\" style=\"left:{100.0 * (node.Start - view.Timeline.Start) / view.Timeline.Length:0.###}%;width:{100.0 * step.DurationMs / view.Timeline.Length:0.###}%\"></i></span></summary>");
            if (step.IsFailed)
                html.Append("<p class=\"error\">").Append(Text(step.ErrorMessage ?? "failed")).Append("</p>");
            var isKnown = elements.TryGetValue(node.Index, out var element);
            if (isKnown && node.Children.Count > 0 && element.TryGetProperty("workers", out var workers))
                Place(workers, node.Children, view.Timeline, elements);
            html.Append("<pre>").Append(isKnown ? JsonHtml.Members(element, "workers") : "its JSON could not be read; it is in the file of the trace as JSON").Append("</pre></details>\n");
        }

        html.Append("</section>\n");
    }

    private static void Panel(StringBuilder html, string title, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            html.Append("<section class=\"panel\"><h2>").Append(title).Append("</h2><pre class=\"text\">").Append(Text(text)).Append("</pre></section>\n");
    }

    private static void Figure(StringBuilder html, string label, string value) => html.Append("<span><span class=\"t\">").Append(label).Append("</span><b>").Append(Text(value)).Append("</b></span> ");

    private static void Number(StringBuilder html, string cssClass, string value) => html.Append("<span class=\"").Append(cssClass).Append("\">").Append(Text(value)).Append("</span>");

    private static string Text(string? text) => WebUtility.HtmlEncode(text) ?? "";

    private static JsonDocument? Parse(string? agents)
    {
        try
        {
            return agents is null ? null : JsonDocument.Parse(agents, Reading);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Each array is walked once, whatever the number of steps in it.
    private static void Place(JsonElement siblings, IReadOnlyList<int> places, TraceTimeline timeline, Dictionary<int, JsonElement> elements)
    {
        if (places.Count == 0 || siblings.ValueKind != JsonValueKind.Array)
            return;
        var all = siblings.EnumerateArray().ToArray();
        foreach (var place in places)
        {
            var step = timeline.Nodes[place].Step;
            if (StepPath.Of(step.StepId, step.EventId) is [.., var number] && number < all.Length && all[number].ValueKind == JsonValueKind.Object)
                elements[place] = all[number];
        }
    }
}

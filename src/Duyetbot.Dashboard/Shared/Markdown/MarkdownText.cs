using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using Ganss.Xss;
using Markdig;
using Markdig.Renderers;

namespace Duyetbot.Dashboard.Shared.Markdown;

/// <summary>Turns the text of a conversation, which is hostile input, into HTML that can do no harm.</summary>
/// <remarks>
/// Markdown without HTML, then an allow-list of elements, attributes and classes. No image is fetched, no style set; a link shows
/// its host and opens apart. Text past the gate is not parsed: some texts take a Markdown parser minutes. Safe from several threads.
/// </remarks>
public static class MarkdownText
{
    private static readonly MarkdownCache Cache = new(maxCharacters: 8_000_000);

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseAutoLinks()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .UseSoftlineBreakAsHardlineBreak()
        .Build();

    private static readonly HtmlSanitizer Sanitizer = CreateSanitizer();

    /// <summary>The text as safe HTML.</summary>
    /// <param name="text">Markdown from anywhere.</param>
    /// <param name="find">What is searched for, to be marked; null for nothing.</param>
    public static string ToHtml(string text, string? find = null)
    {
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{find?.Length} {find} {text}")));
        if (Cache.TryGet(key, out var cached))
            return cached;
        var html = Render(text, find);
        Cache.Add(key, html);
        return html;
    }

    private static string Render(string text, string? find)
    {
        if (!MarkdownGate.IsOpen(text))
            return PlainHtml(text, find);
        try
        {
            return Sanitize(Parse(text), find);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or InsufficientExecutionStackException)
        {
            // The parser's own limit on nesting.
            return PlainHtml(text, find);
        }
    }

    /// <summary>The allow-list alone, for tests that try it with HTML which Markdown would never let through.</summary>
    internal static string Sanitize(string html, string? find = null)
    {
        using var document = Sanitizer.SanitizeDom(html);
        var body = document.Body!;
        MarkdownLinks.Harden(body);
        if (!string.IsNullOrEmpty(find))
            MarkdownMarks.Mark(body, find);
        return body.InnerHtml;
    }

    private static string Parse(string text)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.RemoveAll(r => r is Markdig.Renderers.Html.CodeBlockRenderer);
        renderer.ObjectRenderers.Add(new HighlightedCodeRenderer());
        renderer.Render(Markdig.Markdown.Parse(text, Pipeline));
        return writer.ToString();
    }

    private static string PlainHtml(string text, string? find)
    {
        var html = $"<div class=\"plain\">{HtmlText.Encode(text)}</div>";
        return string.IsNullOrEmpty(find) || text.Length > 200_000 ? html : Sanitize(html, find);
    }

    private static HtmlSanitizer CreateSanitizer()
    {
        var sanitizer = new HtmlSanitizer();
        Only(sanitizer.AllowedTags, "p", "br", "hr", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "a", "span", "div", "mark", "button", "img");
        Only(sanitizer.AllowedAttributes, "href", "class", "start", "alt", "data-copy", "tabindex");
        Only(sanitizer.AllowedClasses, "plain", "code", "ch", "kw", "st", "cm", "nu", "copy", "host");
        Only(sanitizer.AllowedSchemes, "http", "https", "mailto");
        Only(sanitizer.UriAttributes, "href", "src");
        sanitizer.AllowedCssProperties.Clear();
        sanitizer.AllowedAtRules.Clear();
        sanitizer.AllowDataAttributes = false;
        return sanitizer;
    }

    private static void Only(ISet<string> allowed, params ReadOnlySpan<string> words)
    {
        allowed.Clear();
        foreach (var word in words)
            allowed.Add(word);
    }
}

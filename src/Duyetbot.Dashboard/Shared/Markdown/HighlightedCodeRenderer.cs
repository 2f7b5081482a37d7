using System.Diagnostics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Duyetbot.Dashboard.Shared.Markdown;

/// <summary>Writes a code block as the design draws it: language, copy button, highlighted text; for one text, whose blocks share a limit of time.</summary>
internal sealed class HighlightedCodeRenderer : HtmlObjectRenderer<CodeBlock>
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(600);

    private TimeSpan _spent;

    protected override void Write(HtmlRenderer renderer, CodeBlock obj)
    {
        var code = obj.Lines.ToString();
        var language = (obj as FencedCodeBlock)?.Info?.Trim() ?? "";
        if (language.Length > 24)
            language = "";
        renderer.EnsureLine();
        renderer.Write("<div class=\"code\"><div class=\"ch\">").Write(HtmlText.Encode(language.Length == 0 ? "text" : language));
        renderer.Write("<button class=\"copy\" data-copy=\"").Write(HtmlText.Encode(code)).Write("\">Copy</button></div><pre tabindex=\"0\">");
        var started = Stopwatch.GetTimestamp();
        renderer.Write(_spent > MaxTime ? HtmlText.Encode(code) : CodeHighlighter.ToHtml(code, language)).Write("</pre></div>");
        _spent += Stopwatch.GetElapsedTime(started);
        renderer.EnsureLine();
    }
}

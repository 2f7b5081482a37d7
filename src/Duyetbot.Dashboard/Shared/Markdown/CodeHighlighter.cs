using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using ColorCode;
using ColorCode.Common;
using ColorCode.Parsing;

namespace Duyetbot.Dashboard.Shared.Markdown;

/// <summary>Marks keywords, strings, comments and numbers of a source text with the design's four classes.</summary>
internal sealed class CodeHighlighter : CodeColorizerBase
{
    // The highlighter's patterns look far ahead: long texts are shown as they are.
    private const int MaxCharacters = 20_000;

    // Far above what code takes; a text made to be slow is shown without marks.
    private static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(300);
    private static readonly LimitedCompiler Compiler = new();
    private static readonly LanguageRepository Repository = LoadRepository();

    private readonly StringBuilder _html = new();
    private readonly long _started = Stopwatch.GetTimestamp();

    private CodeHighlighter()
        : base(null, new LanguageParser(Compiler, Repository))
    {
    }

    /// <summary>The code as HTML text; without marks where the language is unknown.</summary>
    public static string ToHtml(string code, string language)
    {
        if (code.Length > MaxCharacters || language.Length == 0 || Languages.FindById(Alias(language)) is not { } known)
            return HtmlText.Encode(code);
        var highlighter = new CodeHighlighter();
        try
        {
            highlighter.languageParser.Parse(code, known, highlighter.Write);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or RegexMatchTimeoutException)
        {
            return HtmlText.Encode(code);
        }

        return highlighter._html.ToString();
    }

    protected override void Write(string parsedSourceCode, IList<Scope> scopes)
    {
        if (Stopwatch.GetElapsedTime(_started) > MaxTime)
            throw new RegexMatchTimeoutException();
        Write(parsedSourceCode, scopes, 0, parsedSourceCode.Length);
    }

    private void Write(string text, IList<Scope> scopes, int from, int to)
    {
        foreach (var scope in scopes.OrderBy(s => s.Index))
        {
            var start = Math.Clamp(scope.Index, from, to);
            var end = Math.Clamp(scope.Index + scope.Length, start, to);
            _html.Append(HtmlText.Encode(text[from..start]));
            var mark = ClassOf(scope.Name);
            if (mark is not null)
                _html.Append("<span class=\"").Append(mark).Append("\">");
            if (mark is null)
                Write(text, scope.Children, start, end);
            else
                _html.Append(HtmlText.Encode(text[start..end])).Append("</span>");
            from = end;
        }

        _html.Append(HtmlText.Encode(text[from..to]));
    }

    private static LanguageRepository LoadRepository()
    {
        var repository = new LanguageRepository([]);
        foreach (var language in Languages.All)
            repository.Load(language);
        return repository;
    }

    private static string? ClassOf(string scope) => scope switch
    {
        _ when scope.Contains("Comment", StringComparison.Ordinal) => "cm",
        _ when scope.Contains("String", StringComparison.Ordinal) || scope == ScopeName.HtmlAttributeValue || scope == ScopeName.XmlAttributeValue => "st",
        _ when scope.Contains("Number", StringComparison.Ordinal) || scope == ScopeName.JsonConst => "nu",
        _ when scope.Contains("Keyword", StringComparison.Ordinal) || scope == ScopeName.SqlSystemFunction || scope == ScopeName.HtmlElementName || scope == ScopeName.XmlName || scope == ScopeName.JsonKey => "kw",
        _ => null,
    };

    private static string Alias(string language) => language.Split(' ', '{')[0].ToLowerInvariant() switch
    {
        "cs" or "c#" => LanguageId.CSharp,
        "js" or "jsx" or "mjs" => LanguageId.JavaScript,
        "ts" or "tsx" => LanguageId.TypeScript,
        "py" => LanguageId.Python,
        "sqlite" or "postgres" or "mysql" => LanguageId.Sql,
        "jsonc" => LanguageId.Json,
        "ps1" or "pwsh" => LanguageId.PowerShell,
        var other => other,
    };
}

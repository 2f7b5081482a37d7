using System.Diagnostics;
using System.Text.RegularExpressions;
using Duyetbot.Dashboard.Shared.Markdown;

namespace Duyetbot.Dashboard.Tests.Markdown;

public sealed partial class MarkdownTextTests
{
    public static TheoryData<string> Hostile =>
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](  javascript&colon;alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
        "![a](https://evil.example/x.png)",
        "![a](javascript:alert(1))",
        "<svg/onload=alert(1)>",
        "<iframe src=https://evil.example></iframe>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "```html\n<script>alert(1)</script>\n```",
        "`<img src=x onerror=alert(1)>`",
        "[a](https://evil.example/\" onmouseover=\"alert(1))",
        "[a](https://evil.example 'x\" onclick=\"alert(1)')",
        "<javascript:alert(1)>",
        "[a]: javascript:alert(1)\n\n[a]",
        "<style>*{background:url(https://evil.example)}</style>",
        "<div style=\"background:url(https://evil.example)\">x</div>",
        "```\" onmouseover=\"alert(1)\nx\n```",
        "<form action=https://evil.example><input name=x></form>",
        "<base href=https://evil.example>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "| <img src=x onerror=alert(1)> | b |\n|---|---|\n| [x](javascript:1) | d |",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void ToHtml_HostileText_HoldsNothingThatRunsOrLoads(string text)
    {
        Assert.Empty(Dangers(MarkdownText.ToHtml(text)));
        Assert.Empty(Dangers(MarkdownText.ToHtml(text, find: "a")));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Sanitize_HostileHtml_HoldsNothingThatRunsOrLoads(string html) => Assert.Empty(Dangers(MarkdownText.Sanitize(html)));

    [Fact]
    public void Dangers_TextWithoutSanitizer_FindsSome() =>
        // The check itself can fail: what Markdown with HTML makes of these texts is caught.
        Assert.True(Hostile.Count(t => Dangers(Markdig.Markdown.ToHtml(t.Data)).Count > 0) > 10);

    [Fact]
    public void ToHtml_Link_ShowsItsHostAndOpensApart()
    {
        var html = MarkdownText.ToHtml("[runbook](https://example.com/a)");

        Assert.Contains("rel=\"noopener noreferrer nofollow\"", html, StringComparison.Ordinal);
        Assert.Contains("target=\"_blank\"", html, StringComparison.Ordinal);
        Assert.Contains("(example.com)", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ToHtml_LinkThatNamesAnotherHost_ShowsTheRealOne() =>
        Assert.Contains("(evil.example)", MarkdownText.ToHtml("[https://bank.example](https://evil.example/x)"), StringComparison.Ordinal);

    [Fact]
    public void ToHtml_RelativeLink_KeepsTheWordsOnly() => Assert.DoesNotContain("<a", MarkdownText.ToHtml("[out](/login?x=1)"), StringComparison.Ordinal);

    [Fact]
    public void ToHtml_CodeBlock_IsHighlightedAndCanBeCopied()
    {
        var html = MarkdownText.ToHtml("```sql\nSELECT 1 -- one\n```");

        Assert.Contains("<span class=\"kw\">SELECT</span>", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"cm\">-- one</span>", html, StringComparison.Ordinal);
        Assert.Contains("data-copy=\"SELECT 1 -- one\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ToHtml_FoundWords_AreMarkedInAnyCase() =>
        Assert.Equal("<p>the <mark>Timeout</mark> of <strong>a <mark>timeout</mark></strong></p>", MarkdownText.ToHtml("the Timeout of **a timeout**", "timeout").Trim());

    public static TheoryData<string, int> Heavy => new()
    {
        { "[a](", 40_000 }, { "[", 100_000 }, { "> ", 5_000 }, { "*a ", 40_000 }, { "**a _b ", 10_000 }, { "`", 100_000 }, { "<", 100_000 }, { "- ", 2_000 }, { "1. ", 2_000 },
        { "![", 50_000 }, { "|a", 20_000 }, { "a\n", 70_000 }, { "\\", 100_000 }, { "&amp;", 20_000 }, { "[a][", 40_000 }, { "*", 3_900 }, { "*a **b ", 560 }, { "[a", 1_990 }, { ">", 24 }, { "~~a ~b ", 900 },
    };

    [Theory]
    [MemberData(nameof(Heavy))]
    public void ToHtml_TextMadeToHang_AnswersSoon(string unit, int times)
    {
        var text = string.Concat(Enumerable.Repeat(unit, times));
        var started = Stopwatch.GetTimestamp();

        var html = MarkdownText.ToHtml(text);

        Assert.NotEmpty(html);
        // Far above what the gate lets through, far below what the parser would take without it.
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5), $"{unit} took {Stopwatch.GetElapsedTime(started)}");
    }

    [Theory]
    [InlineData("{\"<form><button formaction=\"https://evil.example\">x</button></form>\":\"java\\script:parent.hit(1)\"}")]
    [InlineData("{\"<link rel=stylesheet href=\"https://evil.example/l.css\">\":\"&nbsp;javascript:window['hit'](1)\"}")]
    public async Task ToHtml_CodeThatTheHighlighterNeverEndsOn_IsShownWithoutMarks(string code)
    {
        // Never, not late: without a limit of its own a hundred characters hold a thread for good.
        var html = await Task.Run(() => MarkdownText.ToHtml($"```json\n{code}\n```"), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.DoesNotContain("<span", html, StringComparison.Ordinal);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(code).Replace("&#39;", "'", StringComparison.Ordinal).Replace("&quot;", "\"", StringComparison.Ordinal), html, StringComparison.Ordinal);
    }

    [Fact]
    public void ToHtml_ManyThreads_AgreeWithOne()
    {
        var texts = Enumerable.Range(0, 400).Select(i => $"**{i}** `code` [x](https://h{i}.example)\n\n```cs\nvar a = {i};\n```").ToList();
        var expected = texts.ConvertAll(t => MarkdownText.ToHtml(t + " "));

        Parallel.For(0, texts.Count, i => Assert.Equal(expected[i], MarkdownText.ToHtml(texts[i] + " ")));
    }

    private static List<string> Dangers(string html)
    {
        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        var found = new List<string>();
        foreach (var element in document.All)
        {
            if (element.LocalName is "script" or "style" or "iframe" or "img" or "svg" or "object" or "embed" or "form" or "input" or "base" or "link" or "meta" or "math")
                found.Add(element.LocalName);
            foreach (var attribute in element.Attributes)
            {
                if (attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" or "src" or "srcset" or "formaction" or "id" or "name")
                    found.Add(attribute.Name);
                if (attribute.Name == "href" && !SafeAddress().IsMatch(attribute.Value))
                    found.Add(attribute.Value);
            }
        }

        return found;
    }

    [GeneratedRegex("^(https?|mailto):", RegexOptions.IgnoreCase)]
    private static partial Regex SafeAddress();
}

using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Duyetbot.Dashboard.Shared.Markdown;

namespace Duyetbot.Dashboard.Tests.Markdown;

/// <summary>A link says where it leads, tells nobody where it was, and nothing is fetched or styled.</summary>
public sealed class LinkPolicyTests
{
    [Theory]
    [InlineData("[runbook](https://example.com/a)", "example.com")]
    [InlineData("[https://bank.example](https://evil.example/x)", "evil.example")]
    [InlineData("[https://bank.example/?evil.example](https://evil.example/)", "evil.example")]
    [InlineData("[https://evil.example.bank.example](https://evil.example/)", "evil.example")]
    [InlineData("[http://evil.example](https://evil.example/)", "evil.example")]
    [InlineData("[evil.example](https://evil.example/)", "evil.example")]
    [InlineData("[\u202ehttps://bank.example](https://evil.example/)", "evil.example")]
    [InlineData("[x](https://\u0430pple.example/)", "xn--pple-43d.example")]
    [InlineData("[x](https://EVIL.example:8443/y?z#w)", "evil.example")]
    [InlineData("[x](http://2130706433/)", "127.0.0.1")]
    [InlineData("[write](mailto:someone@example.com?subject=x)", "someone@example.com")]
    public void Link_WithOtherWordsThanItsAddress_ShowsItsHost(string text, string host)
    {
        var link = Single(MarkdownText.ToHtml(text), "a");

        Assert.Equal($"({host})", link.QuerySelector("bdi.host")?.TextContent.Trim());
    }

    [Theory]
    [InlineData("https://example.com/a?b#c")]
    [InlineData("<https://example.com>")]
    [InlineData("[https://example.com:443/a](https://example.com/a)")]
    public void Link_ThatReadsAsItsAddress_DoesNotRepeatTheHost(string text) => Assert.Null(Single(MarkdownText.ToHtml(text), "a").QuerySelector(".host"));

    [Theory]
    [InlineData("[x](https://example.com/a)")]
    [InlineData("https://example.com/a")]
    [InlineData("<https://example.com/a>")]
    [InlineData("[x][1]\n\n[1]: https://example.com/a 'title'")]
    [InlineData("[x](mailto:a@example.com)")]
    [InlineData("<a@example.com>")]
    public void Link_OfEveryForm_OpensApartAndTellsNothing(string text)
    {
        var link = Single(MarkdownText.ToHtml(text), "a");

        Assert.Equal("noopener noreferrer nofollow", link.GetAttribute("rel"));
        Assert.Equal("_blank", link.GetAttribute("target"));
        Assert.Equal(["class", "href", "rel", "target"], link.Attributes.Select(a => a.Name).Order());
    }

    [Theory]
    [InlineData("[out](/login?x=1)")]
    [InlineData("[out](//evil.example)")]
    [InlineData("[out](\\\\evil.example)")]
    [InlineData("[out](#x)")]
    [InlineData("[out](ftp://evil.example)")]
    [InlineData("[out](file:///etc/passwd)")]
    [InlineData("[out](https://bank.example@evil.example/)")]
    [InlineData("[out](https://evil.example\\\\@bank.example/)")]
    [InlineData("[out](https://)")]
    [InlineData("[out](mailto:)")]
    public void Link_OutsideOfThePolicy_KeepsItsWordsOnly(string text)
    {
        var html = MarkdownText.ToHtml(text);

        Assert.DoesNotContain("<a", html, StringComparison.Ordinal);
        Assert.Contains("out", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("![seen](https://evil.example/x.png)", "[image: seen]")]
    [InlineData("![](https://evil.example/x.png)", "[image]")]
    [InlineData("![seen][1]\n\n[1]: https://evil.example/x.png", "[image: seen]")]
    [InlineData("[![seen](https://evil.example/x.png)](https://evil.example)", "[image: seen]")]
    [InlineData("![seen](data:image/png;base64,AAAA)", "[image: seen]")]
    public void Image_OfAnyKind_IsItsDescription(string text, string shown)
    {
        var html = MarkdownText.ToHtml(text);

        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains(shown, html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<div style=\"position:fixed;inset:0;background:url(https://evil.example)\" class=\"modal\" id=\"x\">x</div>")]
    [InlineData("<style>@import 'https://evil.example'</style><p style=\"color:red\">x</p>")]
    [InlineData("<table><tr><td background=\"https://evil.example\" style=\"text-align:right\">x</td></tr></table>")]
    public void Style_InHtml_IsNotLeft(string html)
    {
        var body = Body(MarkdownText.Sanitize(html));

        Assert.Empty(body.QuerySelectorAll("style, [style], [background], [id]"));
        Assert.All(body.QuerySelectorAll("[class]"), e => Assert.Equal("", e.ClassName));
    }

    [Fact]
    public void TableWithAlignment_InMarkdown_HoldsNoStyle()
    {
        var body = Body(MarkdownText.ToHtml("| a |\n|--:|\n| b |"));

        Assert.Equal("b", body.QuerySelector("td")?.TextContent);
        Assert.Empty(body.QuerySelectorAll("[style], [align]"));
    }

    private static IElement Single(string html, string name) => Assert.Single(Body(html).QuerySelectorAll(name));

    private static IElement Body(string html) => new HtmlParser().ParseDocument(html).Body!;
}

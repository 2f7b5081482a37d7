using Duyetbot.Dashboard.Shared.Markdown;

namespace Duyetbot.Dashboard.Tests.Markdown;

/// <summary>What a Markdown parser would take seconds for, it never sees: the gate goes by size and depth alone.</summary>
public sealed class MarkdownGateTests
{
    [Theory]
    [InlineData("a", 150_001)]
    [InlineData("[a](", 40_000)]
    [InlineData("[a](", 2_001)]
    [InlineData("<", 2_001)]
    [InlineData("&amp;", 2_001)]
    [InlineData("*a", 4_001)]
    [InlineData("`", 4_001)]
    [InlineData("a|", 6_001)]
    [InlineData("a\n", 8_001)]
    [InlineData(">", 25)]
    [InlineData("> ", 25)]
    [InlineData("* ", 401)]
    [InlineData("1. ", 401)]
    public void Text_PastTheGate_IsShownPlainAndWhole(string unit, int times)
    {
        var text = string.Concat(Enumerable.Repeat(unit, times)) + "<b>&";

        Assert.False(MarkdownGate.IsOpen(text));
        Assert.Equal($"<div class=\"plain\">{System.Net.WebUtility.HtmlEncode(text)}</div>", MarkdownText.ToHtml(text));
    }

    [Theory]
    [InlineData("a ", 75_000)]
    [InlineData("[a](https://example.com) ", 900)]
    [InlineData("**a** ", 900)]
    [InlineData("`a` ", 1_900)]
    [InlineData("- a\n", 7_900)]
    [InlineData("> ", 24)]
    public void Text_OfAnOrdinaryShape_PassesTheGate(string unit, int times) =>
        Assert.True(MarkdownGate.IsOpen(string.Concat(Enumerable.Repeat(unit, times))));

    [Fact]
    public void Text_PastTheGate_IsStillEncodedWhereWordsAreMarked()
    {
        var html = MarkdownText.ToHtml(string.Concat(Enumerable.Repeat("[a](", 2_100)) + "<img src=x onerror=alert(1)> needle", "needle");

        Assert.Contains("<mark>needle</mark>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }
}

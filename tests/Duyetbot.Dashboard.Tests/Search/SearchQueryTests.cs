using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Search;

namespace Duyetbot.Dashboard.Tests.Search;

public sealed class SearchQueryTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  \t ", "")]
    [InlineData("one two one", "one|two")]
    [InlineData("\"one two\" three", "one two|three")]
    [InlineData("“one two”", "one two")]
    [InlineData("pre* \"one tw\"*", "pre*|one tw*")]
    [InlineData("-out -\"not this\" in", "-out|-not this|in")]
    [InlineData("--force - a-b", "--force|-|a-b")]
    [InlineData("-> a->b -\"> b\"", "->|a->b|-> b")]
    [InlineData("* ** \"\" \"", "*|**|\"\"|\"")]
    [InlineData("\"never closed", "never closed")]
    [InlineData("AND OR NOT NEAR(a b) col:x ^y {z}", "AND|OR|NOT|NEAR(a|b)|col:x|^y|{z}")]
    public void Parse_OfAnythingTyped_GivesTerms(string typed, string expected) =>
        Assert.Equal(expected, string.Join('|', SearchQuery.Parse(typed).Terms.Select(t => (t.IsExcluded ? "-" : "") + t.Text + (t.IsPrefix ? "*" : ""))));

    [Theory]
    [InlineData("timeout", "The Timeout was reached", true)]
    [InlineData("time", "The Timeout was reached", false)]
    [InlineData("time*", "The Timeout was reached", true)]
    [InlineData("reached timeout", "The Timeout was reached", true)]
    [InlineData("\"reached timeout\"", "The Timeout was reached", false)]
    [InlineData("\"timeout was\"", "The Timeout, was reached", true)]
    [InlineData("\"timeout wa\"*", "The Timeout was reached", true)]
    [InlineData("timeout -reached", "The Timeout was reached", false)]
    [InlineData("-gone", "still here", true)]
    [InlineData("tieng viet", "Tiếng Việt", true)]
    [InlineData("tiếng", "tieng", true)]
    [InlineData("cafe", "cafe\u0301", true)]
    [InlineData("ПРИВЕТ", "привет, мир", true)]
    [InlineData("ΚΑΛΗΜΈΡΑ", "Καλημέρα κόσμε", true)]
    [InlineData("gpt-4o", "uses GPT 4o", true)]
    [InlineData("gpt-4o", "uses gpt-4", false)]
    [InlineData("天气", "今天天气很好", true)]
    [InlineData("好", "今天天气很好", true)]
    [InlineData("天好", "今天天气很好", false)]
    [InlineData("ございます", "おはようございます。", true)]
    [InlineData("ครับ", "สวัสดีครับ", true)]
    [InlineData("학교", "학교에서", true)]
    [InlineData("كتاب", "الكتاب", true)]
    [InlineData("gpt", "使用GPT模型", true)]
    [InlineData("gp", "使用GPT模型", false)]
    [InlineData("gp*", "使用GPT模型", true)]
    [InlineData("GPT模型", "使用gpt模型", true)]
    [InlineData("模型*", "使用GPT模型", true)]
    [InlineData("-模型", "使用GPT模型", false)]
    [InlineData("🙂", "fine 🙂 fine", true)]
    [InlineData("🙂", "fine 🙃 fine", false)]
    public void Matches_InEveryScript_FollowsTheOneDefinition(string search, string text, bool expected) =>
        Assert.Equal(expected, SearchQuery.Parse(search).Matches(text));

    [Theory]
    [InlineData("viet", "Tiếng Việt, việt", "Tiếng [Việt], [việt]")]
    [InlineData("tim*", "time and timeout", "[time] and [timeout]")]
    [InlineData("\"a b\" b", "a b a b c b", "[a b] [a b] c [b]")]
    [InlineData("-a b", "a b", "a [b]")]
    [InlineData("天气", "今天天气", "今天[天气]")]
    [InlineData("cafe", "cafe\u0301!", "[cafe\u0301]!")]
    public void Places_OfATerm_CoverTheTextAsItIsWritten(string search, string text, string marked)
    {
        var places = SearchQuery.Parse(search).Places(text);

        var actual = places.Reverse().Aggregate(text, (t, p) => t.Insert(p.To, "]").Insert(p.From, "["));
        Assert.Equal(marked, actual);
    }

    [Fact]
    public void Score_OfATextWithMoreAndShorter_IsHigher()
    {
        var query = SearchQuery.Parse("cat");

        Assert.True(query.Score("cat cat") > query.Score("cat dog"));
        Assert.True(query.Score("cat") > query.Score("cat " + new string('x', 500)));
    }

    [Fact]
    public void Snippet_OfALongText_ShowsWhereMostTermsStandTogether()
    {
        var text = $"alpha {new string('x', 400)} beta {new string('y', 400)} and then the alpha beta end";

        var snippet = Snippet.Around(text, "beta alpha", before: 10);

        Assert.Equal("…then the alpha beta end", snippet);
    }
}

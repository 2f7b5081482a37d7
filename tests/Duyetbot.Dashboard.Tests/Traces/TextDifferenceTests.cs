using Duyetbot.Dashboard.Features.Traces;

namespace Duyetbot.Dashboard.Tests.Traces;

public sealed class TextDifferenceTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("the same", "the same", "the same")]
    [InlineData("", "new", "[+new]")]
    [InlineData("old", "", "[-old]")]
    [InlineData("one two three", "one 2 three", "one [-two ][+2 ]three")]
    [InlineData("a b c d", "a c d e", "a [-b ]c [-d][+d e]")]
    [InlineData("x, y", "x; y", "x[-,][+;] y")]
    [InlineData("今日は", "今晩は", "今[-日][+晩]は")]
    [InlineData("line 1\nline 2\n", "line 1\nline 3\n", "line 1\nline [-2][+3]\n")]
    [InlineData("a\u0000\ud800 b", "a\u0000\ud800 c", "a\u0000\ud800 [-b][+c]")]
    public void Between_ShortTexts_GivesRunsWorkedOutByHand(string before, string after, string expected)
    {
        var difference = TextDifference.Between(before, after);

        Assert.Equal(expected, string.Concat(difference.Runs.Select(r => r.Kind switch { TextRunKind.Same => r.Text, TextRunKind.Added => $"[+{r.Text}]", _ => $"[-{r.Text}]" })));
        Assert.Equal(TextUnit.Words, difference.Unit);
        Assert.Equal(before == after, difference.IsSame);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(2026)]
    public void Between_AnyTexts_HoldsBothWhole(int seed)
    {
        var random = new Random(seed);
        string Text() => string.Concat(Enumerable.Range(0, 300).Select(_ => random.GetItems<string>(["a", "bc", " ", "\n", ".", "đ", "今", "\t", "😀"], 1)[0]));
        var (before, after) = (Text(), Text());

        var runs = TextDifference.Between(before, after).Runs;

        Assert.Equal(before, string.Concat(runs.Where(r => r.Kind != TextRunKind.Added).Select(r => r.Text)));
        Assert.Equal(after, string.Concat(runs.Where(r => r.Kind != TextRunKind.Removed).Select(r => r.Text)));
        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.NotEqual(pair.First.Kind, pair.Second.Kind));
    }

    [Fact]
    public void Between_TooManyWords_ComparesLines()
    {
        var before = string.Concat(Enumerable.Range(0, 100).Select(i => $"{string.Concat(Enumerable.Repeat($"left {i} ", 20))}\nshared {i}\n"));
        var after = string.Concat(Enumerable.Range(0, 100).Select(i => $"{string.Concat(Enumerable.Repeat($"right {i} ", 20))}\nshared {i}\n"));

        var difference = TextDifference.Between(before, after);

        Assert.Equal(TextUnit.Lines, difference.Unit);
        Assert.Equal(100, difference.Runs.Count(r => r.Kind == TextRunKind.Same));
    }

    [Fact]
    public void Between_TooManyLines_SaysThatItDidNotCompare()
    {
        var difference = TextDifference.Between(
            string.Join('\n', Enumerable.Range(0, 2_000).Select(i => $"left {i}")),
            string.Join('\n', Enumerable.Range(0, 2_000).Select(i => $"right {i}")));

        Assert.Equal(TextUnit.None, difference.Unit);
        Assert.Empty(difference.Runs);
        Assert.False(difference.IsSame);
    }

    [Fact]
    public void Between_LongTextsWithOneChange_TakesTheCommonEndsOff()
    {
        var text = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"word{i} "));

        var difference = TextDifference.Between(text, text.Replace("word25000 ", "changed ", StringComparison.Ordinal));

        Assert.Equal(TextUnit.Words, difference.Unit);
        Assert.Equal(["word25000 ", "changed "], difference.Runs.Where(r => r.Kind != TextRunKind.Same).Select(r => r.Text));
    }
}

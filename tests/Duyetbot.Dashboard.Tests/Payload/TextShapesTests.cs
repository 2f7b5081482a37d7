using Duyetbot.Dashboard.Shared.Payload;

namespace Duyetbot.Dashboard.Tests.Payload;

/// <summary>Long texts as lines, and what is found in them.</summary>
public sealed class TextShapesTests
{
    private static readonly string[] Pieces = ["word ", "e", "E", "\n", "\r\n", "\r", "😀", "ünï", "終", "longwordwithoutspaces", " ", "\t", "ee"];

    [Fact]
    public void Lines_OfAText_BreakAtItsEndsAndAfterTheWidth()
    {
        var lines = TextLines.From("one\r\ntwo\n\n0123456789abcdef\nfour of words and", 10);

        Assert.Equal(["1:one", "2:two", "3:", "4:0123456789", "0:abcdef", "5:four of ", "0:words and"], lines.Drawn.Select(l => $"{l.Number}:{lines.Text.Substring(l.From, l.Length)}"));
        Assert.Equal((5, true), (lines.Total, lines.IsWhole));
        Assert.Equal(4, lines.LineOf(lines.Text.IndexOf('c')));
    }

    [Fact]
    public void Lines_OfNothing_AreOneEmptyLine() => Assert.Equal([new TextLine(0, 0, 0, 1)], TextLines.From("", 10).Drawn);

    [Fact]
    public void Lines_OfRandomText_AreTheTextAndCutNoSign()
    {
        var random = new Random(1);
        for (var round = 0; round < 500; round++)
        {
            var (text, width) = (RandomText(random, 200), random.Next(2, 30));
            var lines = TextLines.From(text, width);

            Assert.Equal(text.ReplaceLineEndings("\n"), string.Concat(lines.Drawn.Select((l, i) => string.Concat(l.Number > 0 && i > 0 ? "\n" : "", text.AsSpan(l.From, l.Length)))));
            Assert.All(lines.Drawn, l => Assert.True(l.Length <= width && (l.Length == 0 || !char.IsHighSurrogate(text[l.From + l.Length - 1]))));
            Assert.All(Enumerable.Range(0, text.Length), at => Assert.InRange(at, lines.Drawn[lines.LineOf(at)].From, lines.LineOf(at) + 1 < lines.Drawn.Count ? lines.Drawn[lines.LineOf(at) + 1].From - 1 : text.Length));
        }
    }

    [Fact]
    public void Lines_MoreThanAPageCanBeHigh_SayThatTheyAreNotAll()
    {
        var lines = TextLines.From(new string('\n', TextLines.Most + 5), 10);

        Assert.Equal((TextLines.Most, TextLines.Most + 6L, false), (lines.Drawn.Count, lines.Total, lines.IsWhole));
    }

    [Fact]
    public void Marks_OnAStretch_AreWhatReachesIntoIt()
    {
        const string text = "aXXbxXc";
        var marks = TextMarks.Of(text, "xx");

        Assert.Equal([1, 4], marks.Places);
        Assert.Equal(["[X]", "b", "[x!]"], marks.Parts(text, 2, 3, 1).Select(p => p.IsHit ? $"[{p.Text}{(p.IsNow ? "!" : "")}]" : p.Text));
        Assert.Equal(["c"], marks.Parts(text, 6, 1, -1).Select(p => p.Text));
    }

    [Fact]
    public void Hits_OfALongText_AreCountedAndTheFirstHundredShown()
    {
        var text = string.Concat(Enumerable.Range(0, 150).Select(i => new string('.', 1_000) + "Needle" + i));

        var hits = TextHits.From(new StringReader(text), "nEEDLE", () => true);

        Assert.Equal((150L, 100, (long)text.Length, true), (hits.Count, hits.First.Count, hits.Characters, hits.IsComplete));
        Assert.Equal((1_000L, "Needle", new string('.', 60)), (hits.First[0].At, hits.First[0].Found, hits.First[0].Before));
        Assert.StartsWith("0....", hits.First[0].After, StringComparison.Ordinal);
    }

    [Fact]
    public void Hits_WhenTheTimeIsOver_SayHowFarTheyReach()
    {
        var pieces = 0;

        var hits = TextHits.From(new StringReader(new string('a', 300_000)), "a", () => pieces++ < 2);

        Assert.Equal((false, 131_072L, 131_072L), (hits.IsComplete, hits.Characters, hits.Count));
    }

    [Fact]
    public void Hits_InRandomText_AreThoseOfAPlainScanHoweverItIsCut()
    {
        var random = new Random(2);
        var found = 0;
        for (var round = 0; round < 200; round++)
        {
            // Longer than a piece, so that places lie across its ends.
            var text = RandomText(random, 30) is { Length: > 0 } unit ? string.Concat(Enumerable.Repeat(unit, 140_000 / unit.Length)) : "";
            var find = Pieces[random.Next(Pieces.Length)];
            var places = new List<long>();
            for (var at = text.IndexOf(find, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(find, at + find.Length, StringComparison.OrdinalIgnoreCase))
                places.Add(at);
            found += places.Count;

            var hits = TextHits.From(new StringReader(text), find, () => true);

            Assert.Equal(places.Count, hits.Count);
            Assert.Equal(places.Take(TextHits.Most), hits.First.Select(h => h.At));
            Assert.All(hits.First, h => Assert.Equal(find, h.Found, ignoreCase: true));
        }

        Assert.True(found > 1_000);
    }

    [Fact]
    public void Head_OfAText_IsNeverHalfASign()
    {
        Assert.Equal("ab", StoredText.Start("ab😀", 3));
        Assert.Equal("ab😀", StoredText.Start("ab😀", 4));
        var head = StoredText.HeadOf(new string('é', 30_000), StoredText.Head);
        Assert.Equal((20_000, 30_000L, 60_000L, false), (head.Text.Length, head.Characters, head.Bytes, head.IsWhole));
        Assert.True(StoredText.HeadOf(new string('é', 30_000), StoredText.OnRequest).IsWhole);
    }

    private static string RandomText(Random random, int pieces) => string.Concat(Enumerable.Range(0, random.Next(pieces)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}

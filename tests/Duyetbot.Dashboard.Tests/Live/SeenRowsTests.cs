using Duyetbot.Dashboard.Shared.Live;

namespace Duyetbot.Dashboard.Tests.Live;

/// <summary>What counts as new for a list.</summary>
public sealed class SeenRowsTests
{
    private const long Hour = 3_600_000;
    private static readonly RowMark[] Shown = [new("c", 300), new("b", 200), new("a", 100)];

    [Theory]
    [InlineData("a rewrite gives the same ids and moments", 0, "c 300", "b 200", "a 100")]
    [InlineData("newer than all", 1, "d 400", "c 300", "b 200", "a 100")]
    [InlineData("written late, among those shown", 1, "c 300", "late 250", "b 200", "a 100")]
    [InlineData("the same moment, another id", 1, "d 300", "c 300", "b 200")]
    [InlineData("a conversation that went on", 1, "a 500", "c 300", "b 200")]
    [InlineData("a message less", 0, "c 250", "b 200", "a 100")]
    [InlineData("older than those shown: on a later page", 0, "c 300", "b 200", "a 100", "old 50", "tie 100")]
    public void CountNew_OfAListWithMore_CountsWhatAReloadWouldBring(string why, int expected, params string[] now) =>
        Assert.True(expected == SeenRows.Shown(Shown, hasMore: true, recentAt: null).CountNew(Rows(now)), why);

    [Fact]
    public void CountNew_OfAWholeList_CountsOlderOnesToo()
    {
        var seen = SeenRows.Shown(Shown, hasMore: false, recentAt: null);

        Assert.Null(seen.After);
        Assert.Equal(1, seen.CountNew(Rows("c 300", "b 200", "a 100", "old 50")));
    }

    [Fact]
    public void CountNew_OfAnEmptyList_CountsEverything() => Assert.Equal(2, SeenRows.Shown([], hasMore: false, recentAt: null).CountNew(Rows("a 1", "b 2")));

    [Fact]
    public void Shown_UnderAFilterWithoutIndex_LooksBackAnHour()
    {
        Assert.Equal(9 * Hour, SeenRows.Shown([new("a", 1)], hasMore: false, recentAt: 10 * Hour).After);
        Assert.Equal(9 * Hour, SeenRows.Shown([new("a", 1)], hasMore: true, recentAt: 10 * Hour).After);
        Assert.Equal(9 * Hour + 5, SeenRows.Shown([new("a", 9 * Hour + 5)], hasMore: true, recentAt: 10 * Hour).After);
    }

    [Fact]
    public void CountNew_OfVeryMany_StopsAtTheBound() =>
        Assert.Equal(SeenRows.Most + 1, SeenRows.Shown(Shown, hasMore: true, recentAt: null).CountNew(Enumerable.Range(0, 5_000).Select(i => new RowMark($"new{i}", 1_000 + i))));

    [Fact]
    public async Task Recent_OfAListInAnotherOrder_KnowsTheLastHour()
    {
        long? asked = null;
        var seen = await SeenRows.RecentAsync(10 * Hour, (after, _) =>
        {
            asked = after;
            return Task.FromResult<IReadOnlyList<RowMark>>([new("a", 9 * Hour + 1)]);
        });

        Assert.Equal(9 * Hour, asked);
        Assert.Equal(0, seen.CountNew(Rows($"a {9 * Hour + 1}")));
        Assert.Equal(2, seen.CountNew(Rows($"a {9 * Hour + 2}", $"b {9 * Hour + 1}", $"c {9 * Hour}")));
    }

    private static RowMark[] Rows(params string[] rows) => [.. rows.Select(r => new RowMark(r.Split(' ')[0], long.Parse(r.Split(' ')[1])))];
}

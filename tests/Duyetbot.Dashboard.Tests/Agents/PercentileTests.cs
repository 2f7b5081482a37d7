using Duyetbot.Dashboard.Features.Agents;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Tests.Agents;

public sealed class PercentileTests
{
    // The example of the nearest rank: of five values, ranks 1, 2, 2, 3 and 5.
    [Theory]
    [InlineData(0.05, 15)]
    [InlineData(0.30, 20)]
    [InlineData(0.40, 20)]
    [InlineData(0.50, 35)]
    [InlineData(1.00, 50)]
    public void Of_FiveValues_IsTheNearestRank(double share, long expected)
    {
        Assert.Equal(expected, Percentile.Of([15, 20, 35, 40, 50], share));
        Assert.Equal(expected, Percentile.Of([[15, 40], [], [20, 35, 50]], share));
    }

    [Theory]
    [InlineData(0.50, 50)]
    [InlineData(0.95, 95)]
    [InlineData(0.99, 99)]
    public void Of_OneToAHundred_IsTheShare(double share, long expected) =>
        Assert.Equal(expected, Percentile.Of([[.. Enumerable.Range(1, 50).Select(i => (long)i)], [.. Enumerable.Range(51, 50).Select(i => (long)i)]], share));

    [Fact]
    public void Of_Nothing_IsNull() => Assert.Null(Percentile.Of([[], []], 0.5));

    [Fact]
    public void Of_OneValue_IsThatValue() => Assert.Equal(7, Percentile.Of([[7]], 0.99));

    [Fact]
    public void Of_RandomLists_EqualsOneSortedList()
    {
        var random = new Random(4);
        for (var run = 0; run < 300; run++)
        {
            var lists = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Enumerable.Range(0, random.Next(0, 30)).Select(_ => (long)random.Next(0, 40)).Order().ToList()).ToList();
            List<long> all = [.. lists.SelectMany(l => l).Order()];
            foreach (var share in new[] { 0.01, 0.5, 0.9, 0.95, 0.99, 1 })
                Assert.Equal(Percentile.Of(all, share), Percentile.Of(lists, share));
        }
    }

    [Fact]
    public void Axis_OfDurations_HoldsThemBetweenPowersOfTen()
    {
        var axis = DurationAxis.Of([new AgentFigures { P50DurationMs = 40, P95DurationMs = 90, P99DurationMs = 120 }, new AgentFigures { P50DurationMs = 900, P95DurationMs = 4_000, P99DurationMs = 10_000 }, new AgentFigures()]);

        Assert.Equal([10, 100, 1_000, 10_000], axis.Ticks);
        Assert.Equal(0, axis.PlaceOf(10), 6);
        Assert.Equal(100 / 3.0, axis.PlaceOf(100), 6);
        Assert.Equal(100, axis.PlaceOf(10_000), 6);
    }

    [Fact]
    public void Axis_OfNothing_HasTwoEnds() => Assert.Equal(2, DurationAxis.Of([]).Ticks.Count);
}

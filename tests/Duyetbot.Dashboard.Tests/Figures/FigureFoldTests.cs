using CsCheck;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using NodaTime;

namespace Duyetbot.Dashboard.Tests.Figures;

public sealed class FigureFoldTests
{
    private const long Day = 86_400_000;

    [Fact]
    public void Add_RandomRows_EveryCutSumsToTheSame() =>
        Gen.Select(Gen.Long[0, 40 * Day - 1], Gen.Int[0, 3], Gen.Int[0, 5], Gen.Int[0, 9], Gen.Long[0, 1000], Gen.Bool).List[0, 60].Sample(rows =>
        {
            var fold = new FigureFold(Periods.Of(0, 40 * Day, Granularity.Week, DateTimeZoneProviders.Tzdb["Europe/Berlin"]));
            foreach (var (at, key, user, conversation, tokens, priced) in rows)
            {
                Assert.True(fold.Add(new FigureRow
                {
                    At = at,
                    Key = key == 0 ? null : $"k{key}",
                    Input = tokens,
                    Output = tokens / 2,
                    Cached = tokens / 3,
                    User = user == 0 ? null : $"u{user}",
                    Conversation = $"c{conversation}",
                    Cost = priced ? tokens : null,
                    Unpriced = priced ? 0 : tokens + tokens / 2,
                }));
            }

            var total = fold.All.Total;
            Assert.Equal(rows.Sum(r => r.Item5 + r.Item5 / 2), total.Total);
            Assert.Equal(total.Total, fold.Series.Sum(s => s.Total.Total));
            Assert.Equal(total.Total, fold.Series.Sum(s => Enumerable.Range(0, s.Count).Sum(i => s[i].Total)));
            Assert.Equal(total.Rows, Enumerable.Range(0, fold.All.Count).Sum(i => fold.All[i].Rows));
            Assert.Equal(rows.Select(r => r.Item3).Where(u => u != 0).Distinct().Count(), total.Users);
            Assert.Equal(rows.Select(r => r.Item4).Distinct().Count(), total.Conversations);
            var top = TopSeries.Take(fold.Series, s => s.Total, 2);
            Assert.Equal(total.Total, top.Sum(s => s.Total.Total));
            Assert.Equal(total.Users, FigureSum.Of(top.Select(s => s.Total)).Users);
        });

    [Fact]
    public void Cost_NoTokenHasAPrice_IsUnknown()
    {
        var fold = new FigureFold(Periods.Of(0, Day, Granularity.Day, DateTimeZone.Utc));
        fold.Add(new FigureRow { At = 1, Key = "a", Input = 10, Unpriced = 10 });
        fold.Add(new FigureRow { At = 1, Key = "b", Input = 10, Cost = 0.5 });
        fold.Add(new FigureRow { At = 1, Key = "c", Cost = 0 });

        Assert.Null(fold.Series.Single(s => s.Key == "a").Total.Cost);
        Assert.Equal(0, fold.Series.Single(s => s.Key == "c").Total.Cost);
        Assert.Equal(0.5, fold.All.Total.Cost);
        Assert.Equal(10, fold.All.Total.Unpriced);
    }

    [Fact]
    public void Add_OutsideTheRange_IsNotCounted()
    {
        var fold = new FigureFold(Periods.Of(0, Day, Granularity.Day, DateTimeZone.Utc));

        Assert.False(fold.Add(new FigureRow { At = Day, Input = 1 }));
        Assert.Equal(0, fold.All.Total.Rows);
    }

    [Fact]
    public void Heat_MomentBeforeMidnightUtc_CountsAtItsLocalHour()
    {
        var heat = new HourHeat(DateTimeZoneProviders.Tzdb["Asia/Kathmandu"]);
        // 2026-11-23 18:20 UTC is Tuesday 00:05 in Kathmandu.
        heat.Add(new FigureRow { At = Instant.FromUtc(2026, 11, 23, 18, 20).ToUnixTimeMilliseconds(), Input = 7 });
        heat.Add(new FigureRow { At = Instant.FromUtc(1969, 12, 31, 18, 0).ToUnixTimeMilliseconds(), Input = 3 });

        Assert.Equal(7, heat.Tokens(1, 0));
        // Kathmandu was at +05:30 then: Wednesday 23:30.
        Assert.Equal(3, heat.Tokens(2, 23));
    }

    [Theory]
    [InlineData(new long[] { }, 0.95, null)]
    [InlineData(new long[] { 5 }, 0.95, 5L)]
    [InlineData(new long[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 }, 0.95, 19L)]
    [InlineData(new long[] { 1, 2, 3, 4 }, 0.5, 2L)]
    [InlineData(new long[] { 1, 2, 3, 4 }, 1.0, 4L)]
    public void Percentile_IsTheNearestRank(long[] values, double share, long? expected) => Assert.Equal(expected, Percentile.Of(values, share));

    [Theory]
    [InlineData(2_165_682, new[] { 0, 600_000, 1_200_000, 1_800_000, 2_400_000.0 })]
    [InlineData(3, new[] { 0, 1, 2, 3.0 })]
    [InlineData(0, new[] { 0, 1.0 })]
    public void Scale_Linear_HoldsTheLargestInRoundSteps(double largest, double[] ticks) => Assert.Equal(ticks, ChartScale.Of([largest, 1], ChartAxis.Linear, whole: true).Ticks);

    [Fact]
    public void Scale_Log_OneTickPerPowerOfTen()
    {
        var scale = ChartScale.Of([450, 2_000_000], ChartAxis.Log, whole: true);

        Assert.Equal([0, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000], scale.Ticks);
        Assert.Equal(0, scale.HeightOf(0));
        Assert.Equal(1 / 6.0, scale.HeightOf(100), 6);
        Assert.Equal(1, scale.HeightOf(10_000_000), 6);
    }

    [Theory]
    // One day of a month stands far out.
    [InlineData(new[] { 100.0, 110, 90, 120, 105, 95, 0, 4000 }, true, 120)]
    // Two of them do.
    [InlineData(new[] { 100.0, 110, 90, 120, 105, 95, 100, 110, 90, 120, 105, 95, 100, 110, 90, 120, 105, 95, 3000, 4000 }, true, 120)]
    // Even days, and one a little better: nothing stands out.
    [InlineData(new[] { 100.0, 100, 100, 100, 100, 190 }, false, 200)]
    // A third of them is no exception.
    [InlineData(new[] { 10.0, 10, 10, 10, 5000, 5000 }, false, 6000)]
    [InlineData(new[] { 7.0 }, false, 8)]
    [InlineData(new[] { 0.0, 0 }, false, 1)]
    public void Scale_Cut_HoldsAllButWhatStandsFarOut(double[] values, bool isCut, double top)
    {
        var scale = ChartScale.Of(values, ChartAxis.Cut, whole: true);

        Assert.Equal((isCut, top, false), (scale.IsCut, scale.Max, scale.IsLog));
        Assert.Equal(values.Where(v => v > top), values.Where(scale.Cuts));
        Assert.All(values, v => Assert.Equal(Math.Min(1, v / top), scale.HeightOf(v), 9));
        Assert.False(ChartScale.Of(values, ChartAxis.Linear, whole: true).IsCut);
    }

    [Fact]
    public void Shape_CutAxis_NamesTheCutPeriodsAndKeepsTheirShares()
    {
        var periods = Periods.Of(0, 8 * Day, Granularity.Day, DateTimeZone.Utc);
        double[] small = [60, 60, 60, 60, 60, 60, 60, 1000], large = [40, 41, 39, 40, 40, 42, 40, 3000];
        PeriodChartShape Of(ChartAxis axis, bool additive) => PeriodChartShape.Of(
            periods, [new BarSeries("a", "--series-1", small), new BarSeries("b", "--series-2", large)], null, dollars: false, axis, Instant.FromUnixTimeMilliseconds(0), additive);

        var bars = Of(ChartAxis.Cut, additive: true);
        Assert.Equal([7], bars.CutAt);
        Assert.Equal((0.25, 0.75), (bars.HeightOf(bars.Series[0], 7), bars.HeightOf(bars.Series[1], 7)));
        Assert.Equal([7], Of(ChartAxis.Cut, additive: false).CutAt);
        Assert.Empty(Of(ChartAxis.Linear, additive: true).CutAt);
    }

    [Fact]
    public void Take_OneMoreThanFits_IsNotCalledOther()
    {
        var fold = new FigureFold(Periods.Of(0, Day, Granularity.Day, DateTimeZone.Utc));
        foreach (var i in Enumerable.Range(1, 30))
            fold.Add(new FigureRow { At = 1, Key = $"k{i:00}", Input = i });

        Assert.Equal(30, TopSeries.Take(fold.Series, s => s.Total, 30).Count);
        var top = TopSeries.Take(fold.Series, s => s.Total, 8);
        Assert.Equal(8, top.Count);
        Assert.Equal((TopSeries.OtherKey, "Other (23)"), (top[^1].Key, top[^1].Label));
        Assert.Equal(Enumerable.Range(1, 23).Sum(), top[^1].Total.Total);
    }
}

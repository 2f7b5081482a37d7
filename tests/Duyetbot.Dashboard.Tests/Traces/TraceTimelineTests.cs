using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Features.Traces;
using static Duyetbot.Dashboard.Tests.Traces.Steps;

namespace Duyetbot.Dashboard.Tests.Traces;

public sealed class TraceTimelineTests
{
    [Fact]
    public void From_AgentsWithoutStarts_FollowEachOther()
    {
        var timeline = From(100, Step("0", 30), Step("1", 50));

        Assert.Equal([(0, 30), (30, 80)], Places(timeline));
        Assert.All(timeline.Nodes, n => Assert.True(n.IsInferred));
        Assert.Equal((0, 100), (timeline.Start, timeline.End));
    }

    [Fact]
    public void From_WorkersThatFitTheirParent_FollowEachOtherInside()
    {
        var timeline = From(null, Step("0", 10), Step("1", 100), Step("1.0", 40), Step("1.1", 60));

        Assert.Equal([(0, 10), (10, 110), (10, 50), (50, 110)], Places(timeline));
        Assert.Equal(0, timeline.Nodes[1].OwnMs);
    }

    [Fact]
    public void From_WorkersThatDoNotFit_LieSideBySideFromTheirParentsStart()
    {
        var timeline = From(null, Step("0", 10), Step("1", 100), Step("1.0", 70), Step("1.1", 60));

        Assert.Equal([(0, 10), (10, 110), (10, 80), (10, 70)], Places(timeline));
        Assert.Equal(30, timeline.Nodes[1].OwnMs);
    }

    [Fact]
    public void From_ChildLongerThanItsParent_IsNotCutAndExtendsTheAxis()
    {
        var timeline = From(100, Step("0", 100), Step("0.0", 250));

        Assert.Equal((0, 250), (timeline.Nodes[1].Start, timeline.Nodes[1].End));
        Assert.Equal(250, timeline.End);
        Assert.Equal(0, timeline.Nodes[0].OwnMs);
    }

    [Fact]
    public void From_RecordedStarts_AreUsedAsTheyAreEvenBeforeTheEvent()
    {
        var timeline = From(100, Step("0", 20, startedAt: 40), Step("1", 10, startedAt: -25), Step("2", 5));

        Assert.Equal([(40, 60), (-25, -15), (60, 65)], Places(timeline));
        Assert.Equal((-25, 100), (timeline.Start, timeline.End));
        Assert.Equal(2, timeline.Recorded);
    }

    [Fact]
    public void From_InferredAfterOverlappingRecorded_BeginsWhenAllBeforeHaveEnded()
    {
        var timeline = From(null, Step("0", 100), Step("0.0", 60, startedAt: 5), Step("0.1", 10, startedAt: 6), Step("0.2", 20));

        Assert.Equal((65, 85), (timeline.Nodes[3].Start, timeline.Nodes[3].End));
        Assert.Equal([(5, 65, false), (65, 85, true)], timeline.Nodes[0].Covered);
        Assert.Equal(20, timeline.Nodes[0].OwnMs);
    }

    [Fact]
    public void From_ZeroDurations_StandWhereTheyHappened()
    {
        var timeline = From(null, Step("0", 0), Step("0.0", 0), Step("1", 7), Step("2", 0));

        Assert.Equal([(0, 0), (0, 0), (0, 7), (7, 7)], Places(timeline));
        Assert.Equal(7, timeline.Length);
    }

    [Fact]
    public void From_NoSteps_HasAnAxisOfTheEvent()
    {
        var timeline = From(40);

        Assert.Empty(timeline.Nodes);
        Assert.Equal((0, 40), (timeline.Start, timeline.End));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void From_AbsurdRecordedStart_DoesNotOverflow(long start)
    {
        var timeline = From(10, Step("0", 1_000_000_000_000, startedAt: start), Step("1", 1_000_000_000_000));

        Assert.True(timeline.Length > 0);
    }

    [Fact]
    public void From_Subtrees_SumTokensCostAndFailuresUpwards()
    {
        var timeline = From(null, Step("0", 9, tokens: 5, cost: 1), Step("0.0", 3, tokens: 7, cost: 2), Step("0.0.0", 1, tokens: 11, cost: null, failed: true), Step("1", 1, tokens: 13, cost: null));

        Assert.Equal([23, 18, 11, 13], timeline.Nodes.Select(n => n.SubtreeTokens));
        Assert.Equal([3.0, 2.0, null, null], timeline.Nodes.Select(n => n.SubtreeCost));
        Assert.Equal([11, 11, 11, 13], timeline.Nodes.Select(n => n.SubtreeUnpriced));
        Assert.Equal([2, 1, 0, 0], timeline.Nodes.Select(n => n.Descendants));
        Assert.Equal([true, true, false, false], timeline.Nodes.Select(n => n.HasFailedBelow));
    }

    [Fact]
    public void From_TreeOfDepth5000_NeedsNoRecursion()
    {
        var path = "0";
        var steps = new List<StepRow> { Step(path, 5000) };
        for (var i = 1; i < 5000; i++)
            steps.Add(Step(path += ".0", 5000 - i));

        var timeline = TraceTimeline.From(steps, 0, null);
        var rows = TraceRows.From(timeline, FoldState.Default, -1);

        Assert.Equal(5000, rows.Rows.Count);
        Assert.Equal(5000, CriticalPath.From(timeline).TotalMs);
    }

    private static TraceTimeline From(long? durationMs, params StepRow[] steps) => TraceTimeline.From(steps, 0, durationMs);

    private static IEnumerable<(long Start, long End)> Places(TraceTimeline timeline) => timeline.Nodes.Select(n => (n.Start, n.End));
}

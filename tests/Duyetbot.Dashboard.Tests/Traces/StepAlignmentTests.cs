using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Features.Traces;
using static Duyetbot.Dashboard.Tests.Traces.Steps;

namespace Duyetbot.Dashboard.Tests.Traces;

public sealed class StepAlignmentTests
{
    [Fact]
    public void Of_StepAddedInTheMiddle_KeepsThePartnersOfTheOthers() => AssertPairs(
        [Step("0", name: "router"), Step("1", name: "boss"), Step("1.0", name: "w"), Step("2", name: "end")],
        [Step("0", name: "router"), Step("1", name: "extra"), Step("2", name: "boss"), Step("2.0", name: "w"), Step("3", name: "end")],
        "0=0", "-=1", "1=2", "1.0=2.0", "2=3");

    [Fact]
    public void Of_ParallelWorkersInAnotherOrder_PairsThemByName() => AssertPairs(
        [Step("0", name: "boss"), Step("0.0", name: "x"), Step("0.1", name: "y")],
        [Step("0", name: "boss"), Step("0.0", name: "y"), Step("0.1", name: "x")],
        "0=0", "0.0=0.1", "0.1=0.0");

    [Fact]
    public void Of_SiblingsOfOneName_PairsThemByNumber() => AssertPairs(
        [Step("0", name: "retry"), Step("1", name: "retry"), Step("2", name: "retry")],
        [Step("0", name: "retry"), Step("1", name: "retry")],
        "0=0", "1=1", "2=-");

    [Fact]
    public void Of_SameNameUnderAnotherParent_IsAnotherStep() => AssertPairs(
        [Step("0", name: "a"), Step("0.0", name: "w")],
        [Step("0", name: "b"), Step("0.0", name: "w")],
        "-=0", "-=0.0", "0=-", "0.0=-");

    [Fact]
    public void Of_SameNameOfAnotherKind_IsAnotherStep() => AssertPairs(
        [Step("0", name: "a")],
        [Step("0", name: "a") with { AgentType = "tool" }],
        "-=0", "0=-");

    [Fact]
    public void Of_StepsWithoutNames_PairsThemByNumber() => AssertPairs(
        [Step("0") with { AgentName = null }, Step("1") with { AgentName = null }],
        [Step("0") with { AgentName = null }],
        "0=0", "1=-");

    [Fact]
    public void Of_NothingOnOneSide_ListsTheOther()
    {
        AssertPairs([], [Step("0"), Step("0.0")], "-=0", "-=0.0");
        AssertPairs([Step("0"), Step("0.0")], [], "0=-", "0.0=-");
        AssertPairs([], []);
    }

    [Fact]
    public void Of_AChainOfThousands_IsPairedToItsEnd()
    {
        var deep = Enumerable.Range(0, 2_000).Select(i => Step(string.Join('.', Enumerable.Repeat("0", i + 1)), name: "deep")).ToList();

        var pairs = StepAlignment.Of(TraceTimeline.From(deep, 0, 1), TraceTimeline.From(deep, 0, 1));

        Assert.Equal(2_000, pairs.Count);
        Assert.All(pairs, p => Assert.Equal(p.A!.Depth, p.B!.Depth));
    }

    [Fact]
    public void Pair_Differences_AreSecondLessFirst()
    {
        var pair = Assert.Single(StepAlignment.Of(
            TraceTimeline.From([Step("0", 100, name: "a", tokens: 10, cost: 0.5)], 0, 1),
            TraceTimeline.From([Step("0", 40, name: "a", tokens: 30, cost: 2)], 0, 1)));

        Assert.Equal((-60, 20, 1.5), (pair.DeltaMs, pair.DeltaTokens, pair.DeltaUsd));
    }

    [Fact]
    public void Pair_OfAMissingStep_CountsItAsNothing()
    {
        var gone = Assert.Single(StepAlignment.Of(TraceTimeline.From([Step("0", 100, tokens: 10, cost: 0.5)], 0, 1), TraceTimeline.From([], 0, 1)));

        Assert.Equal((-100, -10, -0.5), (gone.DeltaMs, gone.DeltaTokens, gone.DeltaUsd));
    }

    [Fact]
    public void Pair_WithAStepWithoutPrice_HasNoDifferenceInCost()
    {
        var pair = Assert.Single(StepAlignment.Of(
            TraceTimeline.From([Step("0", name: "a", tokens: 10, cost: null)], 0, 1),
            TraceTimeline.From([Step("0", name: "a", tokens: 30, cost: 2)], 0, 1)));

        Assert.Null(pair.DeltaUsd);
    }

    private static void AssertPairs(StepRow[] a, StepRow[] b, params string[] expected)
    {
        static string Path(TimelineNode? node) => node is null ? "-" : TraceRows.KeyOf(node);

        var pairs = StepAlignment.Of(TraceTimeline.From(a, 0, 1), TraceTimeline.From(b, 0, 1));

        Assert.Equal(expected, pairs.Select(p => $"{Path(p.A)}={Path(p.B)}"));
    }
}

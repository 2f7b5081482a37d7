using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Features.Traces;
using static Duyetbot.Dashboard.Tests.Traces.Steps;

namespace Duyetbot.Dashboard.Tests.Traces;

public sealed class TraceRowsTests
{
    [Fact]
    public void GroupsAround_StepInAGroupInAGroup_NamesBothInnermostFirst()
    {
        var timeline = TraceTimeline.From(
            [Step("0", 1, name: "boss"), .. Enumerable.Range(0, 6).Select(i => Step($"0.{i}", 1, name: "w")), .. Enumerable.Range(0, 7).Select(i => Step($"0.2.{i}", 1, name: "x")), Step("0.2.7", 1, name: "alone")],
            0,
            10);

        Assert.Equal(["0.2.0*", "0.0*"], TraceRows.GroupsAround(timeline, timeline.Nodes.Single(n => TraceRows.KeyOf(n) == "0.2.5").Index));
        Assert.Equal(["0.0*"], TraceRows.GroupsAround(timeline, timeline.Nodes.Single(n => TraceRows.KeyOf(n) == "0.2.7").Index));
        Assert.Empty(TraceRows.GroupsAround(timeline, 0));
        Assert.Empty(TraceRows.GroupsAround(timeline, -1));
    }

    private static readonly StepRow[] Fan =
    [
        Step("0", 10, name: "boss"),
        .. Enumerable.Range(0, 6).Select(i => Step($"0.{i}", 1 + i, name: "search", failed: i == 4)),
        Step("0.6", 3, name: "other"),
    ];

    [Fact]
    public void From_SixAlikeSiblings_BecomeOneGroup()
    {
        var rows = Rows(FoldState.Default, Fan);

        Assert.Equal(["boss", "search", "other"], rows.Rows.Select(r => r.Node.Step.AgentName));
        Assert.Equal(6, rows.Rows[1].Members!.Count);
        Assert.True(rows.Rows[1].IsFailed);
        Assert.Equal(6, rows.HiddenSteps);
    }

    [Fact]
    public void From_DeepChain_KeepsRoomForNamesAndSaysTheLevel()
    {
        var chain = Enumerable.Range(1, 30).Select(level => Step(string.Join('.', Enumerable.Repeat("0", level)), 10, name: $"level-{level}")).ToArray();

        var rows = Rows(FoldState.Default, chain).Rows;

        Assert.Equal(30, rows.Count);
        Assert.Equal(6, rows.Max(r => r.Lines.Count));
        Assert.Equal([.. Enumerable.Range(8, 23)], rows.Where(r => r.IsDeeperThanDrawn).Select(r => r.Level));
    }

    [Fact]
    public void From_FiveAlikeSiblings_StaySingle()
    {
        var rows = Rows(FoldState.Default, [.. Fan.Where(s => s.StepId != "e-0.5")]);

        Assert.Equal(7, rows.Rows.Count);
        Assert.Equal(0, rows.HiddenSteps);
    }

    [Fact]
    public void From_OpenedGroup_ShowsItsMembersOneLevelDeeper()
    {
        var rows = Rows(FoldState.Default with { Opened = new HashSet<string> { "0.0*" } }, Fan);

        Assert.Equal(9, rows.Rows.Count);
        Assert.Equal([1, 2, 3, 3, 3, 3, 3, 3, 2], rows.Rows.Select(r => r.Level));
        Assert.Equal(0, rows.HiddenSteps);
    }

    [Fact]
    public void From_FoldedLevel_HidesWhatLiesBelowAndCountsIt()
    {
        var rows = Rows(FoldState.Default with { Level = 1 }, Fan);

        Assert.Equal("0", Assert.Single(rows.Rows).Key);
        Assert.Equal(7, rows.HiddenSteps);
        Assert.True(rows.Rows[0].LeadsToError);
    }

    [Fact]
    public void From_SelectedStepInAFold_IsShownAllTheSame()
    {
        var timeline = TraceTimeline.From(Fan, 0, null);

        var rows = TraceRows.From(timeline, FoldState.Default with { Level = 1 }, selected: 3);

        Assert.Contains(rows.Rows, r => !r.IsGroup && r.Node.Index == 3);
    }

    [Fact]
    public void From_ShortestDuration_LeavesOutWhatIsShorterAndLeadsToNothingLonger()
    {
        StepRow[] steps =
        [
            Step("0", 5), Step("0.0", 50), Step("0.1", 4), Step("0.1.0", 3),
            Step("1", 9), Step("1.0", 9),
            Step("2", 1, failed: true), Step("2.0", 1),
            Step("3", 10),
        ];

        var rows = TraceRows.From(TraceTimeline.From(steps, 0, null), FoldState.Default, -1, minMs: 10);

        // 0 leads to 0.0; 2 failed; 3 is just long enough.
        Assert.Equal(["0", "0.0", "2", "3"], rows.Rows.Select(r => r.Key));
        Assert.Equal((0, 5), (rows.HiddenSteps, rows.ShortSteps));
        Assert.False(rows.Rows[2].IsFoldable);
    }

    [Fact]
    public void From_ShortestDuration_KeepsTheSelectedStep() =>
        Assert.Equal(["0", "0.0"], TraceRows.From(TraceTimeline.From([Step("0", 5), Step("0.0", 1), Step("1", 1)], 0, null), FoldState.Default, 1, minMs: 10).Rows.Select(r => r.Key));

    private static TraceRows Rows(FoldState fold, StepRow[] steps) => TraceRows.From(TraceTimeline.From(steps, 0, null), fold, -1);
}

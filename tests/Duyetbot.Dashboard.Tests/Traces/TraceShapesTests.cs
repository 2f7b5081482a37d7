using Duyetbot.Dashboard.Features.Traces;
using Duyetbot.Dashboard.Shared;
using static Duyetbot.Dashboard.Tests.Traces.Steps;

namespace Duyetbot.Dashboard.Tests.Traces;

public sealed class TraceShapesTests
{
    [Theory]
    [InlineData("router|0", "router")]
    [InlineData("router|0 boss|0 a|1 b|2 c|1", "router › boss › 3 workers")]
    [InlineData("boss|0 a|1 talker|0", "boss › 1 worker › talker")]
    [InlineData("x|0 x|0 x|0", "x ×3")]
    [InlineData("|0", "unnamed")]
    [InlineData("a|0 b|0 c|0 d|0 e|0 f|0 g|0 h|0", "a › b › c › d › … › h")]
    public void AgentsPath_Steps_NamesAgentsAndCountsWorkers(string steps, string expected) =>
        Assert.Equal(expected, AgentsPath.From(steps.Split(' ').Select(s => (s.Split('|')[0] is { Length: > 0 } n ? n : null, long.Parse(s.Split('|')[1])))));

    [Fact]
    public void AgentsPath_NoSteps_IsNull() => Assert.Null(AgentsPath.From([]));

    [Fact]
    public void StepPath_Ids_SortByNumberWithParentsFirst() => Assert.Equal(
        ["a-b-1", "a-b-2", "a-b-2.0", "a-b-2.9", "a-b-2.10", "a-b-10"],
        StepPath.InOrder(["a-b-10", "a-b-2.10", "a-b-2", "a-b-2.9", "a-b-1", "a-b-2.0"], s => s, _ => "a-b"));

    [Theory]
    [InlineData(0, 41_280, 5_000, "0 s|5 s|10 s|15 s|20 s|25 s|30 s|35 s|40 s")]
    [InlineData(0, 900, 100, "0 ms|100 ms|200 ms|300 ms|400 ms|500 ms|600 ms|700 ms|800 ms|900 ms")]
    [InlineData(-2_000, 3_000, 1_000, "−2 s|−1 s|0 s|1 s|2 s|3 s")]
    [InlineData(0, 0, 1, "0 ms")]
    [InlineData(0, 600_000, 100_000, "0 s|100 s|200 s|300 s|400 s|500 s|600 s")]
    [InlineData(0, 1_500_000, 300_000, "0 min|5 min|10 min|15 min|20 min|25 min")]
    [InlineData(0, 90_000_000, 18_000_000, "0 h|5 h|10 h|15 h|20 h|25 h")]
    [InlineData(-217_728_000_000, 60_000, 86_400_000_000, "−2,000 d|−1,000 d|0 d")]
    [InlineData(12_000, 13_000, 200, "12 s|12.2 s|12.4 s|12.6 s|12.8 s|13 s")]
    public void TimeAxis_Window_HasStepsOfOneTwoOrFive(long start, long end, long step, string labels)
    {
        var axis = TimeAxis.From(start, end);

        Assert.Equal(step, axis.StepMs);
        Assert.Equal(labels, string.Join('|', axis.Ticks.Select(axis.Label)).Replace('\u202f', ' '));
    }

    [Theory]
    [InlineData(100, "M0 0h100v1h-100z")]
    [InlineData(1, "M0 0h1v1h-1z")]
    public void TraceBar_StepTooShortToSee_KeepsAWidthOnTheCriticalPathThatCanBeSeen(double window, string drawn)
    {
        var timeline = TraceTimeline.From([Step("0", 1)], 0, 1_000_000);
        var rows = TraceRows.From(timeline, FoldState.Default, -1);

        var bar = TraceBar.From(rows.Rows[0], timeline, CriticalPath.From(timeline), (0, window));

        Assert.Equal(drawn, bar.PathDrawing);
    }

    [Fact]
    public void TraceBar_FoldedParent_CarriesWhatLiesBelowOnTheCriticalPath()
    {
        var timeline = TraceTimeline.From([Step("0", 100), Step("0.0", 50), Step("1", 100)], 0, 200);
        var rows = TraceRows.From(timeline, FoldState.Default with { Level = 1 }, -1);

        var bar = TraceBar.From(rows.Rows[0], timeline, CriticalPath.From(timeline), (0, 100));

        Assert.Equal((0, 50), (bar.X, bar.W));
        Assert.Equal("M0 0h50000v1h-50000z", bar.PathDrawing);
        Assert.Equal(new BarPart(0, 50, true), Assert.Single(bar.Covered));
        Assert.Equal("", bar.LabelClass);
    }

    [Theory]
    [InlineData(0, 100, "inside")]
    [InlineData(50, 50, "before")]
    [InlineData(0, 80, "")]
    public void TraceBar_Label_StandsWhereThereIsRoom(long start, long duration, string expected)
    {
        var timeline = TraceTimeline.From([Step("0", duration, start)], 0, 100);

        var bar = TraceBar.From(TraceRows.From(timeline, FoldState.Default, -1).Rows[0], timeline, null, (0, 100));

        Assert.Equal(expected, bar.LabelClass);
    }

    [Theory]
    [InlineData("""["a","b"]""", "a,b")]
    [InlineData("plain", "plain")]
    [InlineData("""[{"name":"q","duration_ms":5,"error":"x"},7]""", "q,7")]
    [InlineData(null, "")]
    public void ToolUse_AnyShape_GivesNames(string? json, string names) => Assert.Equal(names, string.Join(',', ToolUse.From(json).Select(t => t.Name)));

    [Fact]
    public void JsonHtml_HostileText_IsEncoded()
    {
        using var json = System.Text.Json.JsonDocument.Parse("""{"<script>":"</pre><img src=x>","workers":[{"a":1}],"tools":["a",null,{"b":[]}]}""");

        var html = JsonHtml.Members(json.RootElement, "workers");

        Assert.DoesNotContain("<script>", html);
        Assert.DoesNotContain("<img", html);
        Assert.Contains("[ 1 item ]", html);
        Assert.Contains("<span class=\"k\">&quot;b&quot;</span>: []", html);
    }

    [Theory]
    [InlineData("/traces/a%2Fb%23%25%20c?step=x/y", "a/b#% c")]
    [InlineData("http://h/traces/a%252Fb", "a%2Fb")]
    [InlineData("/other", "")]
    public void PathId_EncodedSegment_IsDecodedOnce(string uri, string expected) => Assert.Equal(expected, PathId.After(uri, "/traces/"));
}

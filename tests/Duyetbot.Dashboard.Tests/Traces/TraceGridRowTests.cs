using Bunit;
using Duyetbot.Dashboard.Features.Traces;
using static Duyetbot.Dashboard.Tests.Traces.Steps;

namespace Duyetbot.Dashboard.Tests.Traces;

public sealed class TraceGridRowTests : BunitContext
{
    [Fact]
    public void Row_InferredFailedStep_SaysAndDrawsBoth()
    {
        var row = Render(Step("0", 1500, name: "analyst", failed: true, tokens: 12, cost: 0.5));

        Assert.Equal("step-row", row.GetAttribute("data-testid"));
        Assert.Equal("1", row.GetAttribute("aria-level"));
        Assert.Equal("false", row.GetAttribute("aria-selected"));
        Assert.Equal("analyst: 1.50\u202fs, from 0\u202fms, start inferred, error", row.QuerySelector(".wf-cell")!.GetAttribute("aria-label"));
        Assert.Contains("hatch", row.QuerySelector(".wf-b")!.ClassName);
        Assert.Contains("err", row.QuerySelector(".wf-b")!.ClassName);
        Assert.Equal("12", row.QuerySelectorAll(".num")[0].TextContent);
        Assert.Equal("", row.QuerySelectorAll(".num")[1].TextContent);
    }

    [Fact]
    public void Row_RecordedStepWithoutPrice_IsSolidAndSaysNoPrice()
    {
        var row = Render(Step("0", 10, startedAt: 0, tokens: 3, cost: null));

        Assert.DoesNotContain("hatch", row.QuerySelector(".wf-b")!.ClassName);
        Assert.Equal("no price", row.QuerySelectorAll(".num")[2].TextContent.Trim());
    }

    private AngleSharp.Dom.IElement Render(Data.Rows.StepRow step)
    {
        var timeline = TraceTimeline.From([step], 0, null);
        var row = TraceRows.From(timeline, FoldState.Default, -1).Rows[0];
        return Render<TraceGridRow>(p => p
            .Add(r => r.Row, row)
            .Add(r => r.Number, 2)
            .Add(r => r.Bar, TraceBar.From(row, timeline, null, (0, 100)))
            .Add(r => r.Origin, 0)
            .Add(r => r.Href, "/traces/e?step=e-0")).Find("[role=row]");
    }
}

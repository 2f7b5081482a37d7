using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Features.Traces;
using static Duyetbot.Dashboard.Tests.Traces.Steps;

namespace Duyetbot.Dashboard.Tests.Traces;

public sealed class CriticalPathTests
{
    [Fact]
    public void From_AgentsInARow_AllAreOnThePath()
    {
        var path = From(Step("0", 30), Step("1", 50));

        Assert.Equal(80, path.TotalMs);
        Assert.Equal([(0, 30)], path.PartsOf(0));
        Assert.Equal([(30, 80)], path.PartsOf(1));
    }

    [Fact]
    public void From_ParentWithOneChild_KeepsItsOwnTimeAroundIt()
    {
        // Parent 0-100, child 20-60: the parent decides 0-20 and 60-100.
        var path = From(Step("0", 100, 0), Step("0.0", 40, 20));

        Assert.Equal([(0, 20), (60, 100)], path.PartsOf(0));
        Assert.Equal([(20, 60)], path.PartsOf(1));
        Assert.Equal(100, path.TotalMs);
    }

    [Fact]
    public void From_OverlappingChildren_TheLastToFinishDecides()
    {
        // Child 1 (50-100) finishes last; child 0 (0-70) still ran when it began, so the parent decides 0-50.
        var path = From(Step("0", 100, 0), Step("0.0", 70, 0), Step("0.1", 50, 50));

        Assert.Equal([(50, 100)], path.PartsOf(2));
        Assert.Empty(path.PartsOf(1));
        Assert.Equal([(0, 50)], path.PartsOf(0));
    }

    [Fact]
    public void From_SameStartChildren_TheLongerDecides()
    {
        var path = From(Step("0", 100, 0), Step("0.0", 100, 0), Step("0.1", 60, 0));

        Assert.Equal([(0, 100)], path.PartsOf(1));
        Assert.Empty(path.PartsOf(2));
        Assert.Empty(path.PartsOf(0));
    }

    [Fact]
    public void From_ChildLongerThanItsParent_IsCutAtItsEdge()
    {
        // The agent ends at 100; its child runs on to 250. Nothing but the child stands between 100 and 250, and it lies in no window.
        var path = From(Step("0", 100, 0), Step("0.0", 250, 0));

        Assert.Equal([(0, 100)], path.PartsOf(1));
        Assert.Equal(100, path.TotalMs);
    }

    [Fact]
    public void From_ZeroDurations_AreNotOnThePath()
    {
        var path = From(Step("0", 10, 0), Step("0.0", 0, 10), Step("0.1", 0, 5), Step("1", 0, 10));

        Assert.Equal([(0, 10)], path.PartsOf(0));
        Assert.Equal(10, path.TotalMs);
    }

    [Fact]
    public void From_GapBetweenAgents_BelongsToNobody()
    {
        var path = From(Step("0", 10, 0), Step("1", 10, 90));

        Assert.Equal(20, path.TotalMs);
    }

    private static CriticalPath From(params StepRow[] steps) => CriticalPath.From(TraceTimeline.From(steps, 0, null));
}

using Duyetbot.Dashboard.Shared.Payload;

namespace Duyetbot.Dashboard.Tests.Payload;

/// <summary>What of a tree is drawn, and what a key does to it.</summary>
public sealed class JsonTreeViewTests
{
    private const string Small = """{"a":{"b":[1,2],"c":"x"},"workers":[{"name":"w"}],"z":null}""";

    [Fact]
    public void Lines_OfASmallTree_AreAllOfIt() =>
        Assert.Equal("$ $.a $.a.b $.a.b[0] $.a.b[1] $.a.c $.workers $.workers[0] $.workers[0].name $.z", Paths(new JsonTreeView(JsonRows.Read(Small))));

    [Fact]
    public void Lines_WithAFoldedKeyAndOneLevel_StopThere()
    {
        Assert.Equal("$ $.a $.a.b $.a.b[0] $.a.b[1] $.a.c $.workers $.z", Paths(new JsonTreeView(JsonRows.Read(Small), foldedKey: "workers")));
        Assert.Equal("$ $.a $.workers $.z", Paths(new JsonTreeView(JsonRows.Read(Small), levels: 1)));
    }

    [Fact]
    public void Lines_OfABigTree_AreTheLevelsThatFit()
    {
        // 1 + 100 fit, 1 + 100 + 400 do not.
        var view = new JsonTreeView(JsonRows.Read($"[{string.Join(',', Enumerable.Repeat("[1,2,3,4]", 100))}]"));

        Assert.Equal(101, view.Lines.Count);
        Assert.False(view.IsLong);
        view.UnfoldAll();
        Assert.Equal((501, true), (view.Lines.Count, view.IsLong));
        view.FoldAll();
        Assert.Equal(101, view.Lines.Count);
    }

    [Fact]
    public void Keys_InTheTree_DoWhatATreeDoes()
    {
        var view = new JsonTreeView(JsonRows.Read(Small), levels: 1);
        string After(params string[] keys)
        {
            foreach (var key in keys)
                Assert.True(view.Press(key), key);
            return view.Rows.Path(view.Active);
        }

        Assert.Equal("$", After("ArrowDown"));
        Assert.Equal("$.a", After("ArrowRight"));
        Assert.Equal("$.a", After("ArrowRight"));
        Assert.Equal("$.a.b", After("ArrowRight"));
        Assert.Equal("$.a.b", After("ArrowRight"));
        Assert.Equal("$.a.b[1]", After("ArrowRight", "ArrowDown"));
        Assert.Equal("$.a.b", After("ArrowLeft"));
        Assert.Equal("$.a", After("ArrowLeft", "ArrowLeft"));
        Assert.Equal("$.z", After("End"));
        Assert.Equal("$.workers", After("ArrowUp"));
        Assert.Equal("$.workers[0]", After("*", "ArrowDown"));
        Assert.Equal("$", After("Home"));
        Assert.Equal("$", After("Enter"));
        Assert.Equal("$", Paths(view));
        Assert.False(view.Press("q"));
    }

    [Fact]
    public void Step_ThroughWhatIsFound_UnfoldsWhatHidesIt()
    {
        var view = new JsonTreeView(JsonRows.Read("""{"a":{"b":{"hit":1}},"c":["HIT",{"d":0}]}"""), levels: 1) { Find = "hit" };

        Assert.Equal("$ $.a $.c", Paths(view));
        Assert.Equal((1, 1), (view.HitsBelow(1), view.HitsBelow(4)));
        view.Step(1);
        Assert.Equal(("$.a.b.hit", "$ $.a $.a.b $.a.b.hit $.c"), (view.Rows.Path(view.Active), Paths(view)));
        view.Step(1);
        Assert.Equal("$.c[0]", view.Rows.Path(view.Active));
        view.Step(1);
        Assert.Equal("$.a.b.hit", view.Rows.Path(view.Active));
        view.Step(-1);
        Assert.Equal((1, "$.c[0]"), (view.Hit, view.Rows.Path(view.Active)));
    }

    [Fact]
    public void OnlyHits_LeavesTheRestOut()
    {
        var view = new JsonTreeView(JsonRows.Read("""{"a":{"b":{"hit":1},"x":2},"c":["HIT",{"d":0}],"e":5}"""), levels: 1) { Find = "hit", OnlyHits = true };

        Assert.Equal("$ $.a $.a.b $.a.b.hit $.c $.c[0]", Paths(view));
        view.Find = "nowhere";
        Assert.Empty(view.Lines);
        Assert.False(view.Press("ArrowDown"));
    }

    [Fact]
    public void LongString_Opened_IsDrawnBelowItsRow()
    {
        var view = new JsonTreeView(JsonRows.Read("""["one\ntwo","short"]"""));
        Assert.Equal([true, true, true], view.Lines.Select(l => l.IsRow));

        view.Toggle(1);
        Assert.Equal(new JsonLine(1, 0, 7), view.Lines[2]);
        Assert.Equal((1, 3), (view.LineOf(1), view.LineOf(2)));
        view.Press("ArrowDown");
        Assert.Equal(2, view.Active);
        view.Toggle(1);
        Assert.Equal(3, view.Lines.Count);
    }

    [Fact]
    public void HugeString_Opened_ComesInLinesThatMakeItUp()
    {
        var text = string.Concat(Enumerable.Repeat("some words of it ", 5_000));
        var view = new JsonTreeView(JsonRows.Read($"[\"{text}\"]"));

        view.Toggle(1);

        Assert.True(view.IsLong);
        Assert.Equal(text, string.Concat(view.Lines.Where(l => !l.IsRow).Select(l => text.Substring(l.From, l.Length))));
    }

    private static string Paths(JsonTreeView view) => string.Join(' ', view.Lines.Where(l => l.IsRow).Select(l => view.Rows.Path(l.Row)));
}

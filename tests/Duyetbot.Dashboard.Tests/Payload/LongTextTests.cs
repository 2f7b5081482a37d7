using Bunit;
using Duyetbot.Dashboard.Shared.Components;
using Duyetbot.Dashboard.Shared.Payload;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Duyetbot.Dashboard.Tests.Payload;

/// <summary>What a person sees of a stored text at every step of the ladder.</summary>
public sealed class LongTextTests : BunitContext
{
    private int _reads;

    public LongTextTests() => SetRendererInfo(new RendererInfo("Server", true));

    [Fact]
    public void Short_IsThereWhole()
    {
        var view = Show(new string('x', 20_000));

        Assert.Equal(20_000, view.Find("pre").TextContent.Length);
        Assert.Empty(view.FindAll(".cut-note"));
        Assert.Equal(20_000, view.Find("[data-copy]").GetAttribute("data-copy")!.Length);
    }

    [Fact]
    public async Task Longer_IsThereOnRequestAndFoldsAgain()
    {
        var view = Show(new string('x', 93_412));
        Assert.Equal(20_000, view.Find("pre").TextContent.Length);
        Assert.Contains("The first 20,000 of 93,412 characters, 93.4\u202fkB.", view.Find(".cut-note").TextContent, StringComparison.Ordinal);
        Assert.Equal("/whole", view.Find("a[download]").GetAttribute("href"));
        Assert.Equal(0, _reads);

        await view.Find("button.link").ClickAsync(new());

        Assert.Equal(93_412, view.Find("pre").TextContent.Length);
        await view.Find("button.link").ClickAsync(new());
        Assert.Equal((20_000, 1), (view.Find("pre").TextContent.Length, _reads));
    }

    [Fact]
    public async Task MuchLonger_IsLinesToFindIn()
    {
        var view = Show(string.Concat(Enumerable.Range(1, 15_000).Select(i => $"line {i} of it\n")));
        await view.Find("button.link").ClickAsync(new());

        Assert.Contains("15,001 lines", view.Find(".pay-tools").TextContent, StringComparison.Ordinal);
        await view.Find("[data-find]").InputAsync(new ChangeEventArgs { Value = "LINE 1499" });
        Assert.Equal("11 found", view.Find(".pay-tools [role=status]").TextContent);
        await view.Find("[data-next]").ClickAsync(new());
        await view.Find("[data-next]").ClickAsync(new());
        Assert.Equal("2 of 11", view.Find(".pay-tools [role=status]").TextContent);
        // The second place is on line 14,990, the first on 1,499.
        Assert.StartsWith("14989:", view.Find("[data-jump]").GetAttribute("data-jump"), StringComparison.Ordinal);
        await view.Find("[data-previous]").ClickAsync(new());
        await view.Find("[data-previous]").ClickAsync(new());
        Assert.Equal("11 of 11", view.Find(".pay-tools [role=status]").TextContent);
    }

    [Fact]
    public async Task TooLong_IsItsHeadAndASearchWhereItIsStored()
    {
        var view = Show(new string('x', 2_500_000) + "needle");

        Assert.DoesNotContain(view.FindAll("button"), b => b.TextContent.StartsWith("Show all", StringComparison.Ordinal));
        Assert.Contains("of 2,500,006 characters", view.Find(".cut-note").TextContent, StringComparison.Ordinal);
        await view.Find("form input").ChangeAsync(new ChangeEventArgs { Value = "needle" });
        await view.Find("form").SubmitAsync();

        Assert.Contains("1 place of “needle”", view.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal("needle", view.Find(".places mark").TextContent);
        Assert.Equal(0, _reads);
    }

    [Fact]
    public async Task Failure_OfReading_IsSaidAndCanBeTriedAgain()
    {
        var view = Render<LongText>(p => p
            .Add(c => c.What, "content")
            .Add(c => c.Stored, StoredText.HeadOf(new string('x', 50_000), StoredText.Head))
            .Add(c => c.Source, new TextSource(_ => throw new TimeoutException("too slow"), (_, _) => throw new TimeoutException(), null)));

        await view.Find("button.link").ClickAsync(new());

        Assert.Contains("too slow", view.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.False(view.Find("button.link").HasAttribute("disabled"));
    }

    [Fact]
    public async Task TextThatIsJson_HasItsTreeBesideIt()
    {
        var view = Show("""{"ok":true}""");

        Assert.Empty(view.FindAll("[role=tree]"));
        await view.FindAll(".seg button").Single(b => b.TextContent == "Tree").ClickAsync(new());
        Assert.Equal(2, view.FindAll("[role=treeitem]").Count);
        await view.FindAll(".seg button").Single(b => b.TextContent == "Text").ClickAsync(new());
        Assert.Equal("""{"ok":true}""", view.Find("pre").TextContent);
    }

    [Theory]
    [InlineData("plain words", false)]
    [InlineData("{not json", false)]
    [InlineData("{not json", true)]
    public void TextThatIsNotJson_IsShownAsItIs(string text, bool isJson)
    {
        var view = Show(text, isJson);

        Assert.Empty(view.FindAll(".seg"));
        Assert.Equal(text, view.Find("pre").TextContent);
        Assert.Equal(isJson ? 1 : 0, view.FindAll(".note.warn").Count);
    }

    [Fact]
    public async Task SameTextReadAgain_KeepsWhatWasOpened()
    {
        var view = Show(new string('x', 30_000));
        await view.Find("button.link").ClickAsync(new());

        view.Render(p => p.Add(c => c.Stored, StoredText.HeadOf(new string('x', 30_000), StoredText.Head)));
        Assert.Equal(30_000, view.Find("pre").TextContent.Length);
        view.Render(p => p.Add(c => c.Stored, StoredText.Of("another")));
        Assert.Equal("another", view.Find("pre").TextContent);
    }

    [Fact]
    public void Hostile_KeysAndValues_AreText()
    {
        var view = Show("""{"<script>hit()</script>":"</bdi><img src=x onerror=hit()>","rtl":"\u202e\u05d0"}""", isJson: true);

        Assert.Empty(view.FindAll("script, img"));
        Assert.Equal("<script>hit()</script>", view.Find("bdi.k").TextContent);
        Assert.Equal("\"</bdi><img src=x onerror=hit()>\"", view.Find("bdi.str").TextContent);
        Assert.Equal("\"\u202e\u05d0\"", view.FindAll("bdi.str")[1].TextContent);
    }

    [Fact]
    public async Task Tree_Found_MarksFoldsAndCopies()
    {
        var json = $$"""{"meta":{"list":[{{string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"value {i}\""))}}]},"long":"{{new string('y', 500)}} value end"}""";
        var view = Show(json, isJson: true);
        await view.Find("[data-find]").InputAsync(new ChangeEventArgs { Value = "Value 1" });
        Assert.Equal("11 found", view.Find(".pay-tools [role=status]").TextContent);

        await view.Find("[data-next]").ClickAsync(new());
        Assert.Equal("value 1", view.Find("mark.now").TextContent);
        var tree = view.Find("[role=tree]");
        Assert.Equal(tree.GetAttribute("aria-activedescendant"), view.Find("[aria-selected=true]").Id);
        Assert.Equal(["$.meta.list[1]", "value 1"], view.FindAll(".jt-foot [data-copy]").Select(b => b.GetAttribute("data-copy")));

        await tree.KeyDownAsync(new KeyboardEventArgs { Key = "ArrowLeft" });
        await view.Find("[role=tree]").KeyDownAsync(new KeyboardEventArgs { Key = "ArrowLeft" });
        Assert.Equal("false", view.Find("[aria-selected=true]").GetAttribute("aria-expanded"));
        Assert.Equal("11", view.Find(".badge.found").TextContent);

        await view.Find("[data-find]").InputAsync(new ChangeEventArgs { Value = "value end" });
        Assert.Contains("…yyyy", view.FindAll("bdi.str")[^1].TextContent, StringComparison.Ordinal);
        Assert.Equal("value end", view.Find("mark").TextContent);
        await view.Find("[role=treeitem]:last-child").ClickAsync(new());
        Assert.Equal(510, view.Find(".jt-text").TextContent.Length);
    }

    [Fact]
    public void Tree_OfManyRows_DrawsOnlyThoseInView()
    {
        ComponentFactories.AddStub<Microsoft.AspNetCore.Components.Web.Virtualization.Virtualize<JsonLine>>();
        var view = Render<JsonTree>(p => p.Add(t => t.Label, "Tree").Add(t => t.Rows, JsonRows.Read($"[{string.Join(',', Enumerable.Range(0, 5_000))}]")));

        Assert.Single(view.FindAll(".jt.long"));
        Assert.Empty(view.FindAll("[role=treeitem]"));
        Assert.Contains("5,001 values", view.Find(".jt-foot").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<LongText> Show(string text, bool isJson = false) => Render<LongText>(p => p
        .Add(c => c.Title, "Content")
        .Add(c => c.What, "content")
        .Add(c => c.IsJson, isJson)
        .Add(c => c.Stored, StoredText.HeadOf(text, StoredText.Head))
        .Add(c => c.Source, new TextSource(
            _ =>
            {
                _reads++;
                return Task.FromResult<string?>(text);
            },
            (find, _) => Task.FromResult<TextHits?>(TextHits.From(new StringReader(text), find, () => true)),
            "/whole")));
}

using Deque.AxeCore.Commons;
using Duyetbot.Dashboard.BrowserTests.Support;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>Every page, in both themes, wide and on a phone: nothing sticks out, nothing keeps anybody out; a picture of each is kept.</summary>
public sealed class LookTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    [Theory]
    [MemberData(nameof(PageNames.AllLooks), MemberType = typeof(PageNames))]
    public async Task Page_InItsLook_IsAccessibleAndFits(string name, int width, string theme)
    {
        var tab = await OpenTabAsync(width, theme);
        await tab.OpenAsync(Samples.PathOf(name));
        await tab.SettledAsync();
        await tab.PictureAsync("pages", $"{name}-{width}-{theme}.png");
        var axe = await Axe.RunAsync(tab.Page, new AxeRunOptions
        {
            RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
            // People write Markdown tables with empty heads.
            Rules = new() { ["empty-table-header"] = new RuleOptions { Enabled = false } },
        });
        var size = await tab.Page.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]");

        Check.None(axe.Violations.Select(v => $"{v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(5).Select(n => n.Html[..Math.Min(200, n.Html.Length)]))}"));
        Assert.NotEmpty(axe.Passes);
        Assert.True(size[0] <= size[1], $"The page is {size[0]} px wide in {size[1]} px.");
    }

    [Fact]
    public async Task Axe_OnABadPage_Finds()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync("/conversations");
        await tab.Page.EvaluateAsync("() => document.querySelector('main').append(document.createElement('input'))");

        var axe = await Axe.RunAsync(tab.Page);

        Assert.Contains(axe.Violations, v => v.Id == "label");
    }
}

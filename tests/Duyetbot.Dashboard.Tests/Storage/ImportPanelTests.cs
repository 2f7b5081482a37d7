using Bunit;
using Duyetbot.Dashboard.Features.Storage;
using Duyetbot.Dashboard.Import;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Tests.Storage;

/// <summary>What a person sees of an import from the page.</summary>
public sealed class ImportPanelTests : BunitContext
{
    public ImportPanelTests() => SetRendererInfo(new RendererInfo("Server", true));

    [Fact]
    public void Report_OfADryRun_CountsNamesAndHidesNothing()
    {
        var report = new ImportReport { DryRun = true, WithoutEvent = 1 };
        var counts = report.Of("chat_messages");
        (counts.Read, counts.Added, counts.Updated, counts.Skipped) = (1_204_331, 1_200_000, 30, 4_150);
        for (var i = 0; i < 151; i++)
            report.Reject("chat_messages", $"line {i + 7}", "<b>CHECK</b> constraint failed");
        report.NameAmbiguous("chat_messages, line 3");
        report.LeaveAside("CREATE VIEW foo", "line 9");

        var view = Render<ImportReportView>(p => p.Add(v => v.Report, report));

        Assert.Equal(["Messages", "1,204,331", "1,200,000", "30", "4,150", "151"], view.Find("[data-testid=import-table]").Children.Select(c => c.TextContent));
        var rejected = view.Find("[data-testid=import-rejected]");
        Assert.Contains("151 rows would be rejected", rejected.TextContent, StringComparison.Ordinal);
        Assert.Contains("line 7 <b>CHECK</b> constraint failed", rejected.TextContent, StringComparison.Ordinal);
        Assert.Equal("… and 51 more", rejected.QuerySelectorAll("li")[^1].TextContent);
        Assert.Contains("line 3", view.Find("[data-testid=import-ambiguous]").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 message names an event", view.Markup, StringComparison.Ordinal);
        Assert.Contains("CREATE VIEW foo (1, first: line 9)", view.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checked_WithRowsToAdd_AsksBeforeItImports()
    {
        var imported = 0;
        var panel = Panel(Checked(added: 3), () => imported++);

        Assert.Empty(panel.FindAll("input[type=file]"));
        Assert.Equal("Import 3 rows", panel.Find("[data-testid=import-go]").TextContent.Trim());
        await panel.Find("[data-testid=import-go]").ClickAsync(new());

        Assert.Equal(1, imported);
    }

    [Fact]
    public void Checked_WithNothingNew_OffersNoImport()
    {
        var panel = Panel(Checked(added: 0), () => { });

        Assert.Empty(panel.FindAll("[data-testid=import-go]"));
        Assert.Contains("here already", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 2, "None of its rows can be taken")]
    [InlineData(3, 2, "All of it that can be taken is here already")]
    public void Checked_WithRejectedRowsAndNothingNew_DoesNotSayThatTheyAreHere(int read, int rejected, string expected)
    {
        var report = new ImportReport { DryRun = true };
        (report.Of("chat_messages").Read, report.Of("chat_messages").Skipped) = (read, read - rejected);
        for (var i = 0; i < rejected; i++)
            report.Reject("chat_messages", $"line {i + 7}", "CHECK constraint failed");

        var panel = Panel(new ImportState { Stage = ImportStage.Checked, FileName = "export.sql", Report = report }, () => { });

        Assert.StartsWith(expected, panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("[data-testid=import-go]"));
    }

    [Fact]
    public void Upload_HalfWay_IsHalfABar()
    {
        var panel = Panel(new ImportState { Stage = ImportStage.Uploading, FileName = "export.sql", Size = 2_000_000, Received = 1_000_000 }, () => { });

        Assert.Equal("50", panel.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        Assert.Contains("1.0\u202fMB of 2.0\u202fMB", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_ThatIsBeingStopped_CannotBeStoppedAgain()
    {
        var panel = Panel(new ImportState { Stage = ImportStage.Importing, FileName = "export.sql", IsStopping = true }, () => { });

        Assert.Null(panel.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        Assert.True(panel.Find("button").HasAttribute("disabled"));
    }

    private static ImportState Checked(long added)
    {
        var report = new ImportReport { DryRun = true };
        report.Of("chat_messages").Added = added;
        return new ImportState { Stage = ImportStage.Checked, FileName = "export.sql", Report = report };
    }

    private IRenderedComponent<ImportPanel> Panel(ImportState state, Action import) =>
        Render<ImportPanel>(p => p.Add(c => c.State, state).Add(c => c.OnImport, import));
}

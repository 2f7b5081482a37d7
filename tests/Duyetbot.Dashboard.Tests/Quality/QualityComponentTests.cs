using Bunit;
using Duyetbot.Dashboard.Features.Quality;
using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.Tests.Quality;

/// <summary>What a person sees of findings.</summary>
public sealed class QualityComponentTests : BunitContext
{
    private static readonly Instant Now = Instant.FromUnixTimeMilliseconds(1_795_435_200_000);

    [Fact]
    public void View_Answers_ArePutInOrderOfSeriousnessAndCleanOnesApart()
    {
        var view = QualityView.From([Answer(("event_stuck", 3), ("event_value_absurd", 0)), null, Answer(("agents_not_json", 1), ("step_value_absurd", 2))]);

        Assert.Equal(["agents_not_json", "step_value_absurd", "event_stuck"], view.Found.Select(f => f.Kind.Kind));
        Assert.Equal(["event_value_absurd"], view.Clean.Select(f => f.Kind.Kind));
        Assert.Equal((1, 1, 1), (view.CountOf(FindingSeverity.DataLoss), view.CountOf(FindingSeverity.WrongFigures), view.CountOf(FindingSeverity.Odd)));
        Assert.False(view.HasBounds);
    }

    [Fact]
    public void View_ChecksThatWereWaitedFor_KeepTheirPlaces()
    {
        HashSet<string> places = ["agents_not_json", "ledger_steps", "event_stuck"];

        var waiting = QualityView.From([Answer(("event_stuck", 3), ("event_value_absurd", 0), ("sequence_gap", 2)), null], places);
        var done = QualityView.From([Answer(("event_stuck", 3), ("event_value_absurd", 0), ("sequence_gap", 2)), Answer(("agents_not_json", 0), ("ledger_steps", 4))], places);

        Assert.Equal(["agents_not_json", "sequence_gap", "ledger_steps", "event_stuck"], waiting.Lines.Select(l => l.Kind.Kind));
        Assert.Equal([null, 2, null, 3], waiting.Lines.Select(l => l.Count?.Count));
        Assert.Equal(waiting.Lines.Select(l => l.Kind), done.Lines.Select(l => l.Kind));
        Assert.Equal([0, 2, 4, 3], done.Lines.Select(l => l.Count?.Count));
        Assert.Equal(["event_value_absurd"], done.Folded.Select(f => f.Kind.Kind));
    }

    [Theory]
    [InlineData(false, false, "checking…")]
    [InlineData(false, true, "not checked")]
    [InlineData(true, false, "nothing found")]
    public void CheckLine_UntilItsAnswer_SaysHowFarItIs(bool answered, bool failed, string state)
    {
        var line = Render<CheckLine>(p => p.Add(c => c.Line, new QualityLine(QualityKinds.Find("event_stuck")!, answered ? new FindingCount { Kind = "event_stuck" } : null)).Add(c => c.HasFailed, failed));

        Assert.Equal(state, line.Find(".finding-state").TextContent);
        Assert.Equal(QualityKinds.Find("event_stuck")!.Title, line.Find(".finding-title").TextContent);
    }

    [Fact]
    public void Kinds_Order_IsBySeverityAndNamesAreTheirOwn()
    {
        Assert.Equal(QualityKinds.All.Select(k => k.Severity).Order(), QualityKinds.All.Select(k => k.Severity));
        Assert.Equal(QualityKinds.All.Count, QualityKinds.All.Select(k => k.Kind).Distinct().Count());
        Assert.Equal(QualityKinds.All.Count, QualityKinds.All.Select(k => k.Title).Distinct().Count());
        Assert.All(QualityKinds.All, k => Assert.Matches("^[a-z]+(_[a-z]+)+$", k.Kind));
    }

    [Fact]
    public void Item_Closed_IsALineThatOpensByItsAddress()
    {
        var item = Item(Found("agents_not_json", 4, 8_000, 8_000), isOpen: false);

        var head = item.Find("a.finding-h");
        Assert.Equal("/quality?range=7d&finding=agents_not_json", head.GetAttribute("href"));
        Assert.Equal("false", head.GetAttribute("aria-expanded"));
        Assert.Equal("data loss", item.Find("svg[role=img]").GetAttribute("aria-label"));
        Assert.Contains("0.1\u202f%", head.TextContent, StringComparison.Ordinal);
        Assert.Contains(item.FindAll("[title]"), e => e.GetAttribute("title") == "4 of 8,000 traces");
        Assert.Empty(item.FindAll("[data-testid=finding-detail]"));
    }

    [Fact]
    public void Item_Open_SaysWhatItMeansWhatToDoAndWhatWasNotLookedAt()
    {
        var finding = Found("agents_not_json", 4, 8_000, 20_000);
        var item = Item(finding, isOpen: true);

        var text = item.Find("[data-testid=finding-detail]").TextContent;
        Assert.Equal("/quality?range=7d", item.Find("a.finding-h").GetAttribute("href"));
        Assert.Contains(finding.Kind.Meaning, text, StringComparison.Ordinal);
        Assert.Contains(finding.Kind.Action, text, StringComparison.Ordinal);
        Assert.Contains("newest 8,000 of 20,000 traces", text, StringComparison.Ordinal);
        Assert.DoesNotContain("newest", Item(Found("agents_not_json", 4, 8_000, 8_000), isOpen: true).Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("event_stuck", "/traces/e%2F1?range=7d")]
    [InlineData("sequence_gap", "/messages/m%231")]
    [InlineData("model_without_price", "/pricing?model=x%2Fy")]
    public void Samples_Rows_LeadToWhatIsWrong(string kind, string link)
    {
        var table = Samples(kind, 2, new FindingSample { EventId = "e/1", MessageId = "m#1", ConversationId = "c 1", Model = "x/y", Reason = "why", At = 1 }, new FindingSample { Reason = "nameless" });

        Assert.Equal([link], table.FindAll("tbody a.main").Select(a => a.GetAttribute("href")));
        Assert.Equal(["why", "nameless"], table.FindAll("td.sample-reason").Select(c => c.TextContent));
        Assert.Contains("all 2", table.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_MoreThanShown_SaySoAndOfferTheRest()
    {
        var table = Samples("event_stuck", 1_204, new FindingSample { EventId = "e1" });

        Assert.Contains("showing the newest 1 of 1,204", table.Markup, StringComparison.Ordinal);
        Assert.Equal(["/csv", "/json"], table.FindAll(".samples-f a").Select(a => a.GetAttribute("href")).Where(h => h is "/csv" or "/json"));
    }

    [Fact]
    public void Clean_Checks_AreFoldedWithTheirNames()
    {
        var clean = Render<CleanChecks>(p => p.Add(c => c.Checks, [Found("event_stuck", 0, 10, 10), Found("ledger_steps", 0, 5, 10)]));

        Assert.Contains("2 checks found nothing", clean.Find("summary").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, clean.FindAll("li").Count);
        Assert.Contains("in the newest 5 of 10", clean.FindAll("li")[1].TextContent, StringComparison.Ordinal);
    }

    private static GroupAnswer Answer(params (string Kind, long Count)[] counts) => new([.. counts.Select(c => new FindingCount { Kind = c.Kind, Count = c.Count })]);

    private static Finding Found(string kind, long count, long looked, long total) =>
        new(QualityKinds.Find(kind)!, new FindingCount { Kind = kind, Count = count, Checked = looked, Total = total, FirstSeenAt = 1_795_000_000_000, LastSeenAt = 1_795_435_100_000 });

    private IRenderedComponent<FindingItem> Item(Finding finding, bool isOpen) => Render<FindingItem>(p => p
        .Add(c => c.Finding, finding)
        .Add(c => c.IsOpen, isOpen)
        .Add(c => c.Address, isOpen ? $"/quality?range=7d&finding={finding.Kind.Kind}&rows=many" : "/quality?range=7d&rows=many")
        .Add(c => c.Zone, DateTimeZone.Utc)
        .Add(c => c.Now, Now));

    private IRenderedComponent<SampleTable> Samples(string kind, long count, params FindingSample[] rows) => Render<SampleTable>(p => p
        .Add(c => c.Answer, new Page<FindingSample>(rows, count > rows.Length ? "next" : null))
        .Add(c => c.Finding, Found(kind, count, count, count))
        .Add(c => c.Address, $"/quality?range=7d&finding={kind}")
        .Add(c => c.Zone, DateTimeZone.Utc)
        .Add(c => c.Now, Now)
        .Add(c => c.RangeQuery, [new("range", "7d")])
        .Add(c => c.Csv, "/csv")
        .Add(c => c.Json, "/json"));
}

using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>Tokens, cost and messages over time: by kind, model, platform, user, agent, role or source.</summary>
public sealed partial class UsagePage
{
    private Loader<UsageShown> _report = null!;
    private Loader<UsageReport> _year = null!;
    private Loader<MonthPace> _pace = null!;
    private UsageView _view = new();
    private UsageReport? _shaped;
    private UsageView? _shapedView;
    private UsageChart? _chart;

    [Inject]
    private UsageQueries Queries { get; set; } = null!;

    /// <inheritdoc/>
    protected override MessageFilter Watched => _view.Filter with { From = Range.From, To = Range.To };

    /// <inheritdoc/>
    protected override bool AreOfEvents => _view.Group == UsageGroup.Agent;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _report = Ask("report", () => (Range, _view.Granularity, _view.Group, _view.Compare, _view.Filter), AskReportAsync);
        _year = Ask("year", () => (Range, _view.Group == UsageGroup.Agent, _view.Filter), AskYearAsync);
        _pace = Ask("pace", () => (Now.InZone(Range.Zone).Date, Range.Zone.Id, _view.Filter), AskPaceAsync);
    }

    /// <inheritdoc/>
    protected override void ReadState(QueryReader reader)
    {
        foreach (var (name, edge) in new[] { ("from", Range.From), ("to", Range.To) })
        {
            if (edge is { } moment && Formats.Local(moment, Range.Zone) is null)
                throw new InvalidParameterException(name, "lies outside the years 1 to 9999.");
        }

        _view = UsageView.Read(reader, Range.Zone);
    }

    private async Task<UsageShown?> AskReportAsync(CancellationToken token)
    {
        var view = _view;
        var first = Range.From is null ? await Queries.FindFirstMessageAsync(token) : null;
        var range = FigureRange.Of(Range, first, Now);
        var compare = view.Compare && Range.Preset != "all";
        var report = await Queries.GetReportAsync(new UsageQuestion(range, view.Granularity ?? range.Readable, view.Group, compare, view.Filter), token);
        if (report.Now.All.Total.Unpriced == 0 || view.Group == UsageGroup.Agent)
            return new UsageShown(report, []);
        var byModel = view.Group == UsageGroup.Model ? report : await Queries.GetReportAsync(new UsageQuestion(range, Granularity.Month, UsageGroup.Model, false, view.Filter), token);
        return new UsageShown(report, UsageShown.UnpricedIn(byModel.Now));
    }

    private async Task<UsageReport?> AskYearAsync(CancellationToken token)
    {
        var group = _view.Group == UsageGroup.Agent ? UsageGroup.Agent : UsageGroup.None;
        var year = UsageCalendar.YearOf(FigureRange.Of(Range, Range.From, Now));
        return await Queries.GetReportAsync(new UsageQuestion(year, Granularity.Day, group, false, _view.Filter), token);
    }

    private async Task<MonthPace?> AskPaceAsync(CancellationToken token)
    {
        var today = Now.InZone(Range.Zone).Date;
        var start = ZonedDays.StartOf(new LocalDate(today.Year, today.Month, 1), Range.Zone);
        var end = ZonedDays.StartOf(new LocalDate(today.Year, today.Month, 1).PlusMonths(1), Range.Zone);
        var now = Now.ToUnixTimeMilliseconds();
        var sum = await Queries.GetSumAsync(start, now + 1, _view.Filter, token);
        return MonthPace.Of(sum, start, end, now);
    }

    private UsageChart ChartOf(UsageReport report)
    {
        if (_chart is null || !ReferenceEquals(_shaped, report) || _shapedView != _view)
            (_chart, _shaped, _shapedView) = (UsageChart.From(report, _view, Now), report, _view);
        return _chart;
    }

    private int? SelectedIndex(UsageReport report) =>
        _view.Period is { } start && report.Now.Periods.IndexOf(start) is >= 0 and var index ? index : null;

    private void Select(UsageReport report, int index) =>
        Navigation.NavigateTo(Link(("period", SelectedIndex(report) == index ? null : PeriodWord(report, index))), new NavigationOptions { ReplaceHistoryEntry = true });

    private LocalDate? SelectedDay => _report.Value is { Report: { Question.Granularity: Granularity.Day } report } && SelectedIndex(report) is { } index ? report.Now.Periods.DateAt(index) : null;

    private static string PeriodWord(UsageReport report, int index) => report.Now.Periods[index].Start.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string Link(params ReadOnlySpan<(string Name, string? Value)> changes) => Urls.Change(Address, changes);

    private string CsvLink(UsageReport report) => Urls.With("/api/v1/usage.csv",
    [
        new("from", Whole(report.Now.Periods.From)),
        new("to", Whole(report.Now.Periods.To)),
        new("granularity", report.Question.Granularity.ToString().ToLowerInvariant()),
        new("group_by", UsageGroups.Word(report.Question.GroupBy)),
        new("timezone", Range.Zone.Id),
        .. _view.Filter.ToQuery(),
    ]);

    private static string Whole(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

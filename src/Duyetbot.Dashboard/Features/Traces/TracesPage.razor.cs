using System.Globalization;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Duyetbot.Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>One answer of the list: its page, where it is empty what would bring rows back, and what was there when it was read.</summary>
public sealed record TraceList(Page<TraceListItem> Page, IReadOnlyList<FacetValue> Drops, SeenRows? Seen);

/// <summary>The list of traces, its filter and its picture.</summary>
public partial class TracesPage
{
    private const int FirstRows = 50;
    private const int MoreRows = 150;
    private const int MostRows = 1_000;

    private Loader<TraceList> _list = null!;
    private Loader<TraceFacets> _facets = null!;
    private Loader<TracePoints> _points = null!;
    private Loader<DurationHistogram> _histogram = null!;
    private Loader<RowSums> _sums = null!;
    private FigureClaim? _claim;
    private EventFilter _shown = new();
    private EventFilter _pictured = new();
    private EventSort _sort = EventSort.Default;
    private string? _cursor;
    private int _rows = FirstRows;
    private bool _hasTimeBrush;
    private bool _countsDurations;
    private PageScript _script = null!;

    [Inject]
    private EventQueries Events { get; set; } = null!;

    [Inject]
    private FacetQueries Facets { get; set; } = null!;

    [Inject]
    private PointQueries Points { get; set; } = null!;

    [Inject]
    private StepSumQueries Sums { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private string? BrushLabel
    {
        get
        {
            var time = _hasTimeBrush ? $"{Short(_shown.From)} – {Short(_shown.To)}" : null;
            var duration = (_shown.MinDurationMs, _shown.MaxDurationMs) switch
            {
                (null, null) => null,
                ({ } min, null) => $"from {Formats.DurationMs(min)}",
                (null, { } max) => $"up to {Formats.DurationMs(max)}",
                ({ } min, { } max) => $"{Formats.DurationMs(min)} – {Formats.DurationMs(max)}",
            };
            return time is null ? duration : duration is null ? time : $"{time} and {duration}";
        }
    }

    // Steps are added up where the address names some of them, or came from a figure.
    private bool HasSums => _claim is not null || _shown.NamesSteps;

    // The picture keeps the range; the brush is a narrower from and to inside it.
    private string BrushUrl => Urls.Change(ClearBrushUrl, ("range", Range.Preset ?? "all"));

    private string ClearBrushUrl => Range.Preset is null
        ? Urls.Change(Address, ("min_duration_ms", null), ("max_duration_ms", null), ("cursor", null), ("rows", null), ("sums", null))
        : Urls.Change(Address, ("from", null), ("to", null), ("min_duration_ms", null), ("max_duration_ms", null), ("cursor", null), ("rows", null), ("sums", null));

    private string CsvUrl => Urls.With(
        "/api/v1/events.csv",
        [.. _shown.ToQuery(), new("from", _shown.From?.ToString()), new("to", _shown.To?.ToString()), new("sort", _sort == EventSort.Default ? null : _sort.ToString())]);

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _script = new PageScript(Script, Assets["js/scatter.js"]);
        _list = Ask("list", () => (_shown, _sort, _cursor, _rows), ListAsync);
        _sums = Ask("sums", () => (_shown, HasSums), async token => HasSums ? (RowSums?)await Sums.GetSumsAsync(_shown, token) : null);
        _facets = Ask("facets", () => _shown, async token => (TraceFacets?)await Facets.GetFacetsAsync(_shown, token));
        _points = Ask("points", () => (_pictured, _countsDurations), async token => _countsDurations ? null : (TracePoints?)await Points.GetPointsAsync(_pictured, token));
        _histogram = Ask("histogram", () => (_pictured, _countsDurations), async token => _countsDurations ? (DurationHistogram?)await Points.GetHistogramAsync(_pictured, token) : null);
    }

    /// <inheritdoc/>
    protected override void ReadState(QueryReader reader)
    {
        var filter = EventFilter.Read(reader, Range.Zone);
        _hasTimeBrush = Range.Preset is not null && (filter.From is not null || filter.To is not null);
        _shown = _hasTimeBrush ? filter : filter with { From = Range.From, To = Range.To };
        _pictured = filter with { From = Range.From, To = Range.To, MinDurationMs = null, MaxDurationMs = null };
        _countsDurations = reader.OneOf("chart", "histogram") is not null;
        _claim = FigureClaim.Read(reader);
        _sort = EventSort.Read(reader);
        _cursor = reader.Text("cursor");
        TypedCursor.Read(_cursor, _sort.ToString());
        _rows = (int)(reader.Whole("rows", 1, MostRows) ?? FirstRows);
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => _script.CallAsync("attach");

    private async Task<TraceList?> ListAsync(CancellationToken token)
    {
        var (filter, now, byTime) = (_shown, Time.GetUtcNow().ToUnixTimeMilliseconds(), _sort == EventSort.Default);
        var seen = _cursor is null && byTime ? null : await SeenRows.RecentAsync(now, (after, most) => Events.ListNewestAsync(filter, after, most, token));
        var page = await Events.ListTracesAsync(filter, _sort, _cursor, _rows, token);
        if (_cursor is null && byTime)
            seen = SeenRows.Shown([.. page.Items.Select(i => new RowMark(i.Event.EventId, i.Event.TriggeredAt))], page.NextCursor is not null, filter.ToQuery().Any(p => p.Value is not null) ? now : null);
        return new TraceList(page, page.Items.Count > 0 ? [] : await Facets.ListDropsAsync(filter, token), seen);
    }

    // Traces that were running when they were read end in their places; nothing moves.
    private async Task FollowRunningAsync(CancellationToken token)
    {
        if (_list.Value is not { } list || list.Page.Items.Where(i => i.IsRunning).Select(i => i.Event.Id).ToList() is not { Count: > 0 } running)
            return;
        var now = (await Events.ListTracesAsync(running, token)).ToDictionary(i => i.Event.Id);
        if (!ReferenceEquals(list, _list.Value) || !list.Page.Items.Any(i => now.TryGetValue(i.Event.Id, out var other) && other != i))
            return;
        _list.Set(list with { Page = list.Page with { Items = [.. list.Page.Items.Select(i => now.GetValueOrDefault(i.Event.Id, i))] } });
        StateHasChanged();
    }

    private string? MoreUrl(TraceList list) => list.Page.NextCursor is not { } next ? null
        : _rows + MoreRows <= MostRows ? Urls.Change(Address, ("rows", (_rows + MoreRows).ToString()))
        : Urls.Change(Address, ("cursor", next), ("rows", null));

    private string SortUrl(EventSort sort) =>
        Urls.Change(Address, ("sort", sort == EventSort.Default ? null : sort.ToString()), ("cursor", null), ("rows", null));

    private string BarUrl(DurationBar bar) => Urls.Change(
        Address,
        ("min_duration_ms", bar.LowMs.ToString(CultureInfo.InvariantCulture)),
        ("max_duration_ms", (bar.HighMs - 1).ToString(CultureInfo.InvariantCulture)),
        ("cursor", null),
        ("rows", null));

    private string LinkTo(string eventId) => Urls.With(Urls.Trace(eventId), Range.ToQuery());

    private string Short(long? ms) => ms is { } at ? Dated([]) ? Formats.DayTime(at, Range.Zone) : Formats.Time(at, Range.Zone) : "…";

    // Under a range of at most a day a time of day is enough.
    private bool Dated(IReadOnlyList<TraceListItem> items)
    {
        var (from, to) = items.Count == 0
            ? (Range.From ?? 0, Range.To ?? Now.ToUnixTimeMilliseconds())
            : (items.Min(i => i.Event.TriggeredAt), items.Max(i => i.Event.TriggeredAt));
        return to - from > 86_400_000 || Formats.Local(from, Range.Zone)?.Date != Formats.Local(to, Range.Zone)?.Date;
    }
}

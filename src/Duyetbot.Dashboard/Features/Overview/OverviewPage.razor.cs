using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Duyetbot.Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Overview;

/// <summary>The state of the bot at a glance: figures with their course, tokens over time, what failed, what is new.</summary>
public sealed partial class OverviewPage
{
    private const int ListLength = 9;
    private const int LeastChartHeight = 268;
    private Loader<DataPresence> _presence = null!;
    private Loader<OverviewFigures> _figures = null!;
    private Loader<OverviewEvents> _events = null!;
    private Loader<IReadOnlyList<TraceNote>> _traces = null!;
    private Loader<IReadOnlyList<ConversationNote>> _conversations = null!;
    private HeldRows<TraceNote> _heldTraces = null!;
    private HeldRows<ConversationNote> _heldConversations = null!;
    private string _order = "failed";

    [Inject]
    private OverviewQueries Queries { get; set; } = null!;

    [Inject]
    private DatabaseFile File { get; set; } = null!;

    private bool Compare => Range.Preset != "all";

    // As high as the two lists beside it, whose heads take what the chart's own head and foot do.
    private static int ChartHeight(OverviewFigures figures) =>
        Math.Max(LeastChartHeight, ShareList.HeightOf(figures.ByModel.Series.Count) + ShareList.HeightOf(figures.ByPlatform.Series.Count));

    /// <inheritdoc/>
    protected override MessageFilter Watched => new() { From = Range.From, To = Range.To };

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _presence = Ask("presence", () => 0, async t => await Queries.GetPresenceAsync(t));
        _figures = Ask("figures", () => Range, async t =>
        {
            var range = await RangeAsync(t);
            return await Queries.GetFiguresAsync(range, range.Readable, Compare, t);
        });
        _events = Ask("events", () => Range, async t =>
        {
            var range = await RangeAsync(t);
            return await Queries.GetEventsAsync(range, range.Readable, Compare, t);
        });
        _traces = Ask("traces", () => (Range, _order), async t => await Queries.ListTracesAsync(_order, await RangeAsync(t), ListLength, t));
        _conversations = Ask("conversations", () => Range, async t => await Queries.ListConversationsAsync(await RangeAsync(t), ListLength, t));
        _heldTraces = new HeldRows<TraceNote>(_traces, r => new RowMark(r.EventId, r.TriggeredAt));
        _heldConversations = new HeldRows<ConversationNote>(_conversations, r => new RowMark(r.ConversationId, r.LastMessageAt));
    }

    /// <inheritdoc/>
    protected override void ReadState(QueryReader reader)
    {
        foreach (var (name, edge) in new[] { ("from", Range.From), ("to", Range.To) })
        {
            if (edge is { } moment && Formats.Local(moment, Range.Zone) is null)
                throw new InvalidParameterException(name, "lies outside the years 1 to 9999.");
        }

        _order = reader.OneOf("traces", "failed", "slowest", "dearest") ?? "failed";
    }

    // Figures and charts are brought up to date where they stand; rows wait until they are asked for.
    private async Task FollowAsync(CancellationToken token)
    {
        if (Seen.Value is not { } seen || await CountNewAsync(token) == 0)
            return;
        if (_presence.Value is { HasAny: false })
        {
            await AskAgainAsync();
            return;
        }

        var now = await NewData.GetSeenAsync(token);
        ReadClock();
        var (figures, events) = (await _figures.PeekAsync(token), await _events.PeekAsync(token));
        var (traces, conversations) = (await _traces.PeekAsync(token), await _conversations.PeekAsync(token));
        if (figures is null || events is null || !ReferenceEquals(seen, Seen.Value))
            return;
        Seen.Set(now);
        _figures.Set(figures);
        _events.Set(events);
        _heldTraces.Offer(traces);
        _heldConversations.Offer(conversations);
        StateHasChanged();
    }

    private async Task<FigureRange> RangeAsync(CancellationToken token) =>
        FigureRange.Of(Range, Range.From is null ? (await Queries.GetPresenceAsync(token)).FirstMessageAt : null, Now);

    private string To(string path, params ReadOnlySpan<(string Name, string? Value)> more) => Urls.Change(Urls.With(path, Range.ToQuery()), more);
}

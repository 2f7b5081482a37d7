using System.Globalization;
using Duyetbot.Dashboard.Data.Search;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Messages;

/// <summary>Messages across conversations: found by filters and text, newest first, page by page; the rows behind every figure of messages.</summary>
public sealed partial class MessagesPage : DashboardPage
{
    private const int PageSize = 50;
    private const int MaxRows = 500;

    private Loader<MessageListing> _listing = null!;
    private Loader<FoundSums> _sums = null!;
    private Loader<MessageFacets> _facets = null!;
    private Loader<SearchNote> _progress = null!;
    private MessageFilter _filter = new();
    private MessageSort _sort;
    private FigureClaim? _claim;
    private int _limit = PageSize;
    private string? _cursor;

    [Inject]
    private MessageListings Listings { get; set; } = null!;

    [Inject]
    private MessageQueries Messages { get; set; } = null!;

    [Inject]
    private MessageSumQueries Sums { get; set; } = null!;

    [Inject]
    private SearchIndex Index { get; set; } = null!;

    private string CsvUrl => Urls.With("/api/v1/messages.csv", [.. _filter.ToQuery(), .. Edges, new("timezone", _filter.Slot is null ? null : Range.Zone.Id)]);

    private string UsageUrl => Urls.With(Urls.Usage, [.. Range.ToQuery(), .. _filter.ToQuery()]);

    private IEnumerable<KeyValuePair<string, string?>> Edges => [new("from", Whole(_filter.From)), new("to", Whole(_filter.To))];

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _listing = Ask<MessageListing>("list", () => (_filter, _sort, _limit, _cursor), async t => await Listings.GetAsync(_filter, _sort, _limit, _cursor, t));
        // What a figure claimed is checked however long it takes.
        _sums = Ask<FoundSums>("sums", () => (_filter, _claim is null), async t => _claim is null ? await Sums.FindSumsAsync(_filter, t) : new FoundSums(await Sums.GetSumsAsync(_filter, t)));
        _progress = Ask<SearchNote>("index", () => _filter.Q is null, async t => _filter.Q is null ? null : SearchNote.From(await Index.GetProgressAsync(t)));
        _facets = Ask("facets", () => _filter, t => Sums.FindFacetsAsync(_filter, t));
    }

    /// <inheritdoc/>
    protected override void ReadState(QueryReader reader)
    {
        _filter = MessageFilter.Read(reader, Range.From, Range.To, Range.Zone);
        _claim = FigureClaim.Read(reader);
        _sort = MessageSorts.Read(reader);
        _limit = (int)(reader.Whole("limit", 1, MaxRows) ?? PageSize);
        _cursor = reader.Text("cursor");
        TypedCursor.Read(_cursor, MessageQueries.OrderOf(_filter, _sort));
    }

    // Another filter is another figure: what was claimed goes.
    private string UrlOf(MessageFilter filter) => UrlOf(filter, _sort);

    private string UrlOf(MessageFilter filter, MessageSort sort) =>
        Urls.With(Urls.Messages, [.. Range.ToQuery(), .. filter.ToQuery(), new("sort", filter.Q is null ? null : MessageSorts.Word(sort))]);

    private string AllTimeUrl => Urls.With(Urls.Messages, [new("range", "all"), .. Range.ToQuery().Where(p => p.Key == "timezone"), .. _filter.ToQuery()]);

    // More rows in place up to a bound, so that Back returns to the same rows; then the next page.
    private string? MoreUrl(MessageListing listing) => listing.NextCursor is null ? null
        : _limit < MaxRows && listing.LookedBackTo is null ? Urls.Change(Address, ("limit", Whole(Math.Min(MaxRows, _limit + PageSize))))
        : Urls.Change(Address, ("cursor", listing.NextCursor));

    private string FirstPageUrl => Urls.Change(Address, ("cursor", null), ("limit", null));

    private string ConversationUrl(MessageHit row) => Urls.Change(Urls.With(Urls.Conversation(row.ConversationId, row.MessageId), Range.ToQuery()), ("q", _filter.Q));

    private string MessageUrl(MessageHit row) => Urls.With(Urls.Message(row.MessageId), Range.ToQuery());

    private string Showing(int rows) => $"{(_cursor is null ? "Showing" : "Showing later")} {Formats.Count(rows)} of";

    // By relevance only the newest hits are compared, which matters where there are more of them.
    private bool IsPartlyRanked => _sort == MessageSort.Relevance && _filter.Q is not null && _sums is { HasAnswer: true, Value: not { Sums.Rows: <= MessageHitQueries.MaxRanked } };

    private string FoundWords => _sums.Value?.Words("hit") ?? "";

    private string RangeWords
    {
        get
        {
            if (Range.Preset is not null)
                return Range.Label;
            if (Range.From is not { } from || Range.To is not { } to || Formats.Local(from, Range.Zone) is not { } start || Formats.Local(to, Range.Zone) is not { } end)
                return "Custom range";
            // Whole days are named by the days that they hold.
            if (start.TimeOfDay != LocalTime.Midnight || end.TimeOfDay != LocalTime.Midnight)
                return $"{Text(start, "ddd d MMM yyyy HH:mm")} {Formats.None} {Text(end, start.Date == end.Date ? "HH:mm" : "ddd d MMM yyyy HH:mm")}";
            var last = end.PlusDays(-1);
            return last.Date <= start.Date ? Text(start, "ddd d MMM yyyy") : $"{Text(start, "ddd d MMM yyyy")} {Formats.None} {Text(last, "ddd d MMM yyyy")}";
        }
    }

    private static string Text(LocalDateTime local, string pattern) => local.ToString(pattern, CultureInfo.InvariantCulture);

    private static string? Whole(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}

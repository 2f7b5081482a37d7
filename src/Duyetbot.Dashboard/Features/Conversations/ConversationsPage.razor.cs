using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Every conversation: found by filters and text, sorted, page by page.</summary>
public sealed partial class ConversationsPage : DashboardPage
{
    private const int PageSize = 50;
    private const int MaxRows = 500;
    private const int MaxChosen = 100_000;

    [Inject]
    private ConversationListings Listings { get; set; } = null!;

    [Inject]
    private ConversationQueries Conversations { get; set; } = null!;

    [Inject]
    private ConversationFacetQueries Counts { get; set; } = null!;

    [Inject]
    private Annotator Annotator { get; set; } = null!;

    private bool _isChanging;
    private bool _isPicking;
    private string _rows = "";

    private Loader<ConversationListing> Listing { get; set; } = null!;

    private Loader<ConversationFacets> Facets { get; set; } = null!;

    private ConversationFilter Filter { get; set; } = new();

    private ConversationSort Sort { get; set; } = ConversationSort.Default;

    private int Limit { get; set; } = PageSize;

    private string? Cursor { get; set; }

    private string? ChangeFailure { get; set; }

    private ConversationSelection Selection { get; } = new();

    private string CsvUrl => Urls.With("/api/v1/conversations.csv", [.. Filter.ToQuery(), new("from", Filter.From?.ToString()), new("to", Filter.To?.ToString()), new("sort", Sort.Word)]);

    private string MessagesUrl => Urls.With(Urls.Messages, Range.ToQuery().Concat(Filter.ToQuery()));

    private string AllTimeUrl => Urls.With(Urls.Conversations, [new("range", "all"), .. Range.ToQuery().Where(p => p.Key == "timezone"), .. Filter.ToQuery(), new("sort", Sort.Word)]);

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Listing = Ask<ConversationListing>("list", () => (Filter, Sort, Limit, Cursor), async t => await Listings.GetAsync(Filter, Sort, Limit, Cursor, t));
        Facets = Ask<ConversationFacets>("facets", () => Filter, async t => await Counts.GetFacetsAsync(Filter, t));
    }

    /// <inheritdoc/>
    protected override void ReadState(QueryReader reader)
    {
        var filter = ConversationFilter.Read(reader, Range.From, Range.To);
        // Other rows: what was chosen among these says nothing about those. (The moments of "last 7 days" move with every look.)
        var rows = Urls.With("", Range.ToQuery().Concat(filter.ToQuery()));
        if (rows != _rows)
            Selection.Clear();
        _rows = rows;
        Filter = filter;
        Sort = ConversationSort.Read(reader);
        Limit = (int)(reader.Whole("limit", 1, MaxRows) ?? PageSize);
        Cursor = reader.Text("cursor");
        ChangeFailure = null;
    }

    private IEnumerable<KeyValuePair<string, string>> Query(ConversationFilter filter, ConversationSort sort) =>
        Range.ToQuery().Concat(filter.ToQuery()).Append(new("sort", sort.Word)).Where(p => p.Value is not null).Select(p => new KeyValuePair<string, string>(p.Key, p.Value!));

    private string UrlOf(ConversationFilter filter, ConversationSort sort) => Urls.With(Urls.Conversations, Query(filter, sort).Select(p => new KeyValuePair<string, string?>(p.Key, p.Value)));

    // More rows in place up to a bound, so that Back returns to the same rows; then the next page.
    private string? MoreUrl(ConversationListing listing)
    {
        if (listing.NextCursor is null)
            return null;
        return Limit < MaxRows
            ? Urls.Change(UrlOf(Filter, Sort), ("limit", Math.Min(MaxRows, Limit + PageSize).ToString()), ("cursor", Cursor))
            : Urls.Change(UrlOf(Filter, Sort), ("cursor", listing.NextCursor));
    }

    private string Summary(ConversationListing listing)
    {
        var shown = Formats.Count(listing.Rows.Count);
        if (Facets.Value is not { } all)
            return $"Showing {shown}";
        var cost = all.HasCost
            ? $"{Formats.Usd(all.CostUsd)}{(all.UnpricedTokens > 0 ? $" and {Formats.Plural(all.UnpricedTokens, "token")} without a price" : "")}"
            : $"the {shown} shown {Formats.Usd(listing.Rows.Sum(r => r.EstimatedCostUsd ?? 0))}";
        return $"Showing {shown} of {Formats.Count(all.Conversations)} · sum {Formats.Plural(all.Tokens, "token")}, {cost}";
    }

    private Task StarAsync(ConversationRow row) => ChangeAsync([row.ConversationId], new ConversationPatch { IsStarred = !row.IsStarred });

    private async Task ChangeChosenAsync(ConversationPatch patch)
    {
        var ids = Selection.Ids;
        if (Selection.IsAll)
        {
            ids = [.. await Conversations.ListIdsAsync(Filter, MaxChosen + 1, CancellationToken.None)];
            if (ids.Count > MaxChosen)
            {
                ChangeFailure = $"More than {Formats.Count(MaxChosen)} conversations match: narrow the filter first.";
                return;
            }
        }

        await ChangeAsync([.. ids], patch);
        ChooseNothing();
    }

    private void ChooseNothing()
    {
        Selection.Clear();
        _isPicking = false;
    }

    private async Task ChangeAsync(IReadOnlyList<string> ids, ConversationPatch patch)
    {
        _isChanging = true;
        try
        {
            ChangeFailure = await Annotator.ChangeAsync(ids, patch, AskAnewAsync);
        }
        finally
        {
            _isChanging = false;
        }
    }

    private Task AskAnewAsync() => InvokeAsync(AskAgainAsync);
}

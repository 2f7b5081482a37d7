using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Live;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>What the list page shows: rows, the places of a searched text, and, where there is no row, why.</summary>
public sealed record ConversationListing
{
    public IReadOnlyList<ConversationRow> Rows { get; init; } = [];

    /// <summary>The start of the next page; null at the end.</summary>
    public string? NextCursor { get; init; }

    /// <summary>Where the searched text stands, by conversation.</summary>
    public IReadOnlyDictionary<string, string> Snippets { get; init; } = new Dictionary<string, string>();

    /// <summary>Set where there is no row.</summary>
    public EmptyReason? Empty { get; init; }

    /// <summary>What was there when it was read.</summary>
    public SeenRows? Seen { get; init; }
}

/// <summary>Why a list is empty, and what brings rows back.</summary>
public sealed record EmptyReason
{
    /// <summary>Conversations in the database, archived ones included.</summary>
    public long InDatabase { get; init; }

    /// <summary>Conversations that match the same filter at all times.</summary>
    public long AtAllTimes { get; init; }

    /// <summary>What each filter keeps out: the parameter that names it, its value in words, and the rows without it.</summary>
    public IReadOnlyList<(string Parameter, string Value, long Count)> Drops { get; init; } = [];
}

/// <summary>Puts the list page's answer together.</summary>
public sealed class ConversationListings(ConversationQueries queries, ConversationFacetQueries counts, TimeProvider time)
{
    /// <summary>A page of the list; where it is empty, the reasons.</summary>
    public async Task<ConversationListing> GetAsync(ConversationFilter filter, ConversationSort sort, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var byTime = sort == ConversationSort.Default;
        var seen = cursor is null && byTime ? null : await SeenRows.RecentAsync(now, (after, most) => queries.ListNewestAsync(filter, after, most, cancellationToken));
        var page = await queries.ListAsync(filter, sort, limit, cursor, cancellationToken);
        if (cursor is null && byTime)
            seen = SeenRows.Shown([.. page.Items.Select(r => new RowMark(r.ConversationId, r.LastMessageAt))], page.NextCursor is not null, filter.IsOpen ? null : now);
        if (page.Items.Count == 0)
            return new ConversationListing { Empty = await ExplainAsync(filter, cancellationToken), Seen = seen };
        return new ConversationListing
        {
            Seen = seen,
            Rows = page.Items,
            NextCursor = page.NextCursor,
            Snippets = filter.Q is null ? new Dictionary<string, string>() : await queries.FindSnippetsAsync([.. page.Items.Select(r => r.ConversationId)], filter.Q, cancellationToken),
        };
    }

    private async Task<EmptyReason> ExplainAsync(ConversationFilter filter, CancellationToken token)
    {
        var drops = new List<(string, string, long)>();
        foreach (var (parameter, value, without) in filter.Parts())
            drops.Add((parameter, value, await counts.CountAsync(without, token)));
        return new EmptyReason
        {
            InDatabase = await counts.CountAsync(new ConversationFilter { Archived = null }, token),
            AtAllTimes = filter.From is null && filter.To is null ? 0 : await counts.CountAsync(filter with { From = null, To = null }, token),
            Drops = drops,
        };
    }
}

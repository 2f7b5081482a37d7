using Duyetbot.Dashboard.Data.Search;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Live;
using Duyetbot.Dashboard.Shared.Search;

namespace Duyetbot.Dashboard.Features.Messages;

/// <summary>What the list page shows: rows with a short text each, and, where there is no row, what brings some back.</summary>
/// <param name="Rows">Newest first; their content is cut to what a row shows.</param>
/// <param name="NextCursor">The start of the next page; null at the end.</param>
/// <param name="Empty">Set where there is no row.</param>
/// <param name="Seen">What was there when it was read.</param>
/// <param name="LookedBackTo">Unix ms; see <see cref="Page{T}.LookedBackTo"/>.</param>
public sealed record MessageListing(IReadOnlyList<MessageHit> Rows, string? NextCursor, MessagesWithout? Empty, SeenRows? Seen = null, long? LookedBackTo = null)
{
    private const int MaxText = 240;

    /// <summary>The text that a row shows: the surroundings of what was searched for, else the beginning on one line.</summary>
    public static string TextOf(MessageHit row)
    {
        if (row.Snippet is { } snippet)
            return snippet;
        var text = row.Content.Length > 4 * MaxText ? row.Content[..(4 * MaxText)] : row.Content;
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= MaxText)
            return line;
        // Never between the halves of a surrogate pair.
        return line[..(char.IsHighSurrogate(line[MaxText - 1]) ? MaxText - 1 : MaxText)] + "…";
    }
}

/// <summary>Why a list of messages is empty.</summary>
/// <param name="InDatabase">Messages in the database, archived ones included.</param>
/// <param name="AtAllTimes">Messages that match the same filter at all times; null where counting them would take a look at every text.</param>
/// <param name="Drops">What each part of the filter keeps out: its parameter, its value in words, the filter without it, and the messages then.</param>
public sealed record MessagesWithout(long InDatabase, long? AtAllTimes, IReadOnlyList<(string Parameter, string Value, MessageFilter Without, long Count)> Drops);

/// <summary>Puts the list page's answer together.</summary>
public sealed class MessageListings(MessageQueries queries, MessageSumQueries sums, TimeProvider time)
{
    /// <summary>A page of the list; where it is empty, the reasons.</summary>
    /// <exception cref="InvalidParameterException">The cursor is none of this list.</exception>
    public async Task<MessageListing> GetAsync(MessageFilter filter, MessageSort sort, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var byTime = sort == MessageSort.Newest;
        var seen = cursor is null && byTime ? null : await SeenRows.RecentAsync(now, (after, most) => queries.ListNewestAsync(filter, after, most, cancellationToken));
        var page = await queries.ListAsync(filter, sort, limit, cursor, cancellationToken);
        var rows = page.Items.Select(r => r with { Content = MessageListing.TextOf(r), Metadata = null }).ToList();
        if (cursor is null && byTime)
            seen = SeenRows.Shown([.. rows.Select(r => new RowMark(r.MessageId, r.Timestamp))], page.NextCursor is not null, filter.IsOpen ? null : now);
        return new MessageListing(rows, page.NextCursor, rows.Count > 0 || cursor is not null || page.LookedBackTo is not null ? null : await ExplainAsync(filter, cancellationToken), seen, page.LookedBackTo);
    }

    private async Task<MessagesWithout> ExplainAsync(MessageFilter filter, CancellationToken token)
    {
        var drops = new List<(string, string, MessageFilter, long)>();
        foreach (var (parameter, value, without) in filter.MessageParts())
            drops.Add((parameter, value, without, await sums.CountAsync(without, token)));
        return new MessagesWithout(
            await sums.CountAsync(new MessageFilter { Archived = null }, token),
            filter.From is null && filter.To is null ? 0 : filter.Q is { } q && !SearchHits.CanFind(SearchQuery.Parse(q)) ? null : await sums.CountAsync(filter with { From = null, To = null }, token),
            drops);
    }
}

namespace Duyetbot.Dashboard.Shared.Live;

/// <summary>What tells one row of a list from another over time: an id that survives the bot's rewrite of a session, and its moment.</summary>
/// <param name="Id">The conversation's, message's, event's or user's id; never a row number, which a rewrite changes.</param>
/// <param name="At">Unix ms: when the row last happened.</param>
public sealed record RowMark(string Id, long At);

/// <summary>What a list held when it was read, and so which rows are new since: those it does not know, and those that happened again.</summary>
/// <remarks>
/// Row numbers and created_at say nothing: the bot deletes a session and inserts it anew, and then every old message has a new one of
/// both. Its ids and moments stay. A row that is written late, as an event is when it ends, counts by its moment too: it is new where
/// it would stand among the rows shown, although newer ones are there already.
/// </remarks>
public sealed class SeenRows
{
    /// <summary>So many new rows are counted; more are "500+".</summary>
    public const int Most = 500;

    private static readonly long LookBackMs = (long)TimeSpan.FromHours(1).TotalMilliseconds;
    private readonly Dictionary<string, long> _known = new(StringComparer.Ordinal);

    private SeenRows(IEnumerable<RowMark> rows, long? after)
    {
        foreach (var row in rows)
            _known[row.Id] = row.At;
        After = after;
    }

    /// <summary>Unix ms; only rows after it can be new. Null where the list held every row there is.</summary>
    public long? After { get; }

    /// <summary>So many of the newest rows decide how many are new.</summary>
    public int Limit => _known.Count + Most + 1;

    /// <summary>The rows of a list that is sorted by moment, newest first, from its start.</summary>
    /// <param name="rows">The rows shown.</param>
    /// <param name="hasMore">True where older ones are left out.</param>
    /// <param name="recentAt">Unix ms; where the filter finds few rows and no index finds them, only the hour before is looked at. Null to look at everything.</param>
    public static SeenRows Shown(IReadOnlyCollection<RowMark> rows, bool hasMore, long? recentAt)
    {
        long? oldest = hasMore && rows.Count > 0 ? rows.Min(r => r.At) : null;
        long? recent = recentAt - LookBackMs;
        return new SeenRows(rows, oldest is null ? recent : recent is null ? oldest : Math.Max(oldest.Value, recent.Value));
    }

    /// <summary>What happened in the last hour, for a list in another order; read it before the list.</summary>
    /// <param name="nowMs">Unix ms.</param>
    /// <param name="listAsync">Lists the newest rows after a moment, at most so many.</param>
    public static async Task<SeenRows> RecentAsync(long nowMs, Func<long?, int, Task<IReadOnlyList<RowMark>>> listAsync)
    {
        var after = nowMs - LookBackMs;
        var rows = await listAsync(after, Most + 1);
        return rows.Count > Most ? new SeenRows(rows, Math.Max(after, rows.Min(r => r.At))) : new SeenRows(rows, after);
    }

    /// <summary>How many rows are new now; more than <see cref="Most"/> are not counted further.</summary>
    /// <param name="listAsync">Lists the newest rows after a moment, at most so many.</param>
    public async Task<int> CountNewAsync(Func<long?, int, Task<IReadOnlyList<RowMark>>> listAsync) => CountNew(await listAsync(After, Limit));

    /// <summary>How many of some rows are new.</summary>
    /// <param name="newest">The newest rows of the filter now, at most <see cref="Limit"/>.</param>
    public int CountNew(IEnumerable<RowMark> newest) =>
        Math.Min(Most + 1, newest.Count(r => (After is not { } after || r.At > after) && (!_known.TryGetValue(r.Id, out var at) || r.At > at)));
}

using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Quality;

/// <summary>Counts and lists what is wrong with the data; every group of checks is a statement of its own.</summary>
public sealed class QualityQueries(Database database, ChainQueries chains)
{
    /// <summary>What a group finds in a range.</summary>
    public async Task<GroupAnswer> CountAsync(QualityGroup group, TimeRange range, Instant now, CancellationToken cancellationToken)
    {
        var kinds = QualityKinds.Of(group).ToList();
        if (group is QualityGroup.Chains or QualityGroup.Ledger)
            return new GroupAnswer(await chains.CountAsync(group, range, kinds, cancellationToken));

        // Conditions that look other rows up are statements of their own, so that none comes near the time limit.
        var statements = group is QualityGroup.Order or QualityGroup.Links
            ? kinds.Select(k => new[] { k })
            : kinds.GroupBy(k => QualityChecksSql.All[k.Kind].Source).Select(g => g.ToArray());
        var counts = new List<FindingCount>();
        foreach (var statement in statements)
            counts.AddRange(await CountAsync(statement, range, now, cancellationToken));
        return new GroupAnswer(counts);
    }

    /// <summary>One page of the rows that a check found, the newest first.</summary>
    /// <param name="kind">Which check.</param>
    /// <param name="range">Which rows.</param>
    /// <param name="now">The moment that "future" and "a day ago" count from.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cursor">Where the page begins; null for the first.</param>
    /// <param name="toTheEnd">False to look no further than the count does.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="InvalidParameterException">The cursor is none of this list.</exception>
    public async Task<Page<FindingSample>> ListAsync(QualityKind kind, TimeRange range, Instant now, int limit, string? cursor, bool toTheEnd, CancellationToken cancellationToken)
    {
        var after = TypedCursor.Read(cursor, kind.Kind);
        var rows = kind.Group is QualityGroup.Chains or QualityGroup.Ledger
            ? await chains.ListAsync(kind, range, limit + 1, after, toTheEnd, cancellationToken)
            : await ReadAsync(kind, range, now, limit + 1, after, cancellationToken);
        return rows.Count <= limit
            ? new Page<FindingSample>([.. rows.Select(r => r.ToSample())], null)
            : new Page<FindingSample>([.. rows.Take(limit).Select(r => r.ToSample())], TypedCursor.Encode(kind.Kind, rows[limit - 1].OrderValue, rows[limit - 1].Id));
    }

    /// <summary>Every row that a check found, for exports.</summary>
    public async IAsyncEnumerable<FindingSample> StreamAsync(QualityKind kind, TimeRange range, Instant now, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await ListAsync(kind, range, now, 500, cursor, toTheEnd: true, cancellationToken);
            foreach (var row in page.Items)
                yield return row;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    internal static string RangeClause(string time, TimeRange range) => string.Join(" AND ", new[]
    {
        range.From is null ? "1" : $"{time} >= @from",
        range.To is null ? "1" : $"{time} < @to",
    });

    private Task<IReadOnlyList<FindingCount>> CountAsync(QualityKind[] kinds, TimeRange range, Instant now, CancellationToken cancellationToken)
    {
        var checks = kinds.Select(k => QualityChecksSql.All[k.Kind]).ToList();
        var source = checks[0].Source;
        var within = kinds[0].HasNoTime ? "1" : RangeClause(source.IsTable ? source.Time : "m.timestamp", range);
        var outer = source.IsTable ? within : "1";
        var mask = string.Join(" | ", checks.Select((c, i) => $"(COALESCE(({c.Where}), 0) << {i})"));
        var sql = $"""
            SELECT mask, COUNT(*) AS row_count, MIN(first_at) AS first_at, MAX(last_at) AS last_at
            FROM (SELECT {mask} AS mask, {source.Began} AS first_at, {source.At} AS last_at
                  FROM {source.From.Replace("{range}", within, StringComparison.Ordinal)}
                  WHERE {outer} AND ({string.Join(" OR ", checks.Select(c => $"({c.Where})"))}))
            GROUP BY mask
            """;
        var all = $"SELECT COUNT(*) FROM {source.From} WHERE {within}";
        return database.ReadAsync<IReadOnlyList<FindingCount>>(
            c =>
            {
                var parameters = new { from = range.From, to = range.To, now = now.ToUnixTimeMilliseconds() };
                var rows = c.Query<MaskRow>(sql, parameters).AsList();
                long? total = source.IsTable ? c.ExecuteScalar<long>(all, parameters) : null;
                return [.. kinds.Select((k, i) => Count(k, [.. rows.Where(r => (r.Mask >> i & 1) == 1)], total))];
            },
            cancellationToken);
    }

    private Task<List<SampleRow>> ReadAsync(QualityKind kind, TimeRange range, Instant now, int take, (object? Value, object? Id)? after, CancellationToken cancellationToken)
    {
        var check = QualityChecksSql.All[kind.Kind];
        var source = check.Source;
        var within = kind.HasNoTime ? "1" : RangeClause(source.IsTable ? source.Time : "m.timestamp", range);
        // Rows without a usable time have no order but their own numbers.
        var place = kind.HasNoTime ? "0" : source.Time;
        var sql = $"""
            SELECT {source.Id} AS id, {place} AS order_value, {source.At} AS at, {source.Columns}, {check.Reason} AS reason
            FROM {source.From.Replace("{range}", within, StringComparison.Ordinal)}
            WHERE {(source.IsTable ? within : "1")}{(after is null ? "" : $" AND ({place}, {source.Id}) < (@value, @id)")} AND ({check.Where})
            ORDER BY {(kind.HasNoTime ? "" : $"{place} DESC, ")}{source.Id} DESC
            LIMIT @take
            """;
        return database.ReadAsync(
            c => c.Query<SampleRow>(sql, new { from = range.From, to = range.To, now = now.ToUnixTimeMilliseconds(), value = after?.Value, id = after?.Id, take }).AsList(),
            cancellationToken);
    }

    private static FindingCount Count(QualityKind kind, IReadOnlyList<MaskRow> rows, long? total) => new()
    {
        Kind = kind.Kind,
        Count = rows.Sum(r => r.RowCount),
        Checked = total,
        Total = total,
        FirstSeenAt = rows.Min(r => r.FirstAt),
        LastSeenAt = rows.Max(r => r.LastAt),
    };
}

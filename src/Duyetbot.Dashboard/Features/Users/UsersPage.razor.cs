using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Users;

/// <summary>One answer of the list: its page and, where it is empty, what would bring rows back.</summary>
/// <param name="Page">The rows.</param>
/// <param name="AtAllTimes">Rows of the same filter at all times; counted only where the page is empty.</param>
/// <param name="Drops">Each part of the filter and the rows without it; only where the page is empty.</param>
/// <param name="Seen">What was there when it was read.</param>
public sealed record UserList(Page<UserRow> Page, long AtAllTimes, IReadOnlyList<(string Parameter, string Value, UserFilter Without, long Count)> Drops, SeenRows Seen);

/// <summary>Everybody who wrote to the bot or met an error: sorted by any figure, found by name, page by page.</summary>
public sealed partial class UsersPage
{
    private const int PageSize = 50;
    private const int MaxRows = 500;

    private Loader<UserList> _list = null!;
    private Loader<UserTotals> _totals = null!;
    private UserFilter _filter = new();
    private UserSort _sort = UserSort.Default;
    private int _limit = PageSize;
    private string? _cursor;

    [Inject]
    private UserQueries Users { get; set; } = null!;

    private string CsvUrl => Urls.With("/api/v1/users.csv", [.. _filter.ToQuery(), new("from", _filter.From?.ToString()), new("to", _filter.To?.ToString()), new("sort", _sort.Word)]);

    private string AllTimeUrl => Urls.With(Urls.Users, [new("range", "all"), .. Range.ToQuery().Where(p => p.Key == "timezone"), .. _filter.ToQuery(), new("sort", _sort.Word)]);

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _list = Ask<UserList>("list", () => (_filter, _sort, _limit, _cursor), async t => await ListAsync(t));
        _totals = Ask<UserTotals>("totals", () => _filter, async t => await Users.GetTotalsAsync(_filter, t));
    }

    /// <inheritdoc/>
    protected override void ReadState(QueryReader reader)
    {
        _filter = UserFilter.Read(reader, Range.From, Range.To);
        _sort = UserSort.Read(reader);
        _limit = (int)(reader.Whole("limit", 1, MaxRows) ?? PageSize);
        _cursor = reader.Text("cursor");
        TypedCursor.Read(_cursor, _sort.ToString());
    }

    private async Task<UserList> ListAsync(CancellationToken token)
    {
        var (filter, sort) = (_filter, _sort);
        var seen = await SeenRows.RecentAsync(Time.GetUtcNow().ToUnixTimeMilliseconds(), (after, most) => Users.ListNewestAsync(filter, after, most, token));
        var page = await Users.ListAsync(filter, sort, _limit, _cursor, token);
        if (page.Items.Count > 0)
            return new UserList(page, 0, [], seen);
        var drops = new List<(string, string, UserFilter, long)>();
        foreach (var (parameter, value, without) in filter.Parts())
            drops.Add((parameter, value, without, await Users.CountAsync(without, token)));
        return new UserList(page, filter.From is null && filter.To is null ? 0 : await Users.CountAsync(filter with { From = null, To = null }, token), drops, seen);
    }

    private IEnumerable<KeyValuePair<string, string?>> Query(UserFilter filter, UserSort sort) => Range.ToQuery().Concat(filter.ToQuery()).Append(new("sort", sort.Word));

    private string UrlOf(UserFilter filter, UserSort sort) => Urls.With(Urls.Users, Query(filter, sort));

    // More rows in place up to a bound, so that Back returns to the same rows; then the next page.
    private string? MoreUrl(UserList list)
    {
        if (list.Page.NextCursor is null)
            return null;
        return _limit < MaxRows
            ? Urls.Change(UrlOf(_filter, _sort), ("limit", Math.Min(MaxRows, _limit + PageSize).ToString()), ("cursor", _cursor))
            : Urls.Change(UrlOf(_filter, _sort), ("cursor", list.Page.NextCursor));
    }

    private string Summary(int shown)
    {
        if (_totals.Value is not { } all)
            return $"Showing {Formats.Count(shown)}";
        var users = all.RowCount - (all.HasNobody ? 1 : 0);
        var cost = Formats.Usd(all.EstimatedCostUsd) + (all.UnpricedTokens > 0 && all.EstimatedCostUsd is not null ? $" and {Formats.Plural(all.UnpricedTokens, "token")} without a price" : "");
        return $"Showing {Formats.Count(shown)} of {Formats.Plural(users, "user")}{(all.HasNobody ? " and what nobody can be named for" : "")} · "
            + $"{Formats.Plural(all.ConversationCount, "conversation")}, {Formats.Plural(all.MessageCount, "message")}, {Formats.Plural(all.TotalTokens, "token")}, {cost}, {Formats.Plural(all.ErrorCount, "error")}";
    }
}

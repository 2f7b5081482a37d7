using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Users;

/// <summary>One user: figures of the range and of all time, tokens over time, conversations, models, errors met.</summary>
public sealed partial class UserPage
{
    private const string Prefix = Urls.Users + "/";
    private const int ListLength = 12;
    private const int MaxYears = 5;

    private Loader<UserRow> _head = null!;
    private Loader<UserActivity> _activity = null!;
    private Loader<IReadOnlyList<UserError>> _errors = null!;
    private Loader<UserDays> _days = null!;
    private string _userId = "";
    private int? _year;

    /// <summary>The route's segment; the id itself is read from the address, because a route value cannot tell an encoded slash.</summary>
    [Parameter]
    public string UserKey { get; set; } = "";

    [CascadingParameter]
    private HttpContext? Request { get; set; }

    [Inject]
    private UserQueries Users { get; set; } = null!;

    [Inject]
    private UserActivityQueries Activity { get; set; } = null!;

    private string Name => _head?.Value?.Username ?? Formats.Id(_userId, 40);

    private LocalDate Today => Now.InZone(Range.Zone).Date;

    // The newest first; a chosen one is always among them.
    private IReadOnlyList<int> Years
    {
        get
        {
            var first = _head.Value?.FirstSeenAt is { } at && Formats.Local(at, Range.Zone) is { } local ? Math.Max(1970, local.Year) : Today.Year;
            return [.. Enumerable.Range(0, Math.Clamp(Today.Year - first + 1, 1, MaxYears)).Select(i => Today.Year - i).Append(_year ?? Today.Year).Distinct().OrderDescending()];
        }
    }

    private string ListUrl => Urls.With(Urls.Users, Range.ToQuery());

    /// <inheritdoc/>
    protected override bool IsMissing => _head is { HasAnswer: true, Value: null };

    /// <inheritdoc/>
    protected override MessageFilter Watched => new() { UserId = _userId };

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _head = Ask<UserRow>("head", () => _userId, t => Users.FindAsync(_userId, new UserFilter(), t));
        _activity = Ask<UserActivity>("activity", () => (_userId, Range), async t =>
        {
            var range = await RangeAsync(t);
            return await Activity.GetActivityAsync(_userId, range, range.Readable, Range.Preset != "all", ListLength, t);
        });
        _errors = Ask<IReadOnlyList<UserError>>("errors", () => (_userId, Range), async t => await Activity.ListErrorsAsync(_userId, await RangeAsync(t), ListLength, t));
        _days = Ask<UserDays>("days", () => (_userId, _year, Range.Zone.Id, Today), async t => await Activity.GetDaysAsync(_userId, CalendarDays(), t));
    }

    /// <inheritdoc/>
    protected override void ReadState(QueryReader reader)
    {
        _userId = Request is { } request ? PathId.After(request, Prefix) : PathId.After(Navigation.Uri, Prefix);
        _year = (int?)reader.Whole("year", 1970, Today.Year);
        foreach (var (name, edge) in new[] { ("from", Range.From), ("to", Range.To) })
        {
            if (edge is { } moment && Formats.Local(moment, Range.Zone) is null)
                throw new InvalidParameterException(name, "lies outside the years 1 to 9999.");
        }
    }

    private Periods CalendarDays()
    {
        var first = _year is { } year ? new LocalDate(year, 1, 1) : Today.PlusDays(-364);
        var last = _year is { } of && of < Today.Year ? new LocalDate(of, 12, 31) : Today;
        return Periods.Of(ZonedDays.StartOf(first, Range.Zone), ZonedDays.StartOf(last.PlusDays(1), Range.Zone), Granularity.Day, Range.Zone);
    }

    private string DayUrl(Shared.Figures.Period day, long tokens) =>
        FigureRows.Messages(new MessageFilter { UserId = _userId }, day.Start, day.End, Range.Zone, new FigureClaim("tokens", tokens));

    private async Task<FigureRange> RangeAsync(CancellationToken token) =>
        FigureRange.Of(Range, Range.From is null ? await Activity.FindFirstMessageAsync(_userId, token) : null, Now);

    private string To(string path, params ReadOnlySpan<(string Name, string? Value)> more) => Urls.Change(Urls.With(path, [.. Range.ToQuery(), new("user_id", _userId)]), more);
}

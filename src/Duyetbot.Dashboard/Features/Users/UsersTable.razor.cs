using System.Globalization;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Components;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Users;

/// <summary>The list of users.</summary>
public partial class UsersTable
{
    private (long From, long To) Axis => (
        Filter.From ?? Rows.Min(r => r.FirstSeenAt) ?? 0,
        Math.Min(Filter.To ?? long.MaxValue, Math.Max(Now.ToUnixTimeMilliseconds(), Rows.Max(r => r.LastSeenAt) ?? 0)));

    private string AxisName => $"on an axis from {Exact(Axis.From)} to {Exact(Axis.To)}";

    private static string TitleOf(UserRow row) => row.Usernames is { } names && names != row.Username ? $"{Formats.ClipTitle(row.UserId)}, also {Formats.ClipTitle(names)}" : Formats.ClipTitle(row.UserId!);

    private (string Start, string Width)? Span(UserRow row)
    {
        if (row is not { FirstSeenAt: { } first, LastSeenAt: { } last })
            return null;
        var (from, to) = Axis;
        var length = Math.Max(1.0, (double)to - from);
        var start = Math.Clamp(((double)first - from) / length, 0, 1);
        var end = Math.Clamp(((double)last - from) / length, start, 1);
        return (Percent(start), Percent(end - start));
    }

    private static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    private double WidthOf(UserRow row) => Math.Max(3, 100.0 * row.TotalTokens / Math.Max(1, Rows.Max(r => r.TotalTokens)));

    private string Exact(long? at) => at is { } ms ? Formats.Exact(ms, Zone) : Formats.None;

    private string Ago(long? at) => at is { } ms ? Formats.Ago(ms, Zone, Now) : Formats.None;

    private RenderFragment Head(string column, string name, string? cssClass) => builder =>
    {
        var sorted = Sort.Column == column;
        builder.OpenElement(0, "th");
        builder.AddAttribute(1, "class", cssClass);
        builder.AddAttribute(2, "aria-sort", sorted ? (Sort.Descending ? "descending" : "ascending") : null);
        builder.OpenElement(3, "a");
        builder.AddAttribute(4, "class", "sort");
        builder.AddAttribute(5, "href", SortUrl(new UserSort(column, !sorted || !Sort.Descending)));
        builder.AddContent(6, name);
        if (sorted)
        {
            builder.OpenComponent<Icon>(7);
            builder.AddAttribute(8, "Name", Sort.Descending ? "down" : "up");
            builder.AddAttribute(9, "Class", "s");
            builder.CloseComponent();
        }

        builder.CloseElement();
        builder.CloseElement();
    };

    // The rows behind a figure; under the archive filter the other pages count otherwise, and nobody has no address.
    private string? Behind(UserRow row, string path, params ReadOnlySpan<KeyValuePair<string, string?>> more) => row.UserId is null || Filter.Archived != false
        ? null
        : Urls.With(path, [.. RangeQuery, new("user_id", row.UserId), new("platform", Filter.Platform), .. more]);

    private static RenderFragment Linked(long count, string? href) => builder =>
    {
        if (count == 0 || href is null)
        {
            builder.AddContent(0, Formats.Count(count));
            return;
        }

        builder.OpenElement(1, "a");
        builder.AddAttribute(2, "class", "user-link");
        builder.AddAttribute(3, "href", href);
        builder.AddContent(4, Formats.Count(count));
        builder.CloseElement();
    };

    // Traces know no platform, so under one the rows behind the figure have no address.
    private RenderFragment ErrorsOf(UserRow row) => builder =>
    {
        var href = Filter.Platform is null ? Behind(row, Urls.Traces, new KeyValuePair<string, string?>("status", "error")) : null;
        builder.OpenElement(0, href is null ? "span" : "a");
        builder.AddAttribute(1, "class", "c-error row errors");
        builder.AddAttribute(2, "href", href);
        builder.AddAttribute(3, "title", $"{Formats.Plural(row.ErrorCount, "trace")} ended in error");
        builder.OpenComponent<Icon>(4);
        builder.AddAttribute(5, "Name", "err");
        builder.CloseComponent();
        builder.AddContent(6, Formats.Count(row.ErrorCount));
        builder.CloseElement();
    };
}

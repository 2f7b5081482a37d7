using System.Globalization;
using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The list of traces.</summary>
public partial class TraceTable
{
    [Parameter, EditorRequired]
    public IReadOnlyList<TraceListItem> Items { get; set; } = [];

    [Parameter, EditorRequired]
    public EventSort Sort { get; set; } = EventSort.Default;

    [Parameter, EditorRequired]
    public DateTimeZone Zone { get; set; } = DateTimeZone.Utc;

    /// <summary>The moment up to which a running event's time is counted.</summary>
    [Parameter, EditorRequired]
    public Instant Now { get; set; }

    /// <summary>True where the rows span more than a day, so that times name theirs.</summary>
    [Parameter]
    public bool Dated { get; set; }

    /// <summary>The address of the list in another order.</summary>
    [Parameter, EditorRequired]
    public Func<EventSort, string> SortUrl { get; set; } = _ => "";

    /// <summary>The address of a trace.</summary>
    [Parameter, EditorRequired]
    public Func<string, string> LinkTo { get; set; } = id => Urls.Trace(id);

    /// <summary>Range and zone that links to users keep.</summary>
    [Parameter]
    public IReadOnlyList<KeyValuePair<string, string?>> RangeQuery { get; set; } = [];

    private long Longest => Math.Max(1, Items.Where(i => !i.IsRunning).Select(i => i.Event.DurationMs ?? 0).DefaultIfEmpty(1).Max());

    private static bool IsBad(TraceListItem item) => item.IsError || item.Event.ErrorCount > 0;

    private long? DurationOf(TraceListItem item) =>
        item.Event.DurationMs ?? (item.IsRunning ? Math.Max(0, Now.ToUnixTimeMilliseconds() - item.Event.TriggeredAt) : null);

    // The longest bar leaves room for the outline of an error.
    private string Share(long ms) => Math.Min(97.0, 97.0 * ms / Longest).ToString("0.#", CultureInfo.InvariantCulture);

    private RenderFragment Head(string label, string column, string cssClass, int span) => builder =>
    {
        var sorted = Sort.Column == column;
        builder.OpenElement(0, "th");
        builder.AddAttribute(1, "class", cssClass);
        builder.AddAttribute(2, "colspan", span == 1 ? null : span);
        builder.AddAttribute(3, "aria-sort", sorted ? (Sort.Descending ? "descending" : "ascending") : null);
        builder.OpenElement(4, "a");
        builder.AddAttribute(5, "class", "sort");
        builder.AddAttribute(6, "href", SortUrl(Sort.After(column)));
        builder.AddContent(7, label);
        if (sorted)
        {
            builder.OpenComponent<Shared.Components.Icon>(8);
            builder.AddAttribute(9, "Name", Sort.Descending ? "down" : "up");
            builder.AddAttribute(10, "Class", "s");
            builder.CloseComponent();
        }

        builder.CloseElement();
        builder.CloseElement();
    };
}

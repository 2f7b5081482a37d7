using System.Globalization;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The state of the page of one trace, all of it in the URL.</summary>
public sealed record TraceState
{
    /// <summary>The selected step's id.</summary>
    public string? Step { get; init; }

    /// <summary><c>step</c>, <c>input</c>, <c>response</c> or <c>json</c>: what the pane shows.</summary>
    public string? Tab { get; init; }

    public FoldState Fold { get; init; } = FoldState.Default;

    /// <summary>The window on the time axis, in ms from the event's start; null for the whole trace.</summary>
    public (long Start, long End)? Zoom { get; init; }

    /// <summary>The number of the first row shown, in windows of <see cref="WindowRows"/>; null follows the selection.</summary>
    public int? At { get; init; }

    public bool ShowsPath { get; init; } = true;

    /// <summary>Text that marks steps; null for none.</summary>
    public string? Find { get; init; }

    /// <summary>So many rows at most are on the page at once.</summary>
    public const int WindowRows = 200;

    /// <summary>Steps shorter than so many ms are hidden; null hides none.</summary>
    public long? MinMs { get; init; }

    /// <summary>Reads the parameters <c>step tab fold open level zoom at path find min_ms</c>.</summary>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static TraceState Read(QueryReader reader) => new()
    {
        Step = reader.Text("step"),
        Tab = reader.OneOf("tab", "step", "input", "response", "json"),
        Fold = new FoldState((int?)reader.Whole("level", 1, 1_000), Keys(reader.Text("fold")), Keys(reader.Text("open"))),
        Zoom = Window(reader.Text("zoom")),
        At = (int?)reader.Whole("at", 0, 10_000_000),
        ShowsPath = reader.OneOf("path", "on", "off") != "off",
        Find = reader.Text("find"),
        MinMs = reader.Whole("min_ms", 1, 1_000_000_000_000),
    };

    /// <summary>The address on which a row is folded or unfolded.</summary>
    /// <param name="address">The current path and query.</param>
    /// <param name="row">The row.</param>
    /// <param name="holdsSelected">True where the selected step lies below it, which would keep it open.</param>
    public string ToggleUrl(string address, TraceRow row, bool holdsSelected)
    {
        var (folded, opened) = (new SortedSet<string>(Fold.Folded, StringComparer.Ordinal), new SortedSet<string>(Fold.Opened, StringComparer.Ordinal));
        if (row.IsOpen)
        {
            opened.Remove(row.Key);
            folded.Add(row.Key);
        }
        else
        {
            folded.Remove(row.Key);
            if (row.IsGroup || Fold.Level is not null)
                opened.Add(row.Key);
        }

        var changed = Urls.Change(address, ("fold", Join(folded)), ("open", Join(opened)));
        return row.IsOpen && holdsSelected ? Urls.Change(changed, ("step", null)) : changed;
    }

    /// <summary>The address without a selected step; the groups that it kept open stay open, so that nothing moves.</summary>
    /// <param name="address">The current path and query.</param>
    /// <param name="groups">The keys of those groups.</param>
    public string CloseUrl(string address, IReadOnlyList<string> groups)
    {
        var opened = new SortedSet<string>(Fold.Opened.Concat(groups), StringComparer.Ordinal);
        var folded = new SortedSet<string>(Fold.Folded.Except(groups), StringComparer.Ordinal);
        return Urls.Change(address, ("step", null), ("tab", null), ("fold", Join(folded)), ("open", Join(opened)));
    }

    /// <summary>The window as it stands in the URL.</summary>
    public static string ZoomText(long start, long end) => string.Create(CultureInfo.InvariantCulture, $"{start}~{end}");

    private static string? Join(SortedSet<string> keys) => keys.Count == 0 ? null : string.Join(',', keys);

    private static HashSet<string> Keys(string? text) => text is null ? [] : [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries)];

    private static (long Start, long End)? Window(string? text)
    {
        if (text is null)
            return null;
        var parts = text.Split('~');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var start)
            && long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var end) && end > start
            ? (start, end)
            : throw new InvalidParameterException("zoom", $"\"{text}\" is no window; it reads like 12000~31900, in ms from the start.");
    }
}

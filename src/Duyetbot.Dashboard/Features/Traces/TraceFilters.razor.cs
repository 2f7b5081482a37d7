using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The filter bar of the list of traces.</summary>
public partial class TraceFilters
{
    private static readonly string[] Fields = ["event_type", "type", "category", "complexity", "user_id", "repo", "model", "agent", "min_duration_ms", "max_duration_ms"];

    [Parameter, EditorRequired]
    public EventFilter Filter { get; set; } = null!;

    /// <summary>The counts; null while they are not known.</summary>
    [Parameter]
    public TraceFacets? Facets { get; set; }

    /// <summary>Path and query of the page.</summary>
    [Parameter, EditorRequired]
    public string Address { get; set; } = "";

    // What the chips of the counts, the search box and the picture show already is not shown again.
    private IEnumerable<string> Chosen => EventFilter.Names.Where(n => n is not ("q" or "min_duration_ms" or "max_duration_ms") && Filter.ValueOf(n) is { } value && !IsCounted(n, value));

    private bool IsCounted(string name, string value) => name switch
    {
        "status" => Facets?.Statuses.Any(s => s.Value == value) ?? false,
        "app_source" => Facets?.Sources.Any(s => s.Value == value) ?? false,
        "agent" => Facets?.Agents?.Any(s => s.Value == value) ?? false,
        _ => false,
    };

    private IEnumerable<KeyValuePair<string, string>> OtherThan(params string[] names) => Urls.Parameters(Address, [.. names, "cursor", "rows", "sums"]);

    private RenderFragment Chips(string label, string name, IReadOnlyList<FacetValue> values, Func<string, string> word) => builder =>
    {
        var first = true;
        foreach (var facet in values.Where(v => v.Value is not null))
        {
            var on = Filter.ValueOf(name) == facet.Value;
            builder.OpenElement(0, "a");
            builder.SetKey(name + facet.Value);
            builder.AddAttribute(1, "class", on ? "chip on" : "chip");
            builder.AddAttribute(2, "href", Urls.Change(Address, (name, on ? null : facet.Value), ("cursor", null), ("rows", null), ("sums", null)));
            builder.AddAttribute(3, "aria-current", on ? "true" : null);
            builder.AddContent(4, first ? label + " " : "");
            builder.AddMarkupContent(5, "<b>" + System.Net.WebUtility.HtmlEncode(Formats.Clip(word(facet.Value!))) + "</b>");
            builder.AddMarkupContent(6, " <span class=\"n\">" + Formats.Count(facet.Count) + "</span>");
            builder.CloseElement();
            first = false;
        }
    };
}

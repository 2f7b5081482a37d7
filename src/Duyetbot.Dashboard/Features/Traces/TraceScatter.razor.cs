using System.Globalization;
using System.Text;
using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The picture of duration over time.</summary>
public partial class TraceScatter
{
    [Parameter, EditorRequired]
    public ScatterPlot Plot { get; set; } = null!;

    [Parameter, EditorRequired]
    public TracePoints Points { get; set; } = null!;

    /// <summary>The filter of the list, whose time and duration the brush sets.</summary>
    [Parameter, EditorRequired]
    public EventFilter Filter { get; set; } = null!;

    /// <summary>True where the list shows a narrower time than the picture.</summary>
    [Parameter]
    public bool HasTimeBrush { get; set; }

    /// <summary>What is selected, in words; null for nothing.</summary>
    [Parameter]
    public string? BrushLabel { get; set; }

    /// <summary>The address to which a brush adds its parameters.</summary>
    [Parameter]
    public string BrushUrl { get; set; } = "";

    /// <summary>The address without the brush.</summary>
    [Parameter]
    public string ClearBrushUrl { get; set; } = "";

    /// <summary>What leads to the other picture.</summary>
    [Parameter]
    public RenderFragment? Switch { get; set; }

    private string Sentence =>
        $"Duration of {Formats.Plural(Plot.Marks.Count, "trace")} over the time each began, on a logarithmic scale; {Formats.Count(Plot.Marks.Count(m => m.Point.Status == "error"))} failed. The table below holds the same traces.";

    private (double X, double Y, double W, double H)? Band
    {
        get
        {
            if (BrushLabel is null)
                return null;
            var (left, right) = HasTimeBrush ? (Plot.XOf(Filter.From ?? Plot.From), Plot.XOf(Filter.To ?? Plot.To)) : (0, 100);
            var top = Filter.MaxDurationMs is { } max ? Plot.YOf(max) : 0;
            var bottom = Filter.MinDurationMs is { } min ? Plot.YOf(min) : ScatterPlot.Height;
            return (left, top, Math.Max(0.2, right - left), Math.Max(1, bottom - top));
        }
    }

    // One text instead of thousands of components; it holds numbers and fixed words only.
    private string Marks
    {
        get
        {
            var svg = new StringBuilder();
            foreach (var mark in Plot.Marks.OrderBy(m => m.Point.Status == "error"))
            {
                svg.Append(mark.Point.Status == "error"
                    ? $"<use href=\"#sc-e\" class=\"pt e\" x=\"{N(mark.X)}%\" y=\"{N(mark.Y)}\"/>"
                    : $"<circle class=\"pt{(mark.Point.Status is "processing" or "pending" ? " r" : "")}\" cx=\"{N(mark.X)}%\" cy=\"{N(mark.Y)}\" r=\"2.5\"/>");
            }

            return svg.ToString();
        }
    }

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

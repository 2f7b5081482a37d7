using Microsoft.AspNetCore.Components;

namespace ApexCharts;

/// <summary>A series of a chart; stands inside <see cref="ApexChart{TItem}"/>.</summary>
/// <typeparam name="TItem">What a point is made of.</typeparam>
public sealed class ApexPointSeries<TItem> : ComponentBase, IDisposable
{
    /// <summary>What the series is called; any text is safe.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>The points, in the order of the axis.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<TItem> Items { get; set; } = [];

    /// <summary>The category of a point.</summary>
    [Parameter, EditorRequired]
    public Func<TItem, object> XValue { get; set; } = _ => "";

    /// <summary>The value of a point, as the tooltip says it.</summary>
    [Parameter, EditorRequired]
    public Func<TItem, double> YValue { get; set; } = _ => 0;

    /// <summary>Where the value is drawn, for an axis that is not linear; at its value where null.</summary>
    [Parameter]
    public Func<TItem, double>? PlotValue { get; set; }

    /// <summary>How the series is drawn.</summary>
    [Parameter]
    public SeriesType SeriesType { get; set; } = SeriesType.Bar;

    /// <summary>A CSS colour or the name of a custom property.</summary>
    [Parameter]
    public string Color { get; set; } = "#888";

    [CascadingParameter]
    private ApexChart<TItem> Owner { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => Owner.Remove(this);

    /// <inheritdoc/>
    protected override void OnInitialized() => Owner.Add(this);
}

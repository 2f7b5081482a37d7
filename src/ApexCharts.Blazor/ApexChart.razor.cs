using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ApexCharts;

/// <summary>A chart of npm's apexcharts, drawn in the browser once the page is interactive and kept up to date without being made anew.</summary>
/// <typeparam name="TItem">What a point is made of.</typeparam>
public sealed partial class ApexChart<TItem> : IAsyncDisposable
{
    private readonly List<ApexPointSeries<TItem>> _series = [];
    private ElementReference _host;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private DotNetObjectReference<ClickReceiver>? _receiver;
    private string? _drawn;
    private bool _drawing;
    private bool _disposed;

    /// <summary>How the chart looks.</summary>
    [Parameter]
    public ApexChartOptions<TItem> Options { get; set; } = new();

    /// <summary>The sentence that says what the chart shows.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The category that is marked, from 0, or null.</summary>
    [Parameter]
    public int? SelectedIndex { get; set; }

    /// <summary>The series.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>What stands in the chart's room until it is drawn.</summary>
    [Parameter]
    public RenderFragment? Fallback { get; set; }

    /// <summary>Raised when a category was clicked.</summary>
    [Parameter]
    public EventCallback<SelectedData<TItem>> OnDataPointSelection { get; set; }

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    private string HeightStyle => Options.Chart.NarrowHeight is { } narrow
        ? $"--apex-h:{Options.Chart.Height}px;--apex-h-narrow:{narrow}px"
        : $"--apex-h:{Options.Chart.Height}px;--apex-h-narrow:{Options.Chart.Height}px";

    /// <summary>Draws again with the current series and options; called by itself after every render.</summary>
    public Task UpdateSeriesAsync() => DrawAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        try
        {
            if (_chart is not null)
            {
                await _chart.InvokeVoidAsync("dispose");
                await _chart.DisposeAsync();
            }

            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (Exception e) when (IsGone(e))
        {
            // The browser is gone and the chart with it.
        }

        _receiver?.Dispose();
    }

    internal void Add(ApexPointSeries<TItem> series) => _series.Add(series);

    internal void Remove(ApexPointSeries<TItem> series) => _series.Remove(series);

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => DrawAsync();

    private async Task DrawAsync()
    {
        // A change that comes while the chart is being drawn is taken up by the loop below.
        if (_disposed || _drawing)
            return;
        _drawing = true;
        try
        {
            while (!_disposed && Serialize() is { } config && config != _drawn)
            {
                _drawn = config;
                if (_chart is null)
                    await CreateAsync(config);
                else
                    await _chart.InvokeVoidAsync("update", config);
            }
        }
        catch (Exception e) when (IsGone(e))
        {
            // The browser is gone; there is nothing to draw on.
        }
        finally
        {
            _drawing = false;
        }
    }

    private async Task CreateAsync(string config)
    {
        _module ??= await JS.InvokeAsync<IJSObjectReference>("import", Absolute("apexcharts-blazor.js"));
        if (_disposed)
            return;
        _receiver ??= DotNetObjectReference.Create(new ClickReceiver(ClickAsync));
        var chart = await _module.InvokeAsync<IJSObjectReference?>("create", _host, Absolute("apexcharts.esm.js"), config, _receiver);
        if (!_disposed)
            _chart = chart;
        else if (chart is not null)
            await chart.InvokeVoidAsync("dispose");
    }

    private string Serialize() => ChartConfig.Of(Options, Label, SelectedIndex, _series).Serialize();

    private string Absolute(string file) => "/" + Assets["_content/ApexCharts.Blazor/" + file];

    private Task ClickAsync(int index, int series, bool narrow) => InvokeAsync(() =>
    {
        if (_disposed || _series.Count == 0 || index < 0 || index >= _series[0].Items.Count)
            return Task.CompletedTask;
        return OnDataPointSelection.InvokeAsync(new SelectedData<TItem>(index, series, _series[0].Items[index], narrow));
    });

    private static bool IsGone(Exception e) => e is JSDisconnectedException or OperationCanceledException or ObjectDisposedException;

    /// <summary>Receives clicks from the browser.</summary>
    internal sealed class ClickReceiver(Func<int, int, bool, Task> click)
    {
        /// <summary>A category was clicked, and in it a series or, with -1, none.</summary>
        [JSInvokable]
        public Task OnClickAsync(int index, int series, bool narrow) => click(index, series, narrow);
    }
}

using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using NodaTime;

namespace Duyetbot.Dashboard.Layout;

/// <summary>Base of the shell's parts: follows the address, and carries range and zone into links to other pages.</summary>
public abstract class ShellState : ComponentBase, IDisposable
{
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    [Inject]
    protected DashboardOptions Options { get; set; } = null!;

    [Inject]
    protected TimeProvider Time { get; set; } = null!;

    /// <summary>The current path without its query.</summary>
    protected string Path => new Uri(Navigation.Uri).AbsolutePath;

    /// <summary>Path and query.</summary>
    protected string Address => "/" + Navigation.ToBaseRelativePath(Navigation.Uri);

    /// <summary>The range and zone of the address; the default where it names a wrong one, which the page says.</summary>
    protected TimeRange Range { get; private set; } = new();

    /// <summary>An address with the range and zone of this page.</summary>
    protected string WithRange(string path) => Urls.With(path, Range.ToQuery());

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Navigation.LocationChanged += OnLocationChanged;
        Read();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        GC.SuppressFinalize(this);
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        Read();
        _ = InvokeAsync(StateHasChanged);
    }

    private void Read()
    {
        try
        {
            Range = TimeRange.Read(QueryReader.FromUri(Navigation.Uri), Options.TimeZone, Time.GetInstant());
        }
        catch (InvalidParameterException)
        {
            Range = new TimeRange { Zone = Options.TimeZone };
        }
    }
}

using Duyetbot.Dashboard.Data.Views;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Duyetbot.Dashboard.Layout;

/// <summary>The frame around every page; holds what its parts share.</summary>
public sealed partial class MainLayout : IDisposable
{
    private ErrorBoundary? _boundary;
    private SavedViews _views = null!;

    /// <summary>The saved views as they were read while prerendering, so that becoming interactive reads nothing.</summary>
    [PersistentState]
    public IReadOnlyList<SavedView>? ReadViews { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private SavedViewStore Store { get; set; } = null!;

    // With a base element a bare "#main" would leave the page.
    private string SkipTarget => "/" + Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0] + "#main";

    /// <inheritdoc/>
    public void Dispose() => Store.Changed -= OnViewsChanged;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _views = new SavedViews(Store);
        Store.Changed += OnViewsChanged;
        if (ReadViews is not null)
        {
            _views.Set(ReadViews);
            return;
        }

        await _views.ReadAsync();
        ReadViews = _views.All;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => _boundary?.Recover();

    private void OnViewsChanged() => _ = InvokeAsync(async () =>
    {
        await _views.ReadAsync();
        // The cascade's receivers are drawn anew only for another value.
        var next = new SavedViews(Store);
        next.Set(_views.All);
        _views = next;
        StateHasChanged();
    });
}

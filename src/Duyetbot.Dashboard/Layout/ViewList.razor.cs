using Duyetbot.Dashboard.Data.Views;
using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Duyetbot.Dashboard.Layout;

/// <summary>Some saved views as links, each to be renamed and deleted where it stands.</summary>
public sealed partial class ViewList
{
    private long? _edited;
    private string _name = "";
    private string? _refused;

    /// <summary>The views, in their order.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<SavedView> Items { get; set; } = [];

    /// <summary>The name of the list.</summary>
    [Parameter]
    public string Label { get; set; } = "Saved views";

    [Inject]
    private SavedViewStore Store { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    private static string ShortPage(SavedView view) => char.ToUpperInvariant(view.Page[1]) + view.Page[2..];

    private bool IsHere(SavedView view) => view.Page == Path && view.Query == ViewPages.QueryOf(Address);

    private void Edit(SavedView view) => (_edited, _name, _refused) = (view.Id, view.Name, null);

    private async Task RenameAsync(SavedView view)
    {
        _refused = await SavedViews.TryAsync(() => Store.RenameAsync(view.Id, _name, CancellationToken.None));
        if (_refused is null)
            _edited = null;
    }

    private async Task DeleteAsync(SavedView view)
    {
        _refused = await SavedViews.TryAsync(() => Store.DeleteAsync(view.Id, CancellationToken.None));
        if (_refused is not null)
            return;
        _edited = null;
        Snackbar.Say($"Deleted the view \"{view.Name}\"", "Undo", async () =>
        {
            if (await SavedViews.TryAsync(() => Store.AddAsync(view.Page, view.Name, view.Query, CancellationToken.None)) is { } refused)
                Snackbar.Say(refused);
        });
    }
}

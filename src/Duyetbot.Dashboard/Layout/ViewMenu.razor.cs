using Duyetbot.Dashboard.Data.Views;
using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Duyetbot.Dashboard.Layout;

/// <summary>Keeps the filter of a list page under a name.</summary>
public sealed partial class ViewMenu
{
    private string _name = "";
    private string? _refused;

    [CascadingParameter]
    private SavedViews? Views { get; set; }

    [Inject]
    private SavedViewStore Store { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    private string Query => ViewPages.QueryOf(Address);

    // The view that the address is.
    private SavedView? Here => Views?.Of(Path).FirstOrDefault(v => v.Query == Query);

    private string Summary
    {
        get
        {
            var count = Urls.Parameters("?" + Query, "range", "from", "to", "timezone", "sort").Count();
            var range = Range.Preset is null ? "from and to as they are" : Range.Preset == "all" ? "all time" : $"{Range.Label.ToLowerInvariant()}, counted from when it is opened";
            return $"{(count == 0 ? "No filter" : Formats.Plural(count, "filter"))}; {range}.";
        }
    }

    private async Task SaveAsync()
    {
        var (page, name, query) = (Path, _name, Query);
        _refused = await SavedViews.TryAsync(() => Store.AddAsync(page, name, query, CancellationToken.None));
        if (_refused is not null)
            return;
        _name = "";
        Snackbar.Say($"Saved as \"{name.Trim()}\"");
    }
}

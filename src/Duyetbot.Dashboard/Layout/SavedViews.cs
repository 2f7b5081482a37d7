using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Views;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Layout;

/// <summary>The saved views as the frame shows them, and the changes of one; handed to rail, tab bar and top bar by the layout.</summary>
public sealed class SavedViews(SavedViewStore store)
{
    /// <summary>Every view, by page and name.</summary>
    public IReadOnlyList<SavedView> All { get; private set; } = [];

    /// <summary>Takes a list that was read before.</summary>
    public void Set(IReadOnlyList<SavedView> all) => All = all;

    /// <summary>Reads the list; where that fails the frame stands without it.</summary>
    public async Task ReadAsync()
    {
        try
        {
            All = await store.ListAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is SqliteException or QueryTimeoutException)
        {
            All = [];
        }
    }

    /// <summary>The views of a page.</summary>
    public IEnumerable<SavedView> Of(string page) => All.Where(v => v.Page == page);

    /// <summary>The views that stand under an entry of the navigation.</summary>
    public IEnumerable<SavedView> Under(string entry) => All.Where(v => ViewPages.EntryOf.GetValueOrDefault(v.Page) == entry);

    /// <summary>Does a change; returns why it was refused, or null.</summary>
    public static async Task<string?> TryAsync(Func<Task> change)
    {
        try
        {
            await change();
            return null;
        }
        catch (Exception e) when (e is SavedViewRefusedException or DatabaseBusyException)
        {
            return e.Message;
        }
    }
}

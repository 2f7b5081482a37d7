using Dapper;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Views;

/// <summary>Reads and writes saved views. What has to be true of them is checked in the transaction that writes them.</summary>
public sealed class SavedViewStore(Database database, TimeProvider time)
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 60;

    /// <summary>The longest query.</summary>
    public const int MaxQuery = 4_000;

    /// <summary>So many views at most; the navigation shows them all.</summary>
    public const int MaxViews = 100;

    private const string Columns = "id, page, name, query, created_at, updated_at";

    /// <summary>Raised after a change of this process, on any thread.</summary>
    public event Action? Changed;

    /// <summary>Every view, by page and name.</summary>
    public Task<IReadOnlyList<SavedView>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<SavedView>>(
        c => c.Query<SavedView>($"SELECT {Columns} FROM saved_views ORDER BY page, name, id LIMIT {MaxViews}").AsList(),
        cancellationToken);

    /// <summary>Names a filter and returns its view.</summary>
    /// <param name="page">The page's path.</param>
    /// <param name="name">1 to 60 characters; spaces around it do not count.</param>
    /// <param name="query">The query without its question mark.</param>
    /// <param name="cancellationToken">Gives up; nothing is written.</param>
    /// <exception cref="SavedViewRefusedException">The name is empty, too long or taken, the query is too long, or there are too many views.</exception>
    /// <exception cref="DatabaseBusyException">Another process is writing.</exception>
    public async Task<SavedView> AddAsync(string page, string name, string query, CancellationToken cancellationToken)
    {
        name = Checked(name);
        if (query.Length > MaxQuery)
            throw new SavedViewRefusedException($"The filter is too long to be saved: {query.Length} characters, {MaxQuery} at most.");
        var added = await database.WriteAsync(
            c =>
            {
                if (c.ExecuteScalar<long>("SELECT COUNT(*) FROM saved_views") >= MaxViews)
                    throw new SavedViewRefusedException($"There are {MaxViews} views already. Delete one first.");
                return Unique(name, () => c.QuerySingle<SavedView>(
                    $"INSERT INTO saved_views(page, name, query, created_at, updated_at) VALUES (@page, @name, @query, @now, @now) RETURNING {Columns}",
                    new { page, name, query, now = Now() }));
            },
            cancellationToken);
        Changed?.Invoke();
        return added;
    }

    /// <summary>Gives a view another name; false where there is none of that id.</summary>
    /// <inheritdoc cref="AddAsync"/>
    public async Task<bool> RenameAsync(long id, string name, CancellationToken cancellationToken)
    {
        name = Checked(name);
        var found = await database.WriteAsync(
            c => Unique(name, () => c.Execute("UPDATE saved_views SET name = @name, updated_at = @now WHERE id = @id", new { id, name, now = Now() })) > 0,
            cancellationToken);
        Changed?.Invoke();
        return found;
    }

    /// <summary>Takes a view away; false where there is none of that id.</summary>
    /// <exception cref="DatabaseBusyException">Another process is writing.</exception>
    public async Task<bool> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        var found = await database.WriteAsync(c => c.Execute("DELETE FROM saved_views WHERE id = @id", new { id }) > 0, cancellationToken);
        Changed?.Invoke();
        return found;
    }

    private static string Checked(string name)
    {
        name = name.Trim();
        if (name.Length == 0)
            throw new SavedViewRefusedException("A view needs a name.");
        if (name.Length > MaxName)
            throw new SavedViewRefusedException($"The name is too long: {name.Length} characters, {MaxName} at most.");
        return name.Any(char.IsControl) ? throw new SavedViewRefusedException("The name holds a character that cannot be shown.") : name;
    }

    private static T Unique<T>(string name, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteCodes.Constraint)
        {
            throw new SavedViewRefusedException($"This page has a view named \"{name}\" already.");
        }
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}

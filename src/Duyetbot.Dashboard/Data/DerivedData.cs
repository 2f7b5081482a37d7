using Dapper;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>A derived table that does not hold what its views say.</summary>
/// <param name="Table">The table.</param>
/// <param name="Missing">Rows that the views say and the table does not hold.</param>
/// <param name="Wrong">Rows that the table holds and the views do not say.</param>
public sealed record DerivedDifference(string Table, long Missing, long Wrong);

/// <summary>How fresh a derived table is.</summary>
/// <param name="Table">The table.</param>
/// <param name="Views">The views that it holds.</param>
/// <param name="Dirty">Keys that are stale; readers take them from the views.</param>
public sealed record DerivedFreshness(string Table, IReadOnlyList<string> Views, long Dirty);

/// <summary>Everything that is derived from the two source tables, as a whole: brought up to date, made anew, compared.</summary>
public sealed class DerivedData(Database database, IEnumerable<DerivedTable> tables, IEnumerable<Rollup> rollups, IEnumerable<IDerivedRefresher> refreshers)
{
    private IEnumerable<DerivedTable> All => rollups.Select(r => r.Derived).Concat(tables);

    /// <summary>How many keys are marked dirty, all tables together.</summary>
    public Task<long> CountDirtyAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(c => All.Sum(t => c.ExecuteScalar<long>($"SELECT COUNT(*) FROM {t.DirtyTable}")), cancellationToken);

    /// <summary>Every derived table with the number of its stale keys, by name.</summary>
    public Task<IReadOnlyList<DerivedFreshness>> ListFreshnessAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<DerivedFreshness>>(
        c => [.. All.OrderBy(t => t.Table, StringComparer.Ordinal).Select(t => new DerivedFreshness(t.Table, t.Views, c.ExecuteScalar<long>($"SELECT COUNT(*) FROM {t.DirtyTable}")))],
        cancellationToken);

    /// <summary>Brings every derived table up to date.</summary>
    /// <remarks>Again until nothing is left: what one table's rows become may make another's stale.</remarks>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        int refreshed;
        do
        {
            refreshed = 0;
            foreach (var refresher in refreshers)
                refreshed += await refresher.RefreshAsync(cancellationToken);
        }
        while (refreshed > 0);
    }

    /// <summary>Empties every derived table and makes it anew. Pages stay right meanwhile: they read the views.</summary>
    public async Task RebuildAsync(CancellationToken cancellationToken)
    {
        await database.DeriveAsync(
            connection =>
            {
                foreach (var table in All)
                {
                    foreach (var (name, _) in table.Contents)
                        connection.Execute($"DELETE FROM {name}");
                    connection.Execute(table.MarkAll);
                }

                return 0;
            },
            cancellationToken);
        await RefreshAsync(cancellationToken);
    }

    /// <summary>Makes every derived table anew beside what it holds, and compares row by row.</summary>
    /// <remarks>For a copy of the database: it keeps what it held in tables named <c>verify_…</c>.</remarks>
    /// <returns>The tables that differ, by name; empty where all agree.</returns>
    public async Task<IReadOnlyList<DerivedDifference>> CompareAsync(CancellationToken cancellationToken)
    {
        // What is marked dirty is not said to be right.
        await RefreshAsync(cancellationToken);
        await database.DeriveAsync(
            connection =>
            {
                foreach (var (name, columns) in All.SelectMany(t => t.Contents))
                    connection.Execute($"CREATE TABLE verify_{name} AS SELECT {columns} FROM {name}");
                return 0;
            },
            cancellationToken);
        await RebuildAsync(cancellationToken);
        return await database.WriteAsync<IReadOnlyList<DerivedDifference>>(
            connection =>
            [
                .. All.SelectMany(t => t.Contents)
                    .Select(c => new DerivedDifference(c.Table, Count(connection, c.Columns, c.Table, "verify_" + c.Table), Count(connection, c.Columns, "verify_" + c.Table, c.Table)))
                    .Where(d => d.Missing + d.Wrong > 0)
                    .OrderBy(d => d.Table, StringComparer.Ordinal),
            ],
            cancellationToken);
    }

    private static long Count(SqliteConnection connection, string columns, string of, string without) =>
        connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM (SELECT {columns} FROM {of} EXCEPT SELECT {columns} FROM {without})");
}

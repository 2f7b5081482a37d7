using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Search;
using Duyetbot.Dashboard.Import;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Storage;

/// <summary>Asks the database about itself.</summary>
public sealed class StorageQueries(Database database, DerivedData derived, SearchIndex search)
{
    /// <summary>The file, its schema and its rows.</summary>
    public Task<StorageReport> GetReportAsync(CancellationToken cancellationToken) => database.ReadAsync(
        c =>
        {
            var page = c.ExecuteScalar<long>("PRAGMA page_size");
            // Asked of the folder: only SQLite may open the file and its log.
            var log = new FileInfo(database.File.FullPath + "-wal");
            return new StorageReport
            {
                Path = database.File.FullPath,
                Bytes = page * c.ExecuteScalar<long>("PRAGMA page_count"),
                FreeBytes = page * c.ExecuteScalar<long>("PRAGMA freelist_count"),
                LogBytes = log.Exists ? log.Length : 0,
                DiskBytes = DiskSpace.FreeAt(database.File.Folder),
                SqliteVersion = c.ExecuteScalar<string>("SELECT sqlite_version()") ?? "",
                Parts = Parts(c),
                Rows = [.. ImportTables.Merged.Select(t => (t, c.ExecuteScalar<long>($"SELECT COUNT(*) FROM {t}")))],
                Migrations = Migrations(c),
            };
        },
        cancellationToken);

    /// <summary>How fresh is what is derived.</summary>
    public async Task<DerivedReport> GetDerivedAsync(CancellationToken cancellationToken) =>
        new(await derived.ListFreshnessAsync(cancellationToken), await search.GetProgressAsync(cancellationToken));

    private static StorageParts Parts(SqliteConnection connection) => connection.QuerySingle<StorageParts>(
        """
        SELECT COUNT(*) FILTER (WHERE type = 'table' AND name NOT GLOB 'search_*_*') AS tables, COUNT(*) FILTER (WHERE type = 'view') AS views,
          COUNT(*) FILTER (WHERE type = 'index' AND sql IS NOT NULL) AS indexes, COUNT(*) FILTER (WHERE type = 'trigger') AS triggers
        FROM sqlite_schema WHERE name NOT GLOB 'sqlite_*'
        """);

    private static List<AppliedMigration> Migrations(SqliteConnection connection) => connection.Query<AppliedMigration>(
        "SELECT CAST(name AS TEXT) AS name, 1000 * unixepoch(applied_at) AS applied_at FROM d1_migrations ORDER BY id DESC").AsList();
}

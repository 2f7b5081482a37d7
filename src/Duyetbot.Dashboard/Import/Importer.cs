using System.Reflection;
using Dapper;
using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Import;

/// <summary>Merges a D1 export, a SQLite file of any historical stage, or a shared conversation into the dashboard's database.</summary>
/// <remarks>The input goes into a scratch database first. The merge is one transaction: all or nothing. Roll-ups are left to their refresher.</remarks>
public static class Importer
{
    private const int ProgressRows = 2_000;

    /// <summary>Imports a file.</summary>
    /// <param name="database">The dashboard's database, migrated.</param>
    /// <param name="path">A SQL dump, a SQLite file or a conversation's JSON, each of them also under gzip.</param>
    /// <param name="dryRun">True writes nothing and reports what would be written.</param>
    /// <param name="progress">Told every few thousand rows.</param>
    /// <param name="cancellationToken">Stops it; nothing is written then.</param>
    /// <exception cref="ImportException">The input cannot be imported; nothing was written.</exception>
    public static Task<ImportReport> RunAsync(Database database, string path, bool dryRun, IProgress<ImportProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(database, path, dryRun, force: false, progress, cancellationToken);

    /// <summary>Imports a file, a redacted conversation too where it is forced.</summary>
    /// <inheritdoc cref="RunAsync(Database, string, bool, IProgress{ImportProgress}, CancellationToken)"/>
    public static async Task<ImportReport> RunAsync(Database database, string path, bool dryRun, bool force, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        // Before anything opens it: a plain file handle on the live database would drop SQLite's locks.
        if (IsSameFile(path, database.File.FullPath))
            throw new ImportException($"{path} is the dashboard's own database. Nothing was written.");
        using var scratch = Scratch.Create(database.File);
        var report = new ImportReport { DryRun = dryRun };
        var (input, isDatabase) = await InputFile.PrepareAsync(path, scratch.Folder, progress, cancellationToken);
        await Task.Run(
            () =>
            {
                if (isDatabase)
                    scratch.CopyDatabase(input, progress, cancellationToken);
                else if (Scratch.IsJson(input))
                    scratch.LoadConversation(input, report, force, cancellationToken);
                else
                    scratch.LoadDump(input, report, progress, cancellationToken);
                RefuseNewer(scratch);
                scratch.FoldLegacy(report, progress);
            },
            cancellationToken);

        using var source = SqliteConnections.OpenForMigration(scratch.File);
        if (!ImportTables.Merged.Any(t => Scratch.IsTable(source, t)))
            throw new ImportException($"{path} holds none of the bot's tables ({string.Join(", ", ImportTables.Merged)}). Nothing was written.");
        try
        {
            await database.WriteAsync(
                target =>
                {
                    // Pages of many indexes stay in memory until the commit.
                    target.Execute("PRAGMA cache_size=-131072");
                    try
                    {
                        Merge(source, target, report, fromDatabase: isDatabase || report.Folded > 0, progress, cancellationToken);
                    }
                    finally
                    {
                        target.Execute("PRAGMA cache_size=-2000");
                    }

                    return dryRun ? throw new DryRunOver() : 0;
                },
                cancellationToken);
        }
        catch (DryRunOver)
        {
            // Rolled back: that is what a dry run is.
        }

        return report;
    }

    private static void Merge(SqliteConnection source, SqliteConnection target, ImportReport report, bool fromDatabase, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        using var events = new EventMerge(target, report);
        using var messages = new MessageMerge(target, report);
        using var settings = new SettingsMerge(target, report, oursWins: report.Folded > 0);
        var total = ImportTables.Merged.Sum(t => ScratchRows.Count(source, t));
        long done = 0;
        foreach (var (table, merge) in new (string, Action<InputRow>)[]
        {
            // Events first: messages point to them.
            (ImportTables.Events, events.Merge), (ImportTables.Messages, messages.Merge), (ImportTables.Prices, settings.Price), (ImportTables.Annotations, settings.Annotation),
        })
        {
            if (fromDatabase)
                report.Of(table).Read = ScratchRows.Count(source, table) + report.Of(table).Rejected;
            foreach (var row in ScratchRows.Read(source, table, report))
            {
                try
                {
                    merge(row);
                }
                catch (SqliteException e) when (e.SqliteErrorCode is SqliteCodes.Constraint or SqliteCodes.Mismatch)
                {
                    report.Reject(row, DumpLoader.Reason(e));
                }

                if (++done % ProgressRows == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress?.Report(new("Merging", done, total));
                }
            }

            messages.Flush();
        }

        progress?.Report(new("Merging", done, total));
    }

    // Such a database may hold what this version does not know, and would lose it.
    private static void RefuseNewer(Scratch scratch)
    {
        using var connection = SqliteConnections.OpenForMigration(scratch.File);
        if (!Scratch.IsTable(connection, ImportTables.Journal))
            return;
        var known = Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith("migrations/", StringComparison.Ordinal)).Select(n => Path.GetFileName(n)).Where(n => char.IsAsciiDigit(n[0])).Max(StringComparer.Ordinal)!;
        var newest = connection.Query<string>("SELECT CAST(name AS TEXT) FROM d1_migrations WHERE name GLOB '[0-9][0-9][0-9][0-9]_*'").Max(StringComparer.Ordinal);
        if (newest is not null && string.CompareOrdinal(newest[..4], known[..4]) > 0)
            throw new ImportException($"The input is newer than this version: it holds migration {newest}, the newest known here is {known}. Update the dashboard first. Nothing was written.");
    }

    private static bool IsSameFile(string a, string b) =>
        string.Equals(Resolve(a), Resolve(b), StringComparison.Ordinal);

    private static string Resolve(string path) =>
        File.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;

    private sealed class DryRunOver : Exception;
}

using Dapper;
using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duyetbot.Dashboard.Import;

/// <summary>A database of its own into which the input goes first; gone with the import.</summary>
internal sealed class Scratch : IDisposable
{
    private Scratch(string folder)
    {
        Folder = folder;
        File = new DatabaseFile(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "input.db") }.ToString());
    }

    /// <summary>The folder that goes with it.</summary>
    public string Folder { get; }

    /// <summary>The database file.</summary>
    public DatabaseFile File { get; }

    /// <summary>Makes the folder beside the dashboard's database, where there is room for it, or among the temporary files while there is no such folder.</summary>
    public static Scratch Create(DatabaseFile beside)
    {
        if (!Directory.Exists(beside.Folder))
            return new Scratch(Directory.CreateTempSubdirectory("duyetbot-import-").FullName);
        var folder = Path.Combine(beside.Folder, $".import-{Guid.NewGuid():n}");
        Directory.CreateDirectory(folder);
        return new Scratch(folder);
    }

    /// <summary>Loads a dump, in one transaction.</summary>
    /// <exception cref="ImportException">It is no dump, or cut off.</exception>
    public void LoadDump(string path, ImportReport report, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        using var connection = SqliteConnections.OpenForMigration(File);
        connection.Execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536");
        using var transaction = connection.BeginTransaction();
        using var stream = System.IO.File.OpenRead(path);
        using var text = new StreamReader(stream, bufferSize: 1 << 16);
        using var loader = new DumpLoader(connection, report, () => progress?.Report(new("Reading", stream.Position, stream.Length)), cancellationToken);
        new DumpReader(text, loader).Read();
        loader.Finish();
        transaction.Commit();
    }

    /// <summary>True for a file that begins as a JSON object.</summary>
    public static bool IsJson(string path)
    {
        using var text = new StreamReader(System.IO.File.OpenRead(path));
        var c = text.Read();
        while (c >= 0 && char.IsWhiteSpace((char)c))
            c = text.Read();
        return c == '{';
    }

    /// <summary>Loads a shared conversation, in one transaction.</summary>
    /// <exception cref="ImportException">It is no such file, of a version that is not known, or redacted and not forced.</exception>
    public void LoadConversation(string path, ImportReport report, bool force, CancellationToken cancellationToken)
    {
        using var connection = SqliteConnections.OpenForMigration(File);
        using var transaction = connection.BeginTransaction();
        using var stream = System.IO.File.OpenRead(path);
        using var loader = new DumpLoader(connection, report, () => { }, cancellationToken);
        ConversationFile.Load(stream, loader, report, force);
        loader.Finish();
        transaction.Commit();
    }

    /// <summary>Copies a SQLite file, which another process may be writing to, as of one moment.</summary>
    /// <exception cref="ImportException">It is damaged, or cannot be opened.</exception>
    public void CopyDatabase(string path, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new("Copying", 0, 0));
        try
        {
            using var connection = SqliteConnections.OpenRead(new DatabaseFile(new SqliteConnectionStringBuilder { DataSource = path }.ToString()));
            connection.Interruptible(c => c.Execute("PRAGMA query_only=OFF; VACUUM INTO @target", new { target = File.FullPath }), cancellationToken);
        }
        catch (SqliteException e)
        {
            throw new ImportException($"The input cannot be read as a SQLite database: {e.Message} Nothing was written.", e);
        }
    }

    /// <summary>Folds the duplicate tables of older versions into the sources, where there are any.</summary>
    /// <exception cref="ImportException">The input fits no stage.</exception>
    public void FoldLegacy(ImportReport report, IProgress<ImportProgress>? progress)
    {
        using (var connection = SqliteConnections.OpenForMigration(File))
        {
            foreach (var table in ImportTables.Legacy.Where(t => IsTable(connection, t)))
                report.Folded += connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM {table}");
            if (report.Folded == 0)
                return;
        }

        progress?.Report(new("Migrating the copy", 0, 0));
        try
        {
            new Migrator(File, NullLogger<Migrator>.Instance) { KeepsCopy = false }.Run();
        }
        catch (DatabaseRefusedException e)
        {
            throw new ImportException($"The input cannot be brought to this version's schema: {e.Message}", e);
        }
    }

    /// <summary>True when the database holds an ordinary table of this name.</summary>
    public static bool IsTable(SqliteConnection connection, string table) =>
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = @table AND sql NOT LIKE 'CREATE VIRTUAL%'", new { table }) > 0;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // What is left is named .import-… and holds nothing that is not in the input.
        }
    }
}

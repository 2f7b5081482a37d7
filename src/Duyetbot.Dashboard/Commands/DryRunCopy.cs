using Dapper;
using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duyetbot.Dashboard.Commands;

/// <summary>A copy of the database for a dry run that would have to migrate first; gone afterwards.</summary>
internal sealed class DryRunCopy : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("duyetbot-dry-run-").FullName;

    private DryRunCopy()
    {
    }

    /// <summary>For the connection setting.</summary>
    public string ConnectionString => new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder, "copy.db") }.ToString();

    /// <summary>A copy, or null where the database is there and up to date: it can be asked itself.</summary>
    /// <exception cref="DatabaseRefusedException">The database cannot be used.</exception>
    public static DryRunCopy? Of(DatabaseFile file)
    {
        if (!File.Exists(file.FullPath))
            return new DryRunCopy();
        if (new Migrator(file, NullLogger<Migrator>.Instance).Preview().IsUpToDate)
            return null;
        var copy = new DryRunCopy();
        using var connection = SqliteConnections.OpenRead(file);
        connection.Execute("PRAGMA query_only=OFF; VACUUM INTO @target", new { target = new DatabaseFile(copy.ConnectionString).FullPath });
        return copy;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

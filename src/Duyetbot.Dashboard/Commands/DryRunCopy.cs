using System.Reflection;
using Dapper;
using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;

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
    public static DryRunCopy? Of(DatabaseFile file)
    {
        if (!File.Exists(file.FullPath))
            return new DryRunCopy();
        using var connection = SqliteConnections.OpenRead(file);
        if (IsCurrent(connection))
            return null;
        var copy = new DryRunCopy();
        connection.Execute("PRAGMA query_only=OFF; VACUUM INTO @target", new { target = new DatabaseFile(copy.ConnectionString).FullPath });
        return copy;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsCurrent(SqliteConnection connection)
    {
        if (connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'd1_migrations'") == 0)
            return false;
        var applied = connection.Query<string>("SELECT name FROM d1_migrations").ToHashSet(StringComparer.Ordinal);
        return Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith("migrations/", StringComparison.Ordinal) && !n.StartsWith("migrations/views/", StringComparison.Ordinal))
            .All(n => applied.Contains(Path.GetFileName(n)));
    }
}

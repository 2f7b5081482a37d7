using Duyetbot.Dashboard.Data.Search;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Duyetbot.Dashboard.Data;

/// <summary>Opens connections with every setting that matters; pooled connections keep their last user's settings, so all are set at every open.</summary>
public static class SqliteConnections
{
    private const int DefensiveMode = 1010; // SQLITE_DBCONFIG_DEFENSIVE

    /// <summary>A connection that cannot write.</summary>
    public static SqliteConnection OpenRead(DatabaseFile file) =>
        Open(file.ReadConnectionString, "PRAGMA query_only=ON; PRAGMA busy_timeout=2000; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456;");

    /// <summary>A connection that writes; a commit is on the disk when it returns (synchronous=FULL).</summary>
    /// <remarks>The pages of all indexes that a batch touches stay in memory, and the log takes a few batches before it is copied into the file: the same pages are not read and written again for each.</remarks>
    public static SqliteConnection OpenWrite(DatabaseFile file) =>
        Open(file.WriteConnectionString, "PRAGMA foreign_keys=ON; PRAGMA busy_timeout=2000; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-32000; PRAGMA wal_autocheckpoint=4000;");

    /// <summary>A connection for migrations: foreign keys off, waits long for another process that migrates.</summary>
    public static SqliteConnection OpenForMigration(DatabaseFile file) =>
        Open(file.MigrationConnectionString, "PRAGMA busy_timeout=60000; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;");

    /// <summary>A connection outside the pool for looking at a file and for copying it (VACUUM INTO refuses a connection set to query only); makes no file.</summary>
    public static SqliteConnection OpenUnpooled(DatabaseFile file) =>
        Open(file.InspectionConnectionString, "PRAGMA busy_timeout=60000; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY;");

    private static SqliteConnection Open(string connectionString, string pragmas)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            raw.sqlite3_db_config(connection.Handle, DefensiveMode, 1, out _);
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
            SearchFunctions.Register(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

using Dapper;

namespace Duyetbot.Dashboard.Data;

/// <summary>Whether the database answers.</summary>
public static class DatabaseHealth
{
    /// <summary>Reads one row of a table that every migrated database has.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The database cannot be read, or is not migrated.</exception>
    public static Task CheckAsync(this Database database, CancellationToken cancellationToken) =>
        database.ReadAsync(c => c.ExecuteScalar<long>("SELECT COUNT(*) FROM (SELECT 1 FROM chat_messages LIMIT 1)"), cancellationToken);
}

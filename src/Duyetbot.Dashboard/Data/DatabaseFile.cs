using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>Where the database is, and the connection strings for each way of opening it.</summary>
/// <remarks>Nothing but SQLite may open the live file: one plain file handle drops SQLite's POSIX locks when it closes.</remarks>
public sealed class DatabaseFile
{
    /// <summary>Reads the file's path from an ADO.NET connection string; a relative path is relative to the working directory.</summary>
    /// <exception cref="ArgumentException">The string names no file.</exception>
    public DatabaseFile(string connectionString)
    {
        string source;
        try
        {
            source = new SqliteConnectionStringBuilder(connectionString).DataSource;
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"ConnectionStrings:Dashboard is not a SQLite connection string: {e.Message}", nameof(connectionString), e);
        }

        if (string.IsNullOrWhiteSpace(source) || source == ":memory:")
            throw new ArgumentException("ConnectionStrings:Dashboard names no file; it reads like \"Data Source=data/duyetbot.db\".", nameof(connectionString));
        FullPath = Path.GetFullPath(source);
    }

    /// <summary>The absolute path of the database file.</summary>
    public string FullPath { get; }

    /// <summary>The folder of the database file; copies are written here.</summary>
    public string Folder => Path.GetDirectoryName(FullPath)!;

    /// <summary>Read-only, pooled.</summary>
    public string ReadConnectionString => Build(SqliteOpenMode.ReadOnly, pooling: true, foreignKeys: null);

    /// <summary>Read and write, pooled, foreign keys enforced.</summary>
    public string WriteConnectionString => Build(SqliteOpenMode.ReadWrite, pooling: true, foreignKeys: true);

    /// <summary>Read and write, made when missing, foreign keys off: for migrations only, because a rebuilt parent table would null its children.</summary>
    public string MigrationConnectionString => Build(SqliteOpenMode.ReadWriteCreate, pooling: false, foreignKeys: false);

    /// <summary>Read and write but never made when missing, not pooled: for looking at a file before it is used.</summary>
    public string InspectionConnectionString => Build(SqliteOpenMode.ReadWrite, pooling: false, foreignKeys: false);

    private string Build(SqliteOpenMode mode, bool pooling, bool? foreignKeys) => new SqliteConnectionStringBuilder
    {
        DataSource = FullPath,
        Mode = mode,
        Pooling = pooling,
        ForeignKeys = foreignKeys,
        DefaultTimeout = 30,
    }.ToString();
}

using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duyetbot.Dashboard.IntegrationTests.Migrations;

/// <summary>A database of the past in a folder of its own, gone with the test.</summary>
internal sealed class HistoricalDatabase : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("duyetbot-migrate-").FullName;

    public HistoricalDatabase() => File = new DatabaseFile($"Data Source={Path.Combine(_folder, "bot.db")}");

    public HistoricalDatabase(int stage, JournalState journal = JournalState.Complete, StageRows rows = StageRows.Clean, bool otherText = false)
        : this() => HistoricalStage.Build(File.FullPath, stage, journal, rows, otherText);

    public DatabaseFile File { get; }

    public string Folder => _folder;

    public Migrator Migrator => new(File, NullLogger<Migrator>.Instance);

    /// <summary>A plain connection: no foreign keys, no pool.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File.FullPath};Pooling=False;Foreign Keys=False");
        connection.Open();
        return connection;
    }

    public void Execute(string sql)
    {
        using var connection = Open();
        connection.Execute(sql);
    }

    public List<string> Rows(string sql)
    {
        using var connection = Open();
        return connection.Query<string>(sql).AsList();
    }

    public long Count(string sql)
    {
        using var connection = Open();
        return connection.ExecuteScalar<long>(sql);
    }

    /// <summary>Every object, white space aside, in an order of its own.</summary>
    public List<string> SchemaRows() =>
        Rows("SELECT type || ' ' || name || ' ' || tbl_name || ' ' || COALESCE(sql, '') FROM sqlite_schema")
            .Select(s => string.Concat(s.Where(c => !char.IsWhiteSpace(c)))).Order(StringComparer.Ordinal).ToList();

    public byte[] Bytes() => System.IO.File.ReadAllBytes(File.FullPath);

    public List<string> FileNames() => Directory.GetFiles(_folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToList();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

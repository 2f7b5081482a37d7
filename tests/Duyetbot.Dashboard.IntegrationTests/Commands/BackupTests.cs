using System.CommandLine;
using Dapper;
using Duyetbot.Dashboard.Commands;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.IntegrationTests.Commands;

/// <summary>A backup and its restoring, as a pair.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("duyetbot-backup-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Backup_WhileServedAndWritten_IsRestoredAsItWas()
    {
        _database.GivenMessage(content: "kept");
        await using var server = await TestServer.StartAsync(_database.File);
        var before = await server.Client.GetStringAsync("/api/v1/messages", Token);
        var target = Path.Combine(_folder, "deep", "copy.db");
        using (var writing = _database.Connection.BeginTransaction(deferred: false))
        {
            _database.Connection.Execute("INSERT INTO chat_messages(session_id, sequence, role, content, timestamp) VALUES ('s', 1, 'user', 'not committed', 1)", transaction: writing);

            Assert.Equal(0, Run("backup", target));

            writing.Rollback();
        }

        // Restoring is putting the copy in the database's place.
        await using var restored = await TestServer.StartAsync(new DatabaseFile($"Data Source={target}"));
        Assert.Equal(before, await restored.Client.GetStringAsync("/api/v1/messages", Token));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(target)!, "*.partial"));
    }

    [Fact]
    public void Backup_OverAFile_NeedsForce()
    {
        var target = Path.Combine(_folder, "copy.db");
        File.WriteAllText(target, "something dear");

        Assert.Equal(1, Run("backup", target));
        Assert.Equal("something dear", File.ReadAllText(target));
        Assert.Equal(0, Run("backup", target, "--force"));
        Assert.NotEqual("something dear", File.ReadAllText(target));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-wal")]
    [InlineData("-shm")]
    public void Backup_OverTheDatabaseItself_IsRefusedAlsoWithForce(string suffix)
    {
        _database.GivenMessage();

        Assert.Equal(1, Run("backup", _database.File.FullPath + suffix, "--force"));
        Assert.Equal(1, _database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM chat_messages"));
    }

    [Fact]
    public void Backup_WithoutDatabase_MakesNone()
    {
        var missing = Path.Combine(_folder, "missing.db");

        Assert.Equal(1, new RootCommand { CommonOptions.Database, BackupCommand.Create() }.Parse(["backup", Path.Combine(_folder, "copy.db"), "--database", missing]).Invoke());
        Assert.False(File.Exists(missing));
    }

    private int Run(params string[] arguments) =>
        new RootCommand { CommonOptions.Database, BackupCommand.Create() }.Parse([.. arguments, "--database", _database.File.FullPath]).Invoke();
}

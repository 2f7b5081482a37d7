using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duyetbot.Dashboard.IntegrationTests.Migrations;

public sealed class RefusalTests
{
    [Fact]
    public void Run_NewerDatabase_IsRefusedAndUntouched()
    {
        using var database = new HistoricalDatabase();
        database.Migrator.Run();
        database.Execute("INSERT INTO d1_migrations(name) VALUES ('9999_from_the_future.sql')");
        AssertRefused(database, "9999_from_the_future.sql");
    }

    [Fact]
    public void Run_NewerDatabaseWithAWriteAheadLog_LeavesTheLogToo()
    {
        using var source = new HistoricalDatabase();
        source.Migrator.Run();
        using var database = new HistoricalDatabase();
        using (var writer = source.Open())
        {
            using var command = writer.CreateCommand();
            command.CommandText = "INSERT INTO d1_migrations(name) VALUES ('9999_from_the_future.sql')";
            command.ExecuteNonQuery();
            // As a killed process leaves them.
            File.Copy(source.File.FullPath, database.File.FullPath);
            File.Copy(source.File.FullPath + "-wal", database.File.FullPath + "-wal");
        }

        var log = File.ReadAllBytes(database.File.FullPath + "-wal");
        Assert.NotEmpty(log);
        var bytes = database.Bytes();

        Assert.Throws<DatabaseRefusedException>(() => database.Migrator.Run());

        Assert.Equal(bytes, database.Bytes());
        Assert.Equal(log, File.ReadAllBytes(database.File.FullPath + "-wal"));
    }

    [Theory]
    [InlineData("this is a text, and a rather long one, so that it has more than the hundred bytes of a header: is not a database, whatever its name says")]
    [InlineData("short")]
    public void Run_NoDatabase_IsRefusedAndUntouched(string content)
    {
        using var database = new HistoricalDatabase();
        File.WriteAllText(database.File.FullPath, content);
        AssertRefused(database, "is not a SQLite database");
    }

    [Theory]
    [InlineData(2, "ALTER TABLE chat_messages DROP COLUMN role", "role")]
    [InlineData(6, "ALTER TABLE observability_events DROP COLUMN agents", "agents")]
    [InlineData(7, "ALTER TABLE chat_messages DROP COLUMN visibility", "visibility")]
    [InlineData(2, "ALTER TABLE chat_messages ADD COLUMN mood TEXT", "mood")]
    [InlineData(4, "DROP TABLE analytics_messages", "analytics_messages")]
    [InlineData(2, "DROP TABLE observability_events", "0001_observability.sql")]
    [InlineData(1, "CREATE VIEW chat_messages AS SELECT 1", "chat_messages is a view")]
    [InlineData(5, "ALTER TABLE analytics_messages DROP COLUMN session_id", "session_id")]
    [InlineData(0, "CREATE TABLE recipes(name TEXT)", "recipes")]
    public void Run_StateOfNoStage_IsRefusedAndUntouched(int stage, string change, string named)
    {
        using var database = new HistoricalDatabase(stage);
        if (stage >= 6)
            database.Execute("DROP VIEW chat_session_stats; DROP VIEW analytics_session_stats; DROP VIEW observability_daily_metrics");
        if (change.Contains("session_id", StringComparison.Ordinal))
            database.Execute("DELETE FROM chat_messages");
        database.Execute(change);
        AssertRefused(database, named);
    }

    [Fact]
    public void Run_RowThatTheDefinitionForbids_IsRefusedByName()
    {
        using var database = new HistoricalDatabase(1);
        database.Execute(
            """
            CREATE TABLE chat_messages (id INTEGER PRIMARY KEY, event_id TEXT, session_id TEXT, sequence INTEGER, role TEXT, content TEXT, input_tokens INTEGER, output_tokens INTEGER, timestamp INTEGER, created_at INTEGER);
            INSERT INTO chat_messages(session_id, sequence, role, content, timestamp, created_at) VALUES ('a', 1, 'robot', 'x', 1, 1);
            """);
        AssertRefused(database, "chat_messages");
    }

    [Fact]
    public void Run_NoFreeSpace_IsRefusedBeforeAnythingChanges()
    {
        using var database = new HistoricalDatabase(6);
        var before = database.SchemaRows();
        var error = Assert.Throws<DatabaseRefusedException>(() => new Migrator(database.File, NullLogger<Migrator>.Instance) { FreeBytes = _ => 1000 }.Run());
        Assert.Contains("free space", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, database.SchemaRows());
        Assert.Equal(["bot.db"], database.FileNames());
    }

    [Fact]
    public void Run_DropWithoutRescue_IsStoppedByTheCheck()
    {
        using var database = new HistoricalDatabase(8, rows: StageRows.Dirty);
        var before = database.SchemaRows();
        var error = Assert.Throws<DatabaseRefusedException>(() => new Migrator(database.File, NullLogger<Migrator>.Instance) { Rescue = _ => new RescueResult([], 0) }.Run());
        Assert.Contains("every_duplicate_row_is_accounted_for", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, database.SchemaRows());
    }

    [Fact]
    public void Run_RescueThatForgetsARow_IsStoppedByTheCheck()
    {
        using var database = new HistoricalDatabase(8);
        var count = database.Count("SELECT COUNT(*) FROM analytics_messages");
        Assert.Throws<DatabaseRefusedException>(() => new Migrator(database.File, NullLogger<Migrator>.Instance)
        {
            Rescue = c =>
            {
                c.Run("INSERT INTO analytics_agent_steps(step_id, event_id, agent_name, agent_type, sequence, created_at) VALUES ('late', 'e', 'x', 'agent', 0, 0)");
                c.Run("DELETE FROM analytics_messages; DELETE FROM analytics_conversations");
                return new RescueResult([], 0);
            },
        }.Run());
        Assert.Equal(count, database.Count("SELECT COUNT(*) FROM analytics_messages"));
    }

    private static void AssertRefused(HistoricalDatabase database, string named)
    {
        var bytes = database.Bytes();
        var files = database.FileNames();

        var error = Assert.Throws<DatabaseRefusedException>(() => database.Migrator.Run());
        Assert.Contains(named, error.Message, StringComparison.Ordinal);

        var after = database.Bytes();
        if (named is "chat_messages")
        {
            // Only the work itself finds this: it is rolled back after the copy and after the switch to a write-ahead log,
            // which is two bytes of the header and the header's own count of its changes.
            files.Add("bot.db.before-0003.db");
            foreach (var at in new[] { 18, 19, 24, 25, 26, 27, 92, 93, 94, 95, 96, 97, 98, 99 })
                bytes[at] = after[at];
        }
        else
        {
            Assert.Throws<DatabaseRefusedException>(() => database.Migrator.Preview());
        }

        Assert.Equal(bytes, after);
        Assert.Equal(files, database.FileNames());
    }
}

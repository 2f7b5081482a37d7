using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duyetbot.Dashboard.IntegrationTests.Migrations;

public sealed class PersonsPartsTests
{
    private const string Parts =
        """
        CREATE VIEW my_view AS SELECT  session_id, COUNT(*) AS n /* mine */ FROM chat_messages GROUP BY session_id;
        CREATE VIEW my_broken_view AS SELECT * FROM a_table_that_is_gone;
        CREATE VIEW my_duplicates AS SELECT * FROM analytics_messages;
        CREATE INDEX my_index ON chat_messages(content);
        CREATE TABLE my_notes(note TEXT);
        CREATE TRIGGER my_trigger AFTER UPDATE ON chat_messages BEGIN INSERT INTO my_notes VALUES ('changed'); END;
        CREATE TRIGGER my_view_trigger INSTEAD OF DELETE ON my_view BEGIN DELETE FROM chat_messages WHERE session_id = OLD.session_id; END;
        """;

    [Theory]
    [InlineData(4, false)]
    [InlineData(6, true)]
    [InlineData(8, true)]
    public void Run_PersonsOwnParts_StayWordForWord(int stage, bool otherText)
    {
        using var database = new HistoricalDatabase(stage, otherText: otherText);
        database.Execute(Parts);
        const string mine = "SELECT type || name || tbl_name || sql FROM sqlite_schema WHERE name LIKE 'my%' ORDER BY name";
        var before = database.Rows(mine);
        Assert.Equal(7, before.Count);

        database.Migrator.Run();

        Assert.Equal(before, database.Rows(mine));
        Assert.Empty(database.Rows("SELECT note FROM my_notes"));
        Assert.True(database.Migrator.Run().IsUpToDate);
    }

    [Fact]
    public void Run_TriggerThatAMigrationTakesAway_IsNoPersonsOwn()
    {
        using var fresh = new HistoricalDatabase();
        fresh.Migrator.Run();
        using var database = new HistoricalDatabase();
        var all = MigrationFiles.Embedded;
        // 0020 takes away triggers that 0014 made.
        new Migrator(database.File, NullLogger<Migrator>.Instance) { Files = all with { Migrations = [.. all.Migrations.Where(m => m.Number < 20)] } }.Run();
        Assert.Contains("agent_hours_price_insert", database.Rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'"));

        database.Migrator.Run();

        Assert.Equal(fresh.SchemaRows(), database.SchemaRows());
    }

    [Fact]
    public void Run_ChangedView_IsMadeAnewAndNothingElseIsTouched()
    {
        using var database = new HistoricalDatabase();
        database.Migrator.Run();
        var schema = database.SchemaRows();
        database.Execute("CREATE VIEW my_view AS SELECT * FROM gone; DROP VIEW analytics_events_view; DROP VIEW analytics_prices_view; CREATE VIEW analytics_prices_view AS SELECT 1; CREATE VIEW chat_session_stats AS SELECT 1");

        var report = database.Migrator.Run();

        Assert.Equal(["analytics_events_view", "analytics_prices_view", "chat_session_stats"], report.Remade.Order());
        Assert.Empty(report.Applied);
        Assert.Equal(schema.Count + 1, database.SchemaRows().Count);
        database.Execute("DROP VIEW my_view");
        Assert.Equal(schema, database.SchemaRows());
    }

    [Fact]
    public void Run_LostIndexesAndTriggers_AreMadeAnew()
    {
        using var database = new HistoricalDatabase();
        database.Migrator.Run();
        var schema = database.SchemaRows();
        database.Execute("DROP INDEX idx_chat_msg_time; DROP TRIGGER chat_messages_fill; DROP INDEX idx_obs_time; CREATE INDEX idx_obs_time ON observability_events(model)");

        database.Migrator.Run();

        Assert.Equal(schema, database.SchemaRows());
    }

    [Theory]
    [InlineData(JournalState.Absent)]
    [InlineData(JournalState.Partial)]
    public void Run_FinishedDatabaseWithoutJournal_OnlyRecords(JournalState journal)
    {
        using var database = new HistoricalDatabase(9);
        database.Migrator.Run();
        var bytes = database.Rows("SELECT id || message_id FROM chat_messages");
        database.Execute(journal == JournalState.Absent ? "DROP TABLE d1_migrations" : "DELETE FROM d1_migrations WHERE id % 2 = 0");

        var report = database.Migrator.Run();

        Assert.Empty(report.Applied);
        Assert.NotEmpty(report.Recorded);
        Assert.Equal(bytes, database.Rows("SELECT id || message_id FROM chat_messages"));
        Assert.True(database.Migrator.Run().IsUpToDate);
    }
}

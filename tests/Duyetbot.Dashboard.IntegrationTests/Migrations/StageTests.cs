using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Migrations;

public sealed class StageTests
{
    private static readonly Lazy<List<string>> Fresh = new(() =>
    {
        using var database = new HistoricalDatabase();
        database.Migrator.Run();
        return database.SchemaRows();
    });

    public static TheoryData<int, JournalState, StageRows, bool> Stages()
    {
        var data = new TheoryData<int, JournalState, StageRows, bool>();
        for (var stage = 0; stage <= HistoricalStage.Last; stage++)
        {
            foreach (var journal in Enum.GetValues<JournalState>())
            {
                foreach (var rows in Enum.GetValues<StageRows>())
                    data.Add(stage, journal, rows, (stage + (int)journal + (int)rows) % 2 == 1);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void Run_AnyStage_EndsAtTheSameSchemaWithEveryRow(int stage, JournalState journal, StageRows rows, bool otherText)
    {
        using var database = new HistoricalDatabase(stage, journal, rows, otherText);
        var before = Inventory.Read(database);

        var report = database.Migrator.Run();

        Assert.Equal(Fresh.Value, database.SchemaRows());
        Assert.Equal("ok", Assert.Single(database.Rows("PRAGMA integrity_check")));
        before.RequireKept(database);
        Assert.All(report.Rescued, c => Assert.Equal(c.Rows, c.Matched + c.Inserted + c.Kept));
        var names = database.Rows("SELECT name FROM d1_migrations");
        Assert.Equal(names.Distinct().Order(), names.Order());
        Assert.Empty(HistoricalStage.Names.Concat(["0010_dashboard.sql", "0011_conversation_rollup.sql"]).Except(names));
        if (rows == StageRows.None || stage == 0)
            Assert.Null(report.CopyPath);
        else
            Assert.True(File.Exists(report.CopyPath));

        var bytes = database.Bytes();
        var again = database.Migrator.Run();

        Assert.True(again.IsUpToDate);
        Assert.Equal(bytes, database.Bytes());
    }

    [Fact]
    public void Run_SameDatabaseInOtherWords_LeavesTheSameRows()
    {
        using var plain = new HistoricalDatabase(6, rows: StageRows.Dirty);
        using var other = new HistoricalDatabase(6, rows: StageRows.Dirty, otherText: true);
        plain.Migrator.Run();
        other.Migrator.Run();

        // The blob and repeated rows get random ids, which differ between any two runs.
        const string messages = "SELECT id || quote(event_id) || quote(session_id) || quote(sequence) || quote(role) || quote(content) || quote(input_tokens) || quote(user_id) || quote(chat_id) || quote(platform) || quote(metadata) FROM chat_messages ORDER BY id";
        Assert.Equal(plain.Rows(messages), other.Rows(messages));
        const string events = "SELECT id || quote(event_id) || quote(agents) || quote(metadata) || quote(input_tokens) || quote(model) FROM observability_events ORDER BY id";
        Assert.Equal(plain.Rows(events), other.Rows(events));
    }

    [Fact]
    public void Run_RebuiltTable_GivesNoOldIdAgain()
    {
        using var database = new HistoricalDatabase(2, otherText: true);
        database.Migrator.Run();

        database.Execute("INSERT INTO chat_messages(session_id, sequence, role, content, timestamp) VALUES ('new', 0, 'user', 'new', 1)");

        Assert.Equal(501, database.Count("SELECT MAX(id) FROM chat_messages"));
    }
}

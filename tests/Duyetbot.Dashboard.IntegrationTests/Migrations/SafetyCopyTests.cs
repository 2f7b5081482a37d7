using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Migrations;

public sealed class SafetyCopyTests
{
    [Fact]
    public void Run_DatabaseWithRows_LeavesACopyOfWhatWasThere()
    {
        using var database = new HistoricalDatabase(6, rows: StageRows.Dirty);
        var schema = database.SchemaRows();
        var messages = database.Rows("SELECT quote(id) || quote(content) FROM chat_messages");

        var path = database.Migrator.Run().CopyPath;

        Assert.Equal(database.File.FullPath + ".before-0007.db", path);
        Assert.Equal(["bot.db", "bot.db.before-0007.db"], database.FileNames());
        using var copy = new HistoricalDatabase();
        File.Copy(path!, copy.File.FullPath);
        Assert.Equal(schema, copy.SchemaRows());
        Assert.Equal(messages, copy.Rows("SELECT quote(id) || quote(content) FROM chat_messages"));
        copy.Migrator.Run();
        Assert.Equal(database.SchemaRows(), copy.SchemaRows());
    }

    [Fact]
    public void Run_ManyCopies_KeepsTheNewestThree()
    {
        using var database = new HistoricalDatabase(6);
        foreach (var number in new[] { 1, 2, 3, 4 })
        {
            var old = $"{database.File.FullPath}.before-{number:0000}.db";
            File.WriteAllText(old, "old");
            File.SetLastWriteTimeUtc(old, new DateTime(2020, 1, number, 0, 0, 0, DateTimeKind.Utc));
        }

        File.WriteAllText($"{database.File.FullPath}.before-0007.db.partial", "left by a killed process");
        database.Migrator.Run();

        Assert.Equal(["bot.db", "bot.db.before-0003.db", "bot.db.before-0004.db", "bot.db.before-0007.db"], database.FileNames());
    }
}

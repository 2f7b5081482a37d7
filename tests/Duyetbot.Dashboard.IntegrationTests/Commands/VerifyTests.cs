using System.CommandLine;
using Dapper;
using Duyetbot.Dashboard.Commands;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Commands;

/// <summary>verify says what differs, and nothing else; rebuild mends it.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public VerifyTests()
    {
        _database.GivenPrice("gpt-5-mini", 0.00025, 0.002);
        for (var i = 0; i < 50; i++)
        {
            var id = _database.GivenEvent(at: TestDatabase.Now - (i * 3_600_000L), input: 100, output: 20, model: "gpt-5-mini", user: $"u{i % 3}", agents: """[{"name":"router","input_tokens":10,"workers":[{"name":"w","error":"timeout"}]}]""");
            _database.GivenMessage($"telegram:{i % 7}:1", i, "assistant", eventId: id, input: 100, output: 20, model: "gpt-5-mini", at: TestDatabase.Now - (i * 3_600_000L), user: $"u{i % 3}");
        }

        Assert.Equal(0, Run("rebuild"));
    }

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Verify_AfterRebuild_FindsAllWell()
    {
        Assert.Equal(0, Run("verify"));
        // Also where rows wait: they are not said to be right.
        _database.GivenMessage("telegram:1:1", 100, content: "new");
        _database.GivenPrice("gpt-5-mini", 0.0005, 0.004, from: TestDatabase.Now - 10_000_000);
        Assert.Equal(0, Run("verify"));
        Assert.NotEqual(0, _database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM conversation_dirty"));
    }

    [Fact]
    public void Verify_WithTablesOfItsOwn_LeavesNoneBehind()
    {
        Run("verify");

        Assert.Equal(0, _database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_schema WHERE name LIKE 'verify%'"));
    }

    [Theory]
    [InlineData("UPDATE conversation_rollup SET message_count = message_count + 1 WHERE conversation_id = 'telegram:1:1'")]
    [InlineData("DELETE FROM conversation_figures WHERE conversation_id = 'telegram:1:1'")]
    [InlineData("UPDATE user_hours SET message_count = 9 WHERE conversation_id = 'telegram:1:1'")]
    [InlineData("UPDATE event_figures SET event_id = 'nobody' WHERE event_id = (SELECT MIN(event_id) FROM event_figures)")]
    [InlineData("DELETE FROM figure_slots WHERE slot = (SELECT MIN(slot) FROM figure_slots)")]
    [InlineData("UPDATE figure_days SET cells = x'00' WHERE day_start = (SELECT MIN(day_start) FROM figure_days)")]
    [InlineData("UPDATE agent_hours SET figures = '[]' WHERE hour_start = (SELECT MIN(hour_start) FROM agent_hours)")]
    [InlineData("UPDATE agent_errors SET error_message = 'other' WHERE rowid = 1")]
    [InlineData("INSERT INTO search_words(search_words) VALUES ('delete-all')")]
    [InlineData("PRAGMA foreign_keys=OFF; UPDATE chat_messages SET event_id = 'gone' WHERE id = 1; PRAGMA foreign_keys=ON")]
    public void Verify_OfWhatDiffers_Fails(string damage)
    {
        _database.Connection.Execute(damage);

        Assert.Equal(1, Run("verify"));
    }

    [Fact]
    public void Rebuild_OfWhatDiffers_MendsIt()
    {
        _database.Connection.Execute("UPDATE conversation_rollup SET message_count = 0; DELETE FROM figure_slots; DELETE FROM agent_errors; UPDATE event_figures SET event_id = event_id || 'x'; INSERT INTO search_words(search_words) VALUES ('delete-all')");

        Assert.Equal(0, Run("rebuild"));

        Assert.Equal(0, Run("verify"));
    }

    private int Run(string command) =>
        new RootCommand { CommonOptions.Database, VerifyCommand.Create(), RebuildCommand.Create() }.Parse([command, "--database", _database.File.FullPath]).Invoke();
}

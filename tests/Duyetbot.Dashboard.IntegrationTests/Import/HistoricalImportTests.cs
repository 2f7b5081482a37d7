using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Import;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.IntegrationTests.Import;

public sealed class HistoricalImportTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("duyetbot-import-test-").FullName;

    [Theory]
    [InlineData(6, false)]
    [InlineData(6, true)]
    [InlineData(8, false)]
    [InlineData(8, true)]
    public async Task Import_StageWithDuplicateTables_BringsWhatOnlyTheyHold(int stage, bool asDump)
    {
        var path = Stage(stage, asDump);

        var report = await Importer.RunAsync(_database.Database, path, dryRun: false, null, TestContext.Current.CancellationToken);
        _database.Connection.Execute("UPDATE conversation_annotations SET title = 'By a person', updated_at = 5");
        var again = await Importer.RunAsync(_database.Database, path, dryRun: false, null, TestContext.Current.CancellationToken);

        Assert.Equal((4, 0), (report.Folded, report.Rejected));
        Assert.Equal((0, 0, 0), (again.Added, again.Updated, again.Rejected));
        Assert.Equal(
            ["real-1|in both|An|public", "real-2|only\nin the duplicate|Bình|private", "telegram:1:2/2|only in the source||private"],
            _database.Connection.Query<string>("SELECT message_id || '|' || content || '|' || COALESCE(username, '') || '|' || visibility FROM chat_messages ORDER BY message_id"));
        Assert.Equal("router", _database.Connection.ExecuteScalar<string>("SELECT agent_name FROM analytics_agent_steps_view WHERE event_id = 'e1'"));
        Assert.Equal("By a person|1", _database.Connection.ExecuteScalar<string>("SELECT title || '|' || is_starred FROM conversation_annotations WHERE conversation_id = 'telegram:1:2'"));
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Stage(int stage, bool asDump)
    {
        var path = Path.Combine(_folder, "stage.sqlite");
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        var assembly = typeof(Migrator).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith("migrations/000", StringComparison.Ordinal) && n["migrations/000".Length] - '0' <= stage).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            connection.Execute(reader.ReadToEnd());
        }

        connection.Execute("""
            INSERT INTO observability_events(event_id, app_source, event_type, triggered_at, status) VALUES ('e1', 'telegram-webhook', 'message', 1000, 'success');
            INSERT INTO chat_messages(event_id, session_id, sequence, role, content, timestamp) VALUES ('e1', 'telegram:1:2', 1, 'user', 'in both', 1000), ('e1', 'telegram:1:2', 2, 'assistant', 'only in the source', 1001);
            INSERT INTO analytics_messages(message_id, session_id, sequence, role, content, visibility, username, created_at) VALUES
              ('real-1', 'telegram:1:2', 1, 'user', 'in both', 'public', 'An', 1000), ('real-2', 'telegram:1:2', 3, 'user', 'only' || char(10) || 'in the duplicate', 'private', 'Bình', 1002);
            INSERT INTO analytics_agent_steps(step_id, event_id, agent_name, agent_type, sequence, created_at) VALUES ('s1', 'e1', 'router', 'agent', 0, 1000);
            INSERT INTO analytics_conversations(conversation_id, user_id, platform, title, is_starred, first_message_at, last_message_at, created_at) VALUES ('telegram:1:2', '1', 'telegram', 'A title', 1, 1000, 1002, 1000);
            """);
        return asDump ? Dump(connection) : path;
    }

    // As D1 exports: no transaction, line breaks by replace().
    private string Dump(SqliteConnection connection)
    {
        var path = Path.Combine(_folder, "stage.sql");
        using var dump = new StreamWriter(path);
        dump.Write("PRAGMA defer_foreign_keys=TRUE;\n");
        foreach (var (name, sql) in connection.Query<(string, string)>("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"))
        {
            dump.Write($"{sql};\n");
            var columns = connection.Query<string>("SELECT name FROM pragma_table_info(@name)", new { name }).ToList();
            var values = string.Join(" || ',' || ", columns.Select(c => $"CASE WHEN instr({c}, char(10)) THEN 'replace(' || replace(quote({c}), char(10), '\\n') || ',''\\n'',char(10))' ELSE quote({c}) END"));
            foreach (var row in connection.Query<string>($"SELECT {values} FROM {name}"))
                dump.Write($"INSERT INTO \"{name}\" ({string.Join(',', columns.Select(c => $"\"{c}\""))}) VALUES({row});\n");
        }

        return path;
    }
}

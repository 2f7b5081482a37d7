using System.IO.Compression;
using System.Text;
using Dapper;
using Duyetbot.Dashboard.Import;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.IntegrationTests.Import;

public sealed class ImporterTests : IDisposable
{
    private const string Events = """
        CREATE TABLE observability_events (id INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT UNIQUE NOT NULL, request_id TEXT, app_source TEXT NOT NULL, event_type TEXT NOT NULL, user_id TEXT, username TEXT,
          chat_id TEXT, repo TEXT, triggered_at INTEGER NOT NULL, completed_at INTEGER, duration_ms INTEGER, status TEXT NOT NULL DEFAULT 'pending', error_type TEXT, error_message TEXT, input_text TEXT, response_text TEXT,
          classification_type TEXT, classification_category TEXT, classification_complexity TEXT, agents TEXT, input_tokens INTEGER DEFAULT 0, output_tokens INTEGER DEFAULT 0, total_tokens INTEGER DEFAULT 0,
          cached_tokens INTEGER DEFAULT 0, reasoning_tokens INTEGER DEFAULT 0, model TEXT, metadata TEXT, created_at INTEGER NOT NULL DEFAULT (unixepoch() * 1000));

        """;

    private const string Messages = """
        CREATE TABLE chat_messages (id INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT REFERENCES observability_events(event_id) ON DELETE SET NULL, session_id TEXT NOT NULL, sequence INTEGER NOT NULL,
          role TEXT NOT NULL CHECK (role IN ('user', 'assistant', 'system', 'tool')), content TEXT NOT NULL, input_tokens INTEGER DEFAULT 0, output_tokens INTEGER DEFAULT 0, timestamp INTEGER NOT NULL,
          created_at INTEGER NOT NULL DEFAULT (unixepoch() * 1000));

        """;

    private const string TwoMessages = """
        INSERT INTO "observability_events" ("event_id","app_source","event_type","triggered_at","status","agents") VALUES('e1','telegram-webhook','message',1000,'success','[{"name":"router","type":"agent","duration_ms":5}]');
        INSERT INTO "chat_messages" ("event_id","session_id","sequence","role","content","timestamp") VALUES('e1','github:octocat:a/b#1',1,'user','it''s; -- not a comment',1000);
        INSERT INTO "chat_messages" ("event_id","session_id","sequence","role","content","timestamp") VALUES('e1','github:octocat:a/b#1',2,'assistant',replace('one\ntwo','\n',char(10)),1001);

        """;

    private readonly TestDatabase _database = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("duyetbot-import-test-").FullName;

    [Fact]
    public async Task Import_DumpOfStage2_GivesTheRowsAsTheBotWroteThem()
    {
        var report = await ImportAsync(Dump("PRAGMA defer_foreign_keys=TRUE;\n" + Messages + Events + TwoMessages));

        Assert.Equal((3, 3, 0), (report.Read, report.Added, report.Rejected));
        Assert.Empty(report.LeftAside);
        Assert.Equal(["it's; -- not a comment", "one\ntwo"], _database.Connection.Query<string>("SELECT content FROM chat_messages ORDER BY sequence"));
        Assert.Equal("github|octocat|a/b#1|github:octocat:a/b#1/1", _database.Connection.ExecuteScalar<string>("SELECT platform || '|' || user_id || '|' || chat_id || '|' || message_id FROM chat_messages WHERE sequence = 1"));
    }

    [Fact]
    public async Task Import_Twice_ChangesNothing()
    {
        var path = Dump(Events + Messages + TwoMessages
            + "INSERT INTO chat_messages(session_id,sequence,role,content,timestamp) VALUES('s',1,'user','same',5),('s',1,'user','same',5),('s',1,'user','other',6);\n");
        var first = await ImportAsync(path);
        var before = State();

        var second = await ImportAsync(path);

        Assert.Equal(6, first.Added);
        Assert.Equal((0, 0, 0), (second.Added, second.Updated, second.Rejected));
        Assert.Equal(before, State());
    }

    [Fact]
    public async Task Import_DryRun_ReportsTheSameAndWritesNothing()
    {
        var path = Dump(Events + Messages + TwoMessages);
        var before = State();

        var dry = await Importer.RunAsync(_database.Database, path, dryRun: true, null, TestContext.Current.CancellationToken);

        Assert.Equal(before, State());
        Assert.Equal((3, 3, true), (dry.Read, dry.Added, dry.DryRun));
        Assert.Equal(3, (await ImportAsync(path)).Added);
    }

    [Fact]
    public async Task Import_OursUnfinished_TakesTheOutcomeAndFillsOnlyWhatIsEmpty()
    {
        _database.GivenEvent("e1", status: "processing", user: "ours");
        _database.GivenEvent("e2", status: "error", error: "ours", input: 5L);
        _database.GivenMessage("s", 1, content: "hi", username: "ours", visibility: "public");
        var path = Dump(Events + Messages + """
            INSERT INTO observability_events(event_id,app_source,event_type,triggered_at,status,user_id,duration_ms,input_tokens) VALUES('e1','x','y',1,'success','theirs',77,3);
            INSERT INTO observability_events(event_id,app_source,event_type,triggered_at,status,error_message,input_tokens,model) VALUES('e2','x','y',1,'success','theirs',9,'m');
            INSERT INTO chat_messages(event_id,session_id,sequence,role,content,timestamp,output_tokens) VALUES('e1','s',1,'user','hi',2,4);
            """);

        var report = await ImportAsync(path);

        Assert.Equal((0, 3), (report.Added, report.Updated));
        Assert.Equal("success|theirs|77|3|telegram-webhook", _database.Connection.ExecuteScalar<string>("SELECT status || '|' || user_id || '|' || duration_ms || '|' || input_tokens || '|' || app_source FROM observability_events WHERE event_id = 'e1'"));
        Assert.Equal("error|ours|5|m", _database.Connection.ExecuteScalar<string>("SELECT status || '|' || error_message || '|' || input_tokens || '|' || model FROM observability_events WHERE event_id = 'e2'"));
        Assert.Equal("e1|ours|public|4", _database.Connection.ExecuteScalar<string>("SELECT event_id || '|' || username || '|' || visibility || '|' || output_tokens FROM chat_messages"));
    }

    [Fact]
    public async Task Import_SamePlaceWithAnotherContent_KeepsBoth()
    {
        _database.GivenBotMessage("s", 1, content: "ours");
        var path = Dump(Messages + "INSERT INTO chat_messages(session_id,sequence,role,content,timestamp) VALUES('s',1,'user','theirs',2);\n");

        await ImportAsync(path);
        await ImportAsync(path);

        Assert.Equal(["ours", "theirs"], _database.Connection.Query<string>("SELECT content FROM chat_messages ORDER BY content"));
    }

    [Fact]
    public async Task Import_MessageOfAnUnknownEvent_KeepsTheMessageAndTheId()
    {
        var path = Dump(Messages + "INSERT INTO chat_messages(event_id,session_id,sequence,role,content,timestamp) VALUES('gone','s',1,'user','x',2);\n");

        var report = await ImportAsync(path);
        var again = await ImportAsync(path);

        Assert.Equal((1, 1), (report.Added, report.WithoutEvent));
        Assert.Equal((0, 0), (again.Added, again.Updated));
        Assert.Equal("gone", _database.Connection.ExecuteScalar<string>("SELECT metadata ->> '$.legacy.event_id' FROM chat_messages WHERE event_id IS NULL"));
    }

    [Theory]
    [InlineData("INSERT INTO chat_messages(session_id,sequence,role,content,timestamp) VALUES('s',3,'user','cut of")]
    [InlineData("INSERT INTO chat_messages(session_id,sequence,role,content,timestamp) VALUES('s',3,'user'")]
    [InlineData("INSERT INTO chat_mess")]
    [InlineData("CREATE TABLE conversation_annotations (a")]
    [InlineData("/* comment")]
    public async Task Import_DumpCutInTheMiddle_NamesTheLineAndWritesNothing(string end)
    {
        var dump = Messages + "INSERT INTO chat_messages(session_id,sequence,role,content,timestamp) VALUES('s',1,'user','a\nb',2);\n";
        var line = dump.Count(c => c == '\n') + 1;

        var e = await Assert.ThrowsAsync<ImportException>(() => ImportAsync(Dump(dump + end)));

        Assert.Contains($"line {line} ", e.Message, StringComparison.Ordinal);
        Assert.Contains("cut off", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, Count("chat_messages"));
    }

    [Fact]
    public async Task Import_TransactionWithoutCommit_IsCutOff()
    {
        var e = await Assert.ThrowsAsync<ImportException>(() => ImportAsync(Dump("BEGIN TRANSACTION;\n" + Events + Messages + TwoMessages)));

        Assert.Contains("COMMIT", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, Count("chat_messages"));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n-- nothing\n", "is empty")]
    [InlineData("Hello, I am a letter.", "line 1 begins with “Hello”")]
    [InlineData("\u0000\u0001\u0002 binary", "neither")]
    [InlineData("CREATE TABLE strangers(a);\nINSERT INTO strangers VALUES(1);\n", "none of the bot's tables")]
    [InlineData("CREATE TABLE chat_messages(id INTEGER PRIMARY KEY, text TEXT);\nINSERT INTO chat_messages VALUES(1,'x');\n", "no column session_id")]
    public async Task Import_NotADump_SaysSo(string text, string expected)
    {
        var e = await Assert.ThrowsAsync<ImportException>(() => ImportAsync(Dump(text)));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was written", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_HostileStatements_AreNamedAndNeverRun()
    {
        _database.GivenBotMessage("mine");
        var target = Path.Combine(_folder, "attached.db");
        var path = Dump(Events + Messages + $"""
            ATTACH DATABASE '{target}' AS evil;
            CREATE TABLE evil.x(a);
            DROP TABLE chat_messages;
            DELETE FROM chat_messages;
            UPDATE chat_messages SET content = 'gone';
            SELECT load_extension('/tmp/evil.so');
            PRAGMA writable_schema=ON;
            CREATE TRIGGER t AFTER INSERT ON chat_messages BEGIN DELETE FROM chat_messages; SELECT 1; END;
            CREATE VIEW v AS SELECT 1;
            INSERT INTO chat_messages SELECT * FROM observability_events;
            INSERT INTO chat_messages(session_id,sequence,role,content,timestamp) VALUES('s',1,'user',(SELECT 'x'),1);
            INSERT INTO chat_messages(session_id,sequence,role,content,timestamp) VALUES('s',2,'user',readfile('/etc/passwd'),1);
            INSERT INTO chat_messages(session_id,sequence,role,content,timestamp) VALUES('s',3,'user',randomblob(5),1);
            {TwoMessages}
            """);

        var report = await ImportAsync(path);

        Assert.Equal((6, 3, 3), (report.Read, report.Added, report.Rejected));
        Assert.False(File.Exists(target));
        Assert.All(
            (string[])["ATTACH", "DROP", "DELETE", "UPDATE", "SELECT", "PRAGMA writable_schema", "CREATE TRIGGER t", "CREATE VIEW v", "INSERT INTO chat_messages without VALUES"],
            what => Assert.Contains(what, report.LeftAside));
        Assert.Equal(3, Count("chat_messages"));
        Assert.Equal(1, _database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM chat_messages WHERE session_id = 'mine'"));
    }

    [Fact]
    public async Task Import_HostileRows_RejectsThemByLineAndTakesTheRest()
    {
        var path = Dump(Events + Messages + """
            INSERT INTO chat_messages(session_id,sequence,role,content,timestamp) VALUES('s',1,'emperor','x',1);
            INSERT INTO chat_messages(session_id,sequence,role,content,timestamp) VALUES('s',2,'user',NULL,1);
            INSERT INTO chat_messages(session_id,sequence,role) VALUES('s',3,'user',1,2,3);
            INSERT INTO chat_messages(no_such_column) VALUES(1);
            INSERT INTO observability_events(event_id,app_source,event_type,triggered_at) VALUES('e','a','b',1);
            INSERT INTO observability_events(event_id,app_source,event_type,triggered_at) VALUES('e','a','b',2);
            INSERT INTO chat_messages(session_id,sequence,role,content,timestamp,input_tokens) VALUES('s',4,'user',X'00FF',-99999999999999,9223372036854775808);
            INSERT INTO chat_messages(session_id,sequence,role,content,timestamp,input_tokens) VALUES('s',5,'user','' || char(0) || '☃',9e99,-9223372036854775808);

            """);

        var report = await ImportAsync(path);

        Assert.Equal((8, 3, 5), (report.Read, report.Added, report.Rejected));
        var first = Events.Count(c => c == '\n') + Messages.Count(c => c == '\n') + 1;
        Assert.Equal(
            [$"line {first}", $"line {first + 1}", $"line {first + 2}", $"line {first + 3}", $"line {first + 5}"], report.Rejections.Select(r => r.Where));
        Assert.All(report.Rejections, r => Assert.NotEmpty(r.Reason));
    }

    [Fact]
    public async Task Import_DumpWithoutTransactionAndQuotedText_CountsTheAmbiguousRows()
    {
        var row = "INSERT INTO chat_messages(session_id,sequence,role,content,timestamp) VALUES('s',1,'user',replace('print(\"a\\nb\")\\nend','\\n',char(10)),1);\n";

        var report = await ImportAsync(Dump(Messages + row));

        Assert.Equal(1, report.AmbiguousRows);
        Assert.Contains("chat_messages, line ", Assert.Single(report.Ambiguous), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_GzippedDump_IsReadLikeThePlainOne()
    {
        var path = Path.Combine(_folder, "dump.sql.gz");
        await using (var gzip = new GZipStream(File.Create(path), CompressionMode.Compress))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Events + Messages + TwoMessages), TestContext.Current.CancellationToken);

        Assert.Equal(3, (await ImportAsync(path)).Added);
    }

    [Fact]
    public async Task Import_GzipCutOff_IsRefused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Events + Messages + TwoMessages), TestContext.Current.CancellationToken);
        var path = Path.Combine(_folder, "cut.gz");
        await File.WriteAllBytesAsync(path, packed.ToArray()[..(int)(packed.Length - 40)], TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<ImportException>(() => ImportAsync(path));
        Assert.Equal(0, Count("chat_messages"));
    }

    [Fact]
    public async Task Import_SqliteFileThatAnotherWrites_TakesItsCommittedRows()
    {
        var path = Path.Combine(_folder, "local-d1.sqlite");
        using var writer = new SqliteConnection($"Data Source={path};Pooling=False");
        writer.Open();
        writer.Execute("PRAGMA journal_mode=WAL;" + Events + Messages + "CREATE TABLE _cf_KV(key TEXT);" + TwoMessages);
        using var open = writer.BeginTransaction();
        writer.Execute("INSERT INTO chat_messages(session_id,sequence,role,content,timestamp) VALUES('s',9,'user','not committed',1)", transaction: open);

        var report = await ImportAsync(path);

        Assert.Equal((3, 3), (report.Read, report.Added));
        open.Rollback();
    }

    [Fact]
    public async Task Import_DamagedSqliteFile_SaysSo()
    {
        var path = Path.Combine(_folder, "damaged.db");
        await File.WriteAllTextAsync(path, "SQLite format 3\0" + new string('x', 9_000), TestContext.Current.CancellationToken);

        var e = await Assert.ThrowsAsync<ImportException>(() => ImportAsync(path));

        Assert.Contains("cannot be read as a SQLite database", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OwnDatabase_IsRefused() =>
        Assert.Contains("own database", (await Assert.ThrowsAsync<ImportException>(() => ImportAsync(_database.File.FullPath))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Import_NewerDatabase_IsRefused()
    {
        var path = Dump("CREATE TABLE d1_migrations(id INTEGER PRIMARY KEY, name TEXT UNIQUE, applied_at TEXT);\nINSERT INTO d1_migrations VALUES(1,'9999_future.sql','');\n" + Messages);

        Assert.Contains("9999_future.sql", (await Assert.ThrowsAsync<ImportException>(() => ImportAsync(path))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_AnnotationsAndPrices_TheNewerWordStands()
    {
        _database.GivenPrice("m", 1, 1, from: 5);
        _database.Connection.Execute("INSERT INTO conversation_annotations(conversation_id, title, updated_at) VALUES ('a', 'ours', 100), ('b', 'ours', 100)");
        var path = Dump("""
            CREATE TABLE conversation_annotations (conversation_id TEXT PRIMARY KEY, title TEXT, summary TEXT, is_starred INTEGER, note TEXT, metadata TEXT, updated_at INTEGER);
            CREATE TABLE analytics_cost_config (id INTEGER PRIMARY KEY, model TEXT, provider TEXT, input_cost_per_1k REAL, output_cost_per_1k REAL, effective_from INTEGER);
            INSERT INTO conversation_annotations VALUES('a','older','filled',0,NULL,NULL,50);
            INSERT INTO conversation_annotations VALUES('b','newer',NULL,1,NULL,NULL,150);
            INSERT INTO conversation_annotations VALUES('c','new',NULL,1,NULL,NULL,150);
            INSERT INTO analytics_cost_config VALUES(1,'m','test',9,9,5);
            INSERT INTO analytics_cost_config VALUES(2,'m','test',2,3,6);

            """);

        var report = await ImportAsync(path);

        Assert.Equal((2, 2), (report.Added, report.Updated));
        Assert.Equal(["ours|filled|0", "newer||1", "new||1"], _database.Connection.Query<string>("SELECT title || '|' || COALESCE(summary, '') || '|' || is_starred FROM conversation_annotations ORDER BY conversation_id"));
        Assert.Equal([1, 2], _database.Connection.Query<double>("SELECT input_cost_per_1k FROM analytics_cost_config ORDER BY effective_from"));
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<ImportReport> ImportAsync(string path) => Importer.RunAsync(_database.Database, path, dryRun: false, null, TestContext.Current.CancellationToken);

    private string Dump(string text)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():n}.sql");
        File.WriteAllText(path, text);
        return path;
    }

    private long Count(string table) => _database.Connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM {table}");

    private string State() => string.Join('\n', ((string[])["chat_messages", "observability_events"]).SelectMany(t =>
        _database.Connection.Query($"SELECT * FROM {t} ORDER BY id").Select(r => string.Join('|', ((IDictionary<string, object>)r).Values))));
}

using Dapper;
using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duyetbot.Dashboard.TestSupport;

/// <summary>A real, migrated SQLite file in a folder of its own, gone with the test; inserts name only what matters.</summary>
/// <remarks>Migrated once a run: each test gets a copy, made while nothing has the model open.</remarks>
public sealed class TestDatabase : IDisposable
{
    /// <summary>2026-11-23 12:00:00 UTC: the moment that tests call now.</summary>
    public const long Now = 1_795_435_200_000;

    private static readonly Lazy<byte[]> Model = new(MakeModel);

    private readonly string _folder = Directory.CreateTempSubdirectory("duyetbot-test-").FullName;
    private int _events;

    /// <summary>Makes the file; a second start of the migrator finds nothing to do.</summary>
    public TestDatabase()
    {
        var path = Path.Combine(_folder, "test.db");
        System.IO.File.WriteAllBytes(path, Model.Value);
        File = new DatabaseFile($"Data Source={path}");
        new Migrator(File, NullLogger<Migrator>.Instance).Run();
        Database = new Database(File);
        Connection = SqliteConnections.OpenWrite(File);
    }

    /// <summary>Where the file is.</summary>
    public DatabaseFile File { get; }

    /// <summary>The product's own gateway to the file.</summary>
    public Database Database { get; }

    /// <summary>An open connection for inserts and for plain sums.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>Inserts a message just as the bot does: without id, user and platform. Returns the row's id.</summary>
    public long GivenBotMessage(string session = "telegram:1:1", long sequence = 1, string role = "user", string content = "hello", string? eventId = null, object? input = null, object? output = null, object? at = null) =>
        Connection.ExecuteScalar<long>(
            "INSERT INTO chat_messages(event_id, session_id, sequence, role, content, input_tokens, output_tokens, timestamp) VALUES (@eventId, @session, @sequence, @role, @content, @input, @output, @at) RETURNING id",
            new { eventId, session, sequence, role, content, input = input ?? 0L, output = output ?? 0L, at = at ?? Now });

    /// <summary>Inserts a message with every column a caller names; the rest are the bot's defaults. Returns the row's id.</summary>
    public long GivenMessage(string session = "telegram:1:1", long sequence = 1, string role = "user", string content = "hello", string? eventId = null, long input = 0, long output = 0, long cached = 0, long reasoning = 0, string? model = null, long at = Now, string? user = null, string? username = null, string? platform = null, string? visibility = null, bool archived = false)
    {
        var id = GivenBotMessage(session, sequence, role, content, eventId, input, output, at);
        Connection.Execute(
            "UPDATE chat_messages SET cached_tokens = @cached, reasoning_tokens = @reasoning, model = @model, user_id = COALESCE(@user, user_id), username = @username, platform = COALESCE(@platform, platform), visibility = COALESCE(@visibility, visibility), is_archived = @archived WHERE id = @id",
            new { id, cached, reasoning, model, user, username, platform, visibility, archived = archived ? 1 : 0 });
        return id;
    }

    /// <summary>Inserts an event just as the bot does. Returns its event_id.</summary>
    public string GivenEvent(string? eventId = null, string source = "telegram-webhook", string type = "message", string status = "success", long at = Now, object? durationMs = null, string? agents = null, object? input = null, object? output = null, object? cached = null, object? reasoning = null, string? model = null, string? user = null, string? username = null, string? error = null, string? category = null, string? complexity = null, string? classification = null, string? inputText = null, string? responseText = null, string? repo = null)
    {
        eventId ??= $"event-{++_events}";
        Connection.Execute(
            """
            INSERT INTO observability_events(event_id, app_source, event_type, user_id, username, repo, triggered_at, completed_at, duration_ms, status, error_message, input_text, response_text,
              classification_type, classification_category, classification_complexity, agents, input_tokens, output_tokens, total_tokens, cached_tokens, reasoning_tokens, model)
            VALUES (@eventId, @source, @type, @user, @username, @repo, @at, @completed, @durationMs, @status, @error, @inputText, @responseText,
              @classification, @category, @complexity, @agents, @input, @output, @total, @cached, @reasoning, @model)
            """,
            new
            {
                eventId,
                source,
                type,
                status,
                at,
                durationMs,
                completed = durationMs is long d ? at + d : (long?)null,
                agents,
                input = input ?? 0L,
                output = output ?? 0L,
                total = (input as long? ?? 0) + (output as long? ?? 0),
                cached = cached ?? 0L,
                reasoning = reasoning ?? 0L,
                model,
                user,
                username,
                error,
                category,
                complexity,
                classification,
                inputText,
                responseText,
                repo,
            });
        return eventId;
    }

    /// <summary>Inserts a price in USD per 1,000 tokens.</summary>
    public void GivenPrice(string model, double input, double output, double cached = 0, double reasoning = 0, long from = 0, long? to = null, bool cachedInInput = true, string provider = "test") =>
        Connection.Execute(
            "INSERT INTO analytics_cost_config(model, provider, input_cost_per_1k, output_cost_per_1k, cached_cost_per_1k, reasoning_cost_per_1k, effective_from, effective_to, created_at, cached_in_input) VALUES (@model, @provider, @input, @output, @cached, @reasoning, @from, @to, 0, @inInput)",
            new { model, provider, input, output, cached, reasoning, from, to, inInput = cachedInInput ? 1 : 0 });

    /// <inheritdoc/>
    public void Dispose()
    {
        Connection.Dispose();
        Database.Dispose();
        ClearPools(File);
        Directory.Delete(_folder, recursive: true);
    }

    // Of this file alone: the tests beside this one keep their connections, and with them the schema that they have read.
    private static void ClearPools(DatabaseFile file)
    {
        foreach (var text in new[] { file.ReadConnectionString, file.WriteConnectionString, file.MigrationConnectionString })
        {
            using var connection = new SqliteConnection(text);
            SqliteConnection.ClearPool(connection);
        }
    }

    private static byte[] MakeModel()
    {
        var folder = Directory.CreateTempSubdirectory("duyetbot-model-").FullName;
        try
        {
            var file = new DatabaseFile($"Data Source={Path.Combine(folder, "model.db")}");
            new Migrator(file, NullLogger<Migrator>.Instance).Run();
            var copy = Path.Combine(folder, "copy.db");
            using (var connection = SqliteConnections.OpenUnpooled(file))
                connection.Execute("VACUUM INTO @copy", new { copy });
            ClearPools(file);
            return System.IO.File.ReadAllBytes(copy);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

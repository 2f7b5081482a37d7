using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.TestSupport;

/// <summary>Rows that hold what no writer should write, but may; none of them counts a token.</summary>
/// <remarks>Needs foreign keys switched off on the connection, as the bot's own are.</remarks>
public sealed class MalformedRows
{
    private const long Max = long.MaxValue;

    private static readonly string[] EventColumns =
    [
        "event_id", "request_id", "app_source", "event_type", "user_id", "username", "chat_id", "repo", "triggered_at", "completed_at", "duration_ms", "status", "error_type", "error_message", "input_text", "response_text",
        "classification_type", "classification_category", "classification_complexity", "agents", "input_tokens", "output_tokens", "total_tokens", "cached_tokens", "reasoning_tokens", "model", "metadata", "created_at",
    ];

    private static readonly string[] MessageColumns =
    [
        "event_id", "session_id", "sequence", "content", "input_tokens", "output_tokens", "timestamp", "created_at", "message_id", "platform", "user_id", "username", "chat_id", "visibility", "is_archived", "is_pinned", "cached_tokens", "reasoning_tokens", "model", "metadata", "updated_at",
    ];

    // As SQL: no type of .NET says all of them. The last two are no UTF-8: a lone surrogate, and a cut character.
    private static readonly string[] WrongValues =
        ["'words'", "x'00ff10'", "1.5e0", "-1", $"{Max}", "-9223372036854775808", "9e999", "''", "'nul' || char(0) || 'after'", "CAST(x'61eda08062' AS TEXT)", "CAST(x'c3' AS TEXT)"];

    private static readonly long[] Times = [-62_135_596_800_001, -62_135_596_800_000, 253_402_300_799_999, 253_402_300_800_000, 8_640_000_000_000_001, long.MinValue, Max, -1, 0];

    private readonly SqliteConnection _connection;
    private int _number;

    private MalformedRows(SqliteConnection connection) => _connection = connection;

    /// <summary>Inserts them and returns how many they are.</summary>
    public static int Insert(SqliteConnection connection)
    {
        connection.Execute("PRAGMA foreign_keys=OFF");
        using var transaction = connection.BeginTransaction();
        var rows = new MalformedRows(connection);
        foreach (var value in WrongValues)
        {
            foreach (var column in EventColumns)
                rows.Event(column, value);
            foreach (var column in MessageColumns)
                rows.Message(column, value);
        }

        rows.Chains();
        rows.Moments();
        rows.Names();
        rows.Empty();
        rows.Strays();
        transaction.Commit();
        return rows._number;
    }

    private static IEnumerable<string> BrokenJson()
    {
        yield return "";
        yield return "[";
        yield return "[{\"name\":\"cut o";
        yield return "{\"name\":\"an object\"}";
        yield return "7";
        yield return "null";
        yield return "\"text\"";
        yield return "[null, 1, \"a\", [], {}]";
        yield return "not json";
        yield return "[{\"name\":\"\\ud800\",\"type\":\"\\u0000\",\"error\":\"\\udfff\"}]";
        yield return "[{\"name\":1,\"type\":[],\"duration_ms\":\"long\",\"input_tokens\":\"many\",\"output_tokens\":{},\"model\":false,\"tools\":\"none\",\"workers\":7,\"error\":{}}]";
        yield return $"[{{\"name\":\"huge\",\"duration_ms\":{Max},\"input_tokens\":{Max},\"output_tokens\":1e400,\"started_at\":{Max}}},{{\"name\":\"below\",\"duration_ms\":-{Max},\"input_tokens\":-1,\"started_at\":-{Max}}}]";
        yield return "[{\"name\":\"a\",\"name\":\"b\",\"workers\":[],\"workers\":[{}]}]";
        yield return "[{\"name\":\"five\",}] // five";
        yield return string.Concat(Enumerable.Repeat("[", 1_000)) + string.Concat(Enumerable.Repeat("]", 1_000));
        yield return string.Concat(Enumerable.Repeat("[", 1_001)) + string.Concat(Enumerable.Repeat("]", 1_001));
        yield return string.Concat(Enumerable.Repeat("{\"a\":", 1_000)) + "1" + new string('}', 1_000);
        yield return string.Concat(Enumerable.Repeat("[{\"name\":\"deep\",\"workers\":", 499)) + "[]" + string.Concat(Enumerable.Repeat("}]", 499));
        yield return string.Concat(Enumerable.Repeat("[{\"name\":\"too deep\",\"workers\":", 1_000)) + "[]" + string.Concat(Enumerable.Repeat("}]", 1_000));
    }

    private void Chains()
    {
        foreach (var json in BrokenJson())
        {
            Event("agents", "@value", json);
            Event("metadata", "@value", json);
            Message("metadata", "@value", json);
        }
    }

    private void Moments()
    {
        foreach (var time in Times)
        {
            foreach (var column in new[] { "triggered_at", "completed_at", "duration_ms", "created_at" })
                Event(column, $"CAST({time.ToString(System.Globalization.CultureInfo.InvariantCulture)} AS INTEGER)");
            foreach (var column in new[] { "timestamp", "created_at", "updated_at", "sequence" })
                Message(column, $"CAST({time.ToString(System.Globalization.CultureInfo.InvariantCulture)} AS INTEGER)");
        }
    }

    private void Names()
    {
        var name = new string('n', 1_000_000);
        // The views look a model's price up by parts of its name, which costs the square of its length.
        var model = name[..20_000];
        foreach (var column in new[] { "event_id", "app_source", "event_type", "user_id", "username", "repo", "status", "error_message", "classification_category", "model" })
            Event(column, "@value", column == "model" ? model : name);
        foreach (var column in new[] { "session_id", "message_id", "platform", "user_id", "username", "chat_id", "visibility", "model", "content" })
            Message(column, "@value", column == "model" ? model : name);
        Event("agents", "@value", $"[{{\"name\":\"{name}\",\"type\":\"{name}\",\"model\":\"{model}\",\"error\":\"{name}\"}}]");
        Event("error_message", "@value", new StringBuilder().Insert(0, "e\u0301\u202e", 100_000).ToString());
    }

    private void Empty()
    {
        _number += 2;
        _connection.Execute(
            $"""
            INSERT INTO observability_events({string.Join(',', EventColumns)}) VALUES ('malformed-empty', {string.Join(',', EventColumns[1..].Select(c => c is "app_source" or "event_type" or "status" ? "''" : c is "triggered_at" or "created_at" ? "0" : "NULL"))});
            INSERT INTO chat_messages({string.Join(',', MessageColumns)}, role) VALUES ({string.Join(',', MessageColumns.Select(c => c is "session_id" or "content" ? "''" : c is "sequence" or "timestamp" or "created_at" ? "0" : "NULL"))}, 'tool');
            """);
    }

    private void Strays()
    {
        for (var i = 0; i < 10; i++)
        {
            Message("event_id", "@value", "no-such-event");
            Message("sequence", "7", session: "malformed:repeated:1");
            Message("event_id", "@value", "", session: "malformed:repeated:1");
        }

        _connection.Execute("INSERT INTO conversation_annotations(conversation_id, title, summary, note, is_starred, metadata) VALUES ('no such conversation', x'00', 1.5, 'x', 'yes', '[')");
    }

    private void Event(string column, string value, object? parameter = null)
    {
        var id = $"malformed-{++_number}";
        var columns = new Dictionary<string, string> { ["event_id"] = "@id", ["app_source"] = "'malformed'", ["event_type"] = "'malformed'", ["triggered_at"] = "@at", ["status"] = "'success'" };
        columns[column] = value;
        Insert("observability_events", columns, new { id, at = TestDatabase.Now - _number, value = parameter });
    }

    private void Message(string column, string value, object? parameter = null, string? session = null)
    {
        var id = session ?? $"malformed:1:{++_number}";
        _number += session is null ? 0 : 1;
        var columns = new Dictionary<string, string> { ["session_id"] = "@id", ["sequence"] = "1", ["role"] = "'user'", ["content"] = "'malformed'", ["timestamp"] = "@at" };
        columns[column] = value;
        Insert("chat_messages", columns, new { id, at = TestDatabase.Now - _number, value = parameter });
    }

    private void Insert(string table, Dictionary<string, string> columns, object parameters) =>
        _connection.Execute($"INSERT INTO {table}({string.Join(',', columns.Keys)}) VALUES ({string.Join(',', columns.Values)})", parameters);
}

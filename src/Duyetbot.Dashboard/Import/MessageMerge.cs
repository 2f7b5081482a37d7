using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Import;

/// <summary>Merges messages by message_id, else by session, sequence, role and content. Ours stand; only what is empty or still the default here is filled.</summary>
internal sealed class MessageMerge : IDisposable
{
    private static readonly string[] Columns = ImportTables.Columns[ImportTables.Messages];
    private static readonly string[] Fillable = ["event_id", "user_id", "username", "chat_id", "model", "metadata"];
    private static readonly string[] Tokens = ["input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens"];

    private readonly ImportCounts _counts;
    private readonly ImportReport _report;
    private readonly Statement _find;
    private readonly Statement _taken;
    private readonly Statement _update;
    private readonly MessageInserts _inserts;
    private readonly Statement _event;
    private object? _lastEvent;

    public MessageMerge(SqliteConnection connection, ImportReport report)
    {
        _report = report;
        _counts = report.Of(ImportTables.Messages);
        var columns = string.Join(", ", Columns);
        // One statement for both ways, each by its index.
        _find = new Statement(
            connection,
            $"""
            SELECT {columns}, id, message_id = @p0 AS by_id FROM chat_messages WHERE message_id = @p0
            UNION ALL
            SELECT {columns}, id, 0 FROM chat_messages WHERE session_id = @p1 AND sequence = @p2 AND role = @p3 AND message_id IS NOT @p0
            """,
            4);
        _taken = new Statement(connection, "SELECT 1 FROM chat_messages WHERE message_id = @p0", 1);
        _inserts = new MessageInserts(connection, report);
        _update = new Statement(connection, $"UPDATE chat_messages SET {string.Join(", ", Columns.Select((c, i) => $"{c} = @p{i}"))} WHERE id = @p{Columns.Length}", Columns.Length + 1);
        _event = new Statement(connection, "SELECT 1 FROM observability_events WHERE event_id = @p0", 1);
    }

    private HashSet<long> Used => _inserts.Written;

    /// <summary>Merges one row; a new one is in the table after <see cref="Flush"/> at the latest.</summary>
    public void Merge(InputRow row)
    {
        if (row["session_id"] is not string || row["role"] is not string || row["content"] is null || row["sequence"] is null)
        {
            _report.Reject(row, "session_id, sequence, role or content is missing");
            return;
        }

        if (_inserts.Holds(PlaceOf(row)) || (row["message_id"] is string name && _inserts.Holds(name)))
            Flush();
        var ours = Find(row, out var conflict);
        if (conflict)
        {
            _report.Reject(row, $"message_id {row["message_id"]} stands here with another content; ours was kept");
            return;
        }

        KeepOrphan(row);
        if (ours is null)
        {
            Add(row);
            return;
        }

        Used.Add(IdOf(ours));
        if (!Fill(row, ours))
        {
            _counts.Skipped++;
            return;
        }

        _update.Run(ours.AsSpan(0, Columns.Length + 1));
        _counts.Updated++;
    }

    /// <summary>Writes what waits to be written with others.</summary>
    public void Flush() => _inserts.Flush();

    public void Dispose()
    {
        _find.Dispose();
        _taken.Dispose();
        _inserts.Dispose();
        _update.Dispose();
        _event.Dispose();
    }

    private object?[]? Find(InputRow row, out bool conflict)
    {
        conflict = false;
        var place = PlaceOf(row);
        var id = row["message_id"] as string is { Length: > 0 } given ? given : null;
        row["message_id"] = id;
        var found = _find.All(id, row["session_id"], row["sequence"], row["role"]);
        if (found.Count == 0 && id is not null)
            return null;
        var byId = found.Find(o => o[^1] is 1L);
        if (byId is not null && SameContent(byId, row) && (id != place || !Used.Contains(IdOf(byId))))
            return byId;
        // An id made of the place says nothing about the content: the bot may have written the session anew.
        conflict = byId is not null && id != place;
        if (conflict)
            return null;
        if (byId is not null)
            row["message_id"] = null;

        var here = found.FindAll(o => Equals(o[Index("role")], row["role"]) && Equals(o[Index("session_id")], row["session_id"]));
        var alike = here.FindAll(o => SameContent(o, row));
        // The same row twice in the input is two rows here.
        var same = alike.Find(o => !Used.Contains(IdOf(o)));
        if (same is null && row["message_id"] is null && (here.Count > 0 || _taken.First(place) is not null))
            row["message_id"] = MadeUp(row, alike.Count);
        return same;
    }

    private void Add(InputRow row)
    {
        row["platform"] ??= "telegram";
        row["visibility"] ??= "private";
        row["is_archived"] ??= 0L;
        row["is_pinned"] ??= 0L;
        row["cached_tokens"] ??= 0L;
        row["reasoning_tokens"] ??= 0L;
        row["created_at"] ??= row["timestamp"];
        _inserts.Add(row, PlaceOf(row));
        // A number that is none may stand for the same place as another.
        if (row["sequence"] is not long)
            Flush();
    }

    private void KeepOrphan(InputRow row)
    {
        if (row["event_id"] is not { } id || Equals(id, _lastEvent))
            return;
        if (_event.First(id) is not null)
        {
            _lastEvent = id;
            return;
        }

        row["event_id"] = null;
        row["metadata"] = WithLegacyEvent(row["metadata"], id.ToString()!);
        _report.WithoutEvent++;
    }

    private static string WithLegacyEvent(object? metadata, string id)
    {
        JsonObject? root = null;
        try
        {
            root = metadata is string text ? JsonNode.Parse(text) as JsonObject : null;
        }
        catch (System.Text.Json.JsonException)
        {
            // Kept as the string that it is, below.
        }

        var legacy = root?["legacy"] as JsonObject ?? [];
        if (root is null && metadata is not null)
            legacy["metadata"] = metadata.ToString();
        legacy["event_id"] = id;
        root ??= [];
        root["legacy"] = legacy.Parent is null ? legacy : legacy.DeepClone();
        return root.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    private static bool Fill(InputRow row, object?[] ours)
    {
        var changed = false;
        foreach (var column in Fillable)
            changed |= Take(row, ours, column, ours[Index(column)] is null);
        foreach (var column in Tokens)
            changed |= Take(row, ours, column, (ours[Index(column)] is null or 0L) && row[column] is long and > 0);
        changed |= Take(row, ours, "platform", ours[Index("platform")] is null || (ours[Index("platform")] is "telegram" && !row["session_id"]!.ToString()!.StartsWith("telegram:", StringComparison.Ordinal)));
        // A row that a person changed here says what it is to be.
        var untouched = ours[Index("updated_at")] is null;
        changed |= Take(row, ours, "visibility", untouched && (ours[Index("visibility")] is null or "private"));
        changed |= Take(row, ours, "is_archived", untouched && (ours[Index("is_archived")] is null or 0L));
        changed |= Take(row, ours, "is_pinned", untouched && (ours[Index("is_pinned")] is null or 0L));
        return changed;
    }

    private static bool Take(InputRow row, object?[] ours, string column, bool take)
    {
        var theirs = row[column];
        if (!take || theirs is null || Equals(theirs, ours[Index(column)]))
            return false;
        ours[Index(column)] = theirs;
        return true;
    }

    private static bool SameContent(object?[] ours, InputRow row)
    {
        var (here, there) = (ours[Index("content")], row["content"]);
        if (Equals(here, there))
            return Equals(ours[Index("session_id")], row["session_id"]);
        // The same text after a dump that could not tell a line break from a backslash and an n.
        return here is string a && there is string b && a.Length != b.Length
            && Equals(ours[Index("session_id")], row["session_id"])
            && string.Equals(a.Replace("\n", "\\n", StringComparison.Ordinal), b.Replace("\n", "\\n", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    // A function of the row, so that the next import finds it again.
    private static string MadeUp(InputRow row, int before)
    {
        var key = Encoding.UTF8.GetBytes($"{row["session_id"]}\0{row["sequence"]}\0{row["role"]}\0{row["content"]}\0{before}");
        return Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 16));
    }

    // What a message without an id is called; a trigger fills it in.
    private static string PlaceOf(InputRow row) => $"{row["session_id"]}/{row["sequence"]}";

    private static long IdOf(object?[] ours) => (long)ours[Columns.Length]!;

    private static int Index(string column) => Array.IndexOf(Columns, column);
}

using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Import;

/// <summary>Merges events by event_id. Ours stand; what is empty here is filled, and an unfinished event here takes the finished one's values.</summary>
internal sealed class EventMerge : IDisposable
{
    private static readonly string[] Columns = ImportTables.Columns[ImportTables.Events];
    private static readonly string[] Tokens = ["input_tokens", "output_tokens", "total_tokens", "cached_tokens", "reasoning_tokens"];
    // What another row says of these is not more than what ours says.
    private static readonly string[] Fixed = ["event_id", "created_at", "triggered_at", "app_source", "event_type", "status"];

    private readonly ImportCounts _counts;
    private readonly ImportReport _report;
    private readonly Statement _find;
    private readonly Statement _insert;
    private readonly Statement _update;

    public EventMerge(SqliteConnection connection, ImportReport report)
    {
        _report = report;
        _counts = report.Of(ImportTables.Events);
        _find = new Statement(connection, $"SELECT {string.Join(", ", Columns)} FROM observability_events WHERE event_id = @p0", 1);
        _insert = Statement.Insert(connection, ImportTables.Events, Columns);
        _update = new Statement(
            connection, $"UPDATE observability_events SET {string.Join(", ", Columns.Select((c, i) => $"{c} = @p{i}"))} WHERE event_id = @p{Columns.Length}", Columns.Length + 1);
    }

    /// <summary>Merges one row.</summary>
    public void Merge(InputRow row)
    {
        if (row["event_id"] is not string { Length: > 0 } id)
        {
            _report.Reject(row, "event_id is not a text");
            return;
        }

        if (_find.First(id) is not { } ours)
        {
            row["status"] ??= "pending";
            row["created_at"] ??= row["triggered_at"];
            foreach (var column in Tokens)
                row[column] ??= 0L;
            _insert.Run(row.Values);
            _counts.Added++;
            return;
        }

        if (!Fill(row, ours))
        {
            _counts.Skipped++;
            return;
        }

        _update.Run([.. ours, id]);
        _counts.Updated++;
    }

    public void Dispose()
    {
        _find.Dispose();
        _insert.Dispose();
        _update.Dispose();
    }

    private static bool Fill(InputRow row, object?[] ours)
    {
        var finishes = IsOpen(ours[Index("status")]) && (row["status"] is "success" or "error");
        var changed = false;
        for (var i = 0; i < Columns.Length; i++)
        {
            var theirs = row.Values[i];
            if (theirs is null || Equals(theirs, ours[i]))
                continue;
            var take = Columns[i] switch
            {
                "status" => finishes,
                var c when Fixed.Contains(c) => false,
                var c when Tokens.Contains(c) => theirs is long and > 0 && (finishes || ours[i] is null or 0L),
                "agents" => finishes || (!HasSteps(ours[i]) && HasSteps(theirs)),
                _ => finishes || ours[i] is null,
            };
            if (!take)
                continue;
            ours[i] = theirs;
            changed = true;
        }

        return changed;
    }

    private static bool IsOpen(object? status) => status is null or "pending" or "processing";

    private static int Index(string column) => Array.IndexOf(Columns, column);

    private static bool HasSteps(object? agents)
    {
        if (agents is not string { Length: > 2 } text)
            return false;
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1_000 });
            return json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.GetArrayLength() > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

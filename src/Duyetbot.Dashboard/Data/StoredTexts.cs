using System.Diagnostics;
using System.Text;
using Dapper;
using Duyetbot.Dashboard.Shared.Payload;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>A column of texts that may be long, and the column that its rows are known by.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The texts.</param>
/// <param name="Key">The ids.</param>
internal sealed record StoredColumn(string Table, string Column, string Key)
{
    public static readonly StoredColumn MessageContent = new("chat_messages", "content", "message_id");
    public static readonly StoredColumn MessageMetadata = new("chat_messages", "metadata", "message_id");
    public static readonly StoredColumn EventInput = new("observability_events", "input_text", "event_id");
    public static readonly StoredColumn EventResponse = new("observability_events", "response_text", "event_id");
    public static readonly StoredColumn EventMetadata = new("observability_events", "metadata", "event_id");
}

/// <summary>Reads of a stored text only what is asked for: its begin, all of it up to a bound, or the places of another text.</summary>
internal static class StoredTexts
{
    // Up to so many bytes a text is read whole and cut here, as bytes: SQLite's own length and substr, and reading text, end at a NUL.
    private const int ReadWhole = 600_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The begin of a text, or all of it up to so many characters; null where it is NULL, or no row has the id.</summary>
    public static StoredText? FindHead(SqliteConnection connection, StoredColumn column, string id, int most = StoredText.Head)
    {
        var row = connection.QueryFirstOrDefault<Head>(
            $"""
            SELECT octet_length({column.Column}) AS bytes,
              substr(CAST({column.Column} AS BLOB), 1, CASE WHEN octet_length({column.Column}) <= {ReadWhole} THEN {ReadWhole} ELSE {4 * StoredText.Head} END) AS start,
              CASE WHEN octet_length({column.Column}) > {ReadWhole} THEN length(CAST({column.Column} AS TEXT)) END AS characters
            FROM {column.Table} WHERE {column.Key} = @id
            """,
            new { id });
        if (row?.Bytes is not { } bytes)
            return null;
        var start = Encoding.UTF8.GetString(row.Start ?? []);
        return row.Characters is not { } characters
            ? StoredText.HeadOf(start, most) with { Bytes = bytes }
            // Where a NUL ends SQLite's counting, the bytes say more.
            : new StoredText(StoredText.Start(start, StoredText.Head), Math.Max(characters, bytes / 4), bytes, false);
    }

    /// <summary>All of a text; null where it is NULL or gone, or longer than <see cref="StoredText.AsLines"/>.</summary>
    public static string? FindWhole(SqliteConnection connection, StoredColumn column, string id)
    {
        var bytes = connection.QueryFirstOrDefault<byte[]?>(
            $"SELECT CAST({column.Column} AS BLOB) FROM {column.Table} WHERE {column.Key} = @id AND octet_length({column.Column}) <= {4 * StoredText.AsLines}",
            new { id });
        return bytes is not null && Encoding.UTF8.GetString(bytes) is { Length: <= StoredText.AsLines } text ? text : null;
    }

    /// <summary>The places of another text, looked for piece by piece for a few seconds at most; null where the text is NULL or gone.</summary>
    public static TextHits? FindHits(SqliteConnection connection, StoredColumn column, string id, string find, CancellationToken cancellationToken)
    {
        var row = connection.QueryFirstOrDefault<long?>($"SELECT rowid FROM {column.Table} WHERE {column.Key} = @id AND typeof({column.Column}) IN ('text', 'blob')", new { id });
        if (row is null)
            return null;
        using var stored = new SqliteBlob(connection, column.Table, column.Column, row.Value, readOnly: true);
        using var reader = new StreamReader(stored, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        var started = Stopwatch.GetTimestamp();
        // No statement runs that could be stopped, so each piece asks.
        return TextHits.From(reader, find, () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Stopwatch.GetElapsedTime(started) < Patience;
        });
    }

    private sealed record Head
    {
        public long? Bytes { get; init; }

        public byte[]? Start { get; init; }

        public long? Characters { get; init; }
    }
}

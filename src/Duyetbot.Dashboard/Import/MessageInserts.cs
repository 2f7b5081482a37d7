using Dapper;
using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Import;

/// <summary>New messages on their way into the table, many with one statement.</summary>
/// <remarks>
/// The full-text index writes what it has gathered at the begin of every statement that could fail half way, which an
/// INSERT with triggers is: row by row that is a tenth of a millisecond each, and a merge of its small parts later.
/// </remarks>
internal sealed class MessageInserts : IDisposable
{
    private const int Rows = 200;

    // Characters: texts that wait are held in memory several times over.
    private const int Length = 1_000_000;

    private static readonly string[] Columns = ImportTables.Columns[ImportTables.Messages];
    private static readonly string ColumnList = string.Join(", ", Columns);

    private readonly ImportReport _report;
    private readonly Statement _one;
    private readonly Statement _wait;
    private readonly Statement _many;
    private readonly Statement _forget;
    private readonly List<InputRow> _waiting = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _length;

    public MessageInserts(SqliteConnection connection, ImportReport report)
    {
        _report = report;
        connection.Execute($"CREATE TEMP TABLE IF NOT EXISTS waiting_messages({ColumnList})");
        _one = Statement.Insert(connection, ImportTables.Messages, Columns, " RETURNING id");
        // Rows reach the one statement through a table: a parameter is found by its name, and among thousands slowly.
        _wait = Statement.Insert(connection, "waiting_messages", Columns);
        _many = new Statement(connection, $"INSERT INTO chat_messages({ColumnList}) SELECT {ColumnList} FROM waiting_messages ORDER BY timestamp, rowid RETURNING id", 0);
        _forget = new Statement(connection, "DELETE FROM waiting_messages", 0);
    }

    /// <summary>The ids of rows that were written.</summary>
    public HashSet<long> Written { get; } = [];

    /// <summary>True when one of the rows that wait has or may get this message_id.</summary>
    public bool Holds(string name) => _names.Contains(name);

    /// <summary>Takes a row; it is in the table after <see cref="Flush"/> at the latest.</summary>
    /// <param name="row">The row.</param>
    /// <param name="place">The message_id that it gets when it has none.</param>
    public void Add(InputRow row, string place)
    {
        _waiting.Add(row);
        _names.Add(place);
        if (row["message_id"] is string id)
            _names.Add(id);
        _length += (row["content"] as string)?.Length ?? 0;
        if (_waiting.Count == Rows || _length > Length)
            Flush();
    }

    /// <summary>Writes what waits. A row that the table does not take is rejected, the others are written.</summary>
    public void Flush()
    {
        if (_waiting.Count < 2 || !WriteTogether())
            WriteEach();
        _waiting.Clear();
        _names.Clear();
        _length = 0;
    }

    public void Dispose()
    {
        _one.Dispose();
        _wait.Dispose();
        _many.Dispose();
        _forget.Dispose();
    }

    private bool WriteTogether()
    {
        foreach (var row in _waiting)
            _wait.Run(row.Values);
        try
        {
            Count(_many.All());
            return true;
        }
        catch (SqliteException e) when (IsOfTheRow(e))
        {
            return false;
        }
        finally
        {
            _forget.Run();
        }
    }

    private void WriteEach()
    {
        foreach (var row in _waiting)
        {
            try
            {
                Count(_one.All(row.Values));
            }
            catch (SqliteException e) when (IsOfTheRow(e))
            {
                _report.Reject(row, DumpLoader.Reason(e));
            }
        }
    }

    private void Count(List<object?[]> ids)
    {
        foreach (var id in ids)
            Written.Add((long)id[0]!);
        _report.Of(ImportTables.Messages).Added += ids.Count;
    }

    private static bool IsOfTheRow(SqliteException e) => e.SqliteErrorCode is SqliteCodes.Constraint or SqliteCodes.Mismatch;
}

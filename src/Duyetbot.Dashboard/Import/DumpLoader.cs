using Dapper;
using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Import;

/// <summary>Puts what a dump says into the scratch database; rows go through prepared statements, so that a value is never run.</summary>
internal sealed class DumpLoader(SqliteConnection connection, ImportReport report, Action progress, CancellationToken cancellationToken) : IDumpTarget, IDisposable
{
    private const int ProgressRows = 5_000;

    private readonly Dictionary<string, SqliteCommand> _inserts = [];
    private readonly HashSet<string> _tables = [];
    private readonly List<string> _indexes = [];
    private int _rows;

    public void Table(string table, string sql, int line)
    {
        try
        {
            connection.Execute(sql);
            _tables.Add(table);
        }
        catch (SqliteException e)
        {
            throw new ImportException($"The table {table} in line {line} cannot be made: {e.Message} Nothing was written.", e);
        }
    }

    public void Index(string sql) => _indexes.Add(sql);

    public void Row(string table, string[]? columns, List<object?> values, int line, bool ambiguous)
    {
        Count(table);
        if (++_rows % ProgressRows == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress();
        }

        try
        {
            if (Command(table, columns) is not { } command)
            {
                Reject(table, line, "the table is not defined before it, and the row names no columns");
                return;
            }

            if (command.Parameters.Count != values.Count)
            {
                Reject(table, line, $"{values.Count} values for {command.Parameters.Count} columns");
                return;
            }

            for (var i = 0; i < values.Count; i++)
                command.Parameters[i].Value = values[i] is double number && !double.IsFinite(number) ? number > 0 ? double.MaxValue : double.MinValue : values[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
            if (ambiguous)
                report.NameAmbiguous($"{table}, line {line}");
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SqliteCodes.Constraint or 1)
        {
            Reject(table, line, Reason(e));
        }
    }

    public void Unreadable(string table, int line, string reason)
    {
        Count(table);
        Reject(table, line, reason);
    }

    public void Skip(string what, int line) => report.LeaveAside(what, $"line {line}");

    /// <summary>Makes the indexes, now that the rows are there: a migration of an older stage expects them.</summary>
    /// <exception cref="ImportException">None of the bot's tables is in the dump.</exception>
    public void Finish()
    {
        if (!_tables.Any(t => t != ImportTables.Journal))
            throw new ImportException($"The dump holds none of the bot's tables ({string.Join(", ", ImportTables.Merged)}). Nothing was written.");
        if (!_tables.Overlaps(ImportTables.Legacy))
            return;
        foreach (var sql in _indexes)
        {
            try
            {
                connection.Execute(sql);
            }
            catch (SqliteException e)
            {
                report.LeaveAside($"an index that cannot be made: {e.Message}", "in the dump");
            }
        }
    }

    public void Dispose()
    {
        foreach (var command in _inserts.Values)
            command.Dispose();
    }

    internal static string Reason(SqliteException e) =>
        e.Message.Replace("SQLite Error 19: '", "", StringComparison.Ordinal).Replace("SQLite Error 1: '", "", StringComparison.Ordinal).TrimEnd('.', '\'');

    private void Count(string table)
    {
        if (ImportTables.Columns.ContainsKey(table))
            report.Of(table).Read++;
    }

    private void Reject(string table, int line, string reason)
    {
        if (table != ImportTables.Journal)
            report.Reject(table, $"line {line}", $"{table}: {reason}");
    }

    private SqliteCommand? Command(string table, string[]? columns)
    {
        var key = columns is null ? table : $"{table}({string.Join('\u0001', columns)})";
        if (_inserts.TryGetValue(key, out var known))
            return known;
        if (!_tables.Contains(table))
        {
            if (columns is null || !ImportTables.Columns.TryGetValue(table, out var all))
                return null;
            // A dump of the data alone.
            Table(table, $"CREATE TABLE {table}(id INTEGER PRIMARY KEY, {string.Join(", ", all)})", 0);
        }

        columns ??= [.. connection.Query<string>("SELECT name FROM pragma_table_info(@table) ORDER BY cid", new { table })];
        var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {table}({string.Join(", ", columns.Select(Quote))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
        for (var i = 0; i < columns.Length; i++)
            command.Parameters.Add(new SqliteParameter($"@p{i}", null));
        command.Prepare();
        return _inserts[key] = command;
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

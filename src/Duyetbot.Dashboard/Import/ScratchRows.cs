using Dapper;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Import;

/// <summary>One row of the input: its values by the order of <see cref="ImportTables.Columns"/>, NULL where the input has no such column.</summary>
internal sealed class InputRow(string table)
{
    private readonly IReadOnlyDictionary<string, int> _index = ImportTables.Places[table];

    public string Table => table;

    /// <summary>The row's id in the input.</summary>
    public long Id { get; init; }

    public object?[] Values { get; } = new object?[ImportTables.Columns[table].Length];

    /// <summary>The value of a column; null for NULL.</summary>
    public object? this[string column]
    {
        get => Values[_index[column]];
        set => Values[_index[column]] = value;
    }

    /// <summary>How messages name the row.</summary>
    public string Where => $"{table} row {Id}";
}

/// <summary>Reads the rows of a table of the scratch database in the order of their ids.</summary>
internal static class ScratchRows
{
    /// <summary>How many rows the table has; 0 without the table.</summary>
    public static long Count(SqliteConnection scratch, string table) =>
        Scratch.IsTable(scratch, table) ? scratch.ExecuteScalar<long>($"SELECT COUNT(*) FROM {table}") : 0;

    /// <summary>Every row, one after another.</summary>
    /// <exception cref="ImportException">The table lacks a column without which its rows mean nothing.</exception>
    public static IEnumerable<InputRow> Read(SqliteConnection scratch, string table, ImportReport report)
    {
        if (!Scratch.IsTable(scratch, table))
            yield break;
        var present = scratch.Query<string>("SELECT name FROM pragma_table_xinfo(@table)", new { table }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var wanted = ImportTables.Columns[table];
        foreach (var missing in wanted.Take(ImportTables.Required(table)).Where(c => !present.Contains(c)))
            throw new ImportException($"The table {table} of the input has no column {missing}: it is not the bot's. Nothing was written.");
        foreach (var extra in present.Where(c => c != "id" && !wanted.Contains(c, StringComparer.OrdinalIgnoreCase)))
            report.LeaveAside($"column {table}.{extra}", "unknown here");

        using var command = scratch.CreateCommand();
        var id = present.Contains("id") ? "id" : table == ImportTables.Annotations ? "0" : "rowid";
        command.CommandText = $"SELECT {id}, {string.Join(", ", wanted.Select(c => present.Contains(c) ? c : "NULL"))} FROM {table} ORDER BY 1";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new InputRow(table) { Id = reader.GetValue(0) as long? ?? 0 };
            for (var i = 0; i < wanted.Length; i++)
                row.Values[i] = reader.IsDBNull(i + 1) ? null : reader.GetValue(i + 1);
            yield return row;
        }
    }
}

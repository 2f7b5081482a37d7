using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Import;

/// <summary>A statement with parameters @p0, @p1, …; prepared when it is first run, which costs an INSERT or UPDATE with many triggers a millisecond.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql, int parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
            _command.Parameters.Add(new SqliteParameter($"@p{i}", null));
    }

    /// <summary>An INSERT of these columns.</summary>
    public static Statement Insert(SqliteConnection connection, string table, IReadOnlyList<string> columns, string returning = "") =>
        new(connection, $"INSERT INTO {table}({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))}){returning}", columns.Count);

    /// <summary>Runs it; returns the number of rows changed.</summary>
    public int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    /// <summary>The first row's values, or null without a row.</summary>
    public object?[]? First(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = _command.ExecuteReader();
        return reader.Read() ? Row(reader) : null;
    }

    /// <summary>Every row's values.</summary>
    public List<object?[]> All(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = _command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add(Row(reader));
        return rows;
    }

    public void Dispose() => _command.Dispose();

    private static object?[] Row(SqliteDataReader reader)
    {
        var row = new object?[reader.FieldCount];
        for (var i = 0; i < row.Length; i++)
            row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
        return row;
    }

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}

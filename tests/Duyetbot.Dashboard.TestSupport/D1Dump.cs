using Dapper;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.TestSupport;

/// <summary>Writes a database as <c>wrangler d1 export</c> does: no transaction, newlines as a replace, indexes and views last.</summary>
public static class D1Dump
{
    /// <summary>Reads the whole database and writes its statements.</summary>
    /// <param name="database">A closed SQLite file.</param>
    /// <param name="output">The dump's path.</param>
    public static void Write(string database, string output)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var dump = new StreamWriter(output) { NewLine = "\n" };
        dump.WriteLine("PRAGMA defer_foreign_keys=TRUE;");
        foreach (var (name, sql) in connection.Query<(string, string)>("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid").ToList())
        {
            dump.WriteLine(sql + ";");
            var columns = connection.Query<string>("SELECT name FROM pragma_table_info(@name) ORDER BY cid", new { name }).ToList();
            var list = string.Join(",", columns.Select(c => $"\"{c}\""));
            var values = string.Join(" || ',' || ", columns.Select(c => $"quote(\"{c}\")"));
            foreach (var row in connection.Query<string>($"SELECT {values} FROM \"{name}\"", buffered: false))
                dump.WriteLine($"INSERT INTO \"{name}\" ({list}) VALUES({WithoutNewlines(row)});");
        }

        if (connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'") > 0)
        {
            dump.WriteLine("DELETE FROM sqlite_sequence;");
            foreach (var row in connection.Query<string>("SELECT quote(name) || ',' || quote(seq) FROM sqlite_sequence"))
                dump.WriteLine($"INSERT INTO \"sqlite_sequence\" (\"name\",\"seq\") VALUES({row});");
        }

        foreach (var sql in connection.Query<string>("SELECT sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL ORDER BY type, rowid"))
            dump.WriteLine(sql + ";");
    }

    /// <summary>Each quoted text that holds a newline becomes <c>replace('…\n…','\n',char(10))</c>.</summary>
    private static string WithoutNewlines(string values)
    {
        if (!values.Contains('\n', StringComparison.Ordinal))
            return values;
        var result = new System.Text.StringBuilder();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] != '\'')
            {
                result.Append(values[i]);
                continue;
            }

            var end = i + 1;
            while (values[end] != '\'' || (end + 1 < values.Length && values[end + 1] == '\''))
                end += values[end] == '\'' ? 2 : 1;
            var text = values[i..(end + 1)];
            result.Append(text.Contains('\n', StringComparison.Ordinal) ? $"replace({text.Replace("\n", "\\n", StringComparison.Ordinal)},'\\n',char(10))" : text);
            i = end;
        }

        return result.ToString();
    }
}

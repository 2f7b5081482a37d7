using System.Text;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>One row of <c>sqlite_schema</c>.</summary>
/// <param name="Type">table, index, view or trigger.</param>
/// <param name="Name">Its name.</param>
/// <param name="Table">The table or view that it belongs to; its own name for tables and views.</param>
/// <param name="Sql">The statement that makes it.</param>
internal sealed record SchemaObject(string Type, string Name, string Table, string Sql)
{
    /// <summary>The statement with white space aside, for comparing.</summary>
    public string Normal { get; } = Normalise(Sql);

    /// <summary>Whether the object is the same, white space aside.</summary>
    public bool IsSameAs(SchemaObject other) =>
        Type == other.Type && string.Equals(Table, other.Table, StringComparison.OrdinalIgnoreCase) && Normal == other.Normal;

    private static string Normalise(string sql)
    {
        var text = new StringBuilder(sql.Length);
        var space = false;
        for (var i = 0; i < sql.Length; i++)
        {
            var c = sql[i];
            if (char.IsWhiteSpace(c))
            {
                space = true;
                continue;
            }

            if (space && text.Length > 0 && !IsTight(text[^1]) && !IsTight(c))
                text.Append(' ');
            space = false;
            text.Append(c);
            if (c is not ('\'' or '"' or '`'))
                continue;
            // White space inside quotes counts.
            while (++i < sql.Length)
            {
                text.Append(sql[i]);
                if (sql[i] == c)
                    break;
            }
        }

        return text.ToString();
    }

    private static bool IsTight(char c) => c is '(' or ')' or ',';
}

/// <summary>What a database really holds: its objects and its tables' columns, SQLite's and Cloudflare's own left out.</summary>
internal sealed class Schema
{
    private readonly Dictionary<string, SchemaObject> _objects;
    private readonly Dictionary<string, List<string>> _columns;

    private Schema(Dictionary<string, SchemaObject> objects, Dictionary<string, List<string>> columns)
    {
        _objects = objects;
        _columns = columns;
    }

    /// <summary>All objects, oldest first.</summary>
    public IReadOnlyCollection<SchemaObject> Objects => _objects.Values;

    /// <summary>Reads the schema of the main database.</summary>
    public static Schema Read(SqliteConnection connection)
    {
        var objects = new Dictionary<string, SchemaObject>(StringComparer.OrdinalIgnoreCase);
        var rows = connection.All(
            @"SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT LIKE '\_cf\_%' ESCAPE '\' ORDER BY rowid",
            r => new SchemaObject(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3)));
        foreach (var row in rows)
            objects[row.Name] = row;
        var columns = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        // A virtual table may need a module that is not here.
        var pairs = connection.All(
            "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) c WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY m.rowid, c.cid",
            r => (Table: r.GetString(0), Column: r.GetString(1)));
        foreach (var (table, column) in pairs)
        {
            if (!columns.TryGetValue(table, out var list))
                columns[table] = list = [];
            list.Add(column);
        }

        return new Schema(objects, columns);
    }

    /// <summary>The object of that name, or null.</summary>
    public SchemaObject? Find(string name) => _objects.GetValueOrDefault(name);

    /// <summary>Whether a table, not a view, has that name.</summary>
    public bool HasTable(string name) => Find(name)?.Type == "table";

    /// <summary>Whether a view, not a table, has that name.</summary>
    public bool HasView(string name) => Find(name)?.Type == "view";

    /// <summary>A table's columns in order; none when there is no such table, or when it is a virtual one.</summary>
    public IReadOnlyList<string> Columns(string table) => _columns.TryGetValue(table, out var columns) ? columns : [];

    /// <summary>Whether a table has a column.</summary>
    public bool HasColumn(string table, string column) => Columns(table).Contains(column, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a table is one of a virtual table's own, which is made and kept by its module.</summary>
    public bool IsShadow(string name) => _objects.Values.Any(o =>
        o.Type == "table" && o.Sql.StartsWith("CREATE VIRTUAL", StringComparison.OrdinalIgnoreCase) && name.StartsWith(o.Name + "_", StringComparison.OrdinalIgnoreCase));
}

using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>Brings every object to the finished schema's own definition: tables are rebuilt with their rows, the rest is made anew.</summary>
internal static class Convergence
{
    /// <summary>Changes what differs; views excepted. Returns the names of what was made anew.</summary>
    /// <exception cref="DatabaseRefusedException">A table has a row that the definition does not allow.</exception>
    public static List<string> Apply(SqliteConnection connection, TargetSchema target)
    {
        var remade = new List<string>();
        foreach (var table in Differing(connection, target, "table"))
        {
            Rebuild(connection, table);
            remade.Add(table.Name);
        }

        foreach (var helper in Differing(connection, target, "index").Concat(Differing(connection, target, "trigger")))
        {
            Drop(connection, Schema.Read(connection).Find(helper.Name));
            connection.Run(helper.Sql);
            remade.Add(helper.Name);
        }

        return remade;
    }

    /// <summary>Drops stale views and makes every view of the finished schema anew.</summary>
    public static void RemakeViews(SqliteConnection connection, TargetSchema target)
    {
        var actual = Schema.Read(connection);
        foreach (var name in target.Final.Objects.Where(o => o.Type == "view").Select(o => o.Name).Concat(History.StaleViews))
        {
            if (actual.HasView(name))
                connection.Run($"DROP VIEW {Sql.Quote(name)}");
        }

        foreach (var view in target.Final.Objects.Where(o => o.Type == "view"))
            connection.Run(view.Sql);
    }

    /// <summary>Drops an index or a trigger, whatever it is; nothing when it is null.</summary>
    public static void Drop(SqliteConnection connection, SchemaObject? part)
    {
        if (part is not null)
            connection.Run($"DROP {(part.Type == "index" ? "INDEX" : "TRIGGER")} {Sql.Quote(part.Name)}");
    }

    private static List<SchemaObject> Differing(SqliteConnection connection, TargetSchema target, string type) =>
        MigrationPlan.Differences(Schema.Read(connection), target).Where(o => o.Type == type && target.Final.Find(o.Name) == o).ToList();

    private static void Rebuild(SqliteConnection connection, SchemaObject table)
    {
        var name = Sql.Quote(table.Name);
        var old = Sql.Quote(table.Name + "__before");
        // The plain way of renaming: references in other tables, triggers and views keep the name.
        connection.Run("PRAGMA legacy_alter_table=ON");
        connection.Run($"ALTER TABLE {name} RENAME TO {old}");
        connection.Run(table.Sql);
        var columns = Schema.Read(connection).Columns(table.Name);
        var list = string.Join(", ", columns.Select(Sql.Quote));
        try
        {
            connection.Run($"INSERT INTO {name}({list}) SELECT {list} FROM {old} ORDER BY 1");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteCodes.Constraint)
        {
            throw new DatabaseRefusedException($"The database fits no stage that this version knows: a row of {table.Name} is not allowed there ({e.Message}). Nothing was written.", e);
        }

        if (connection.Count($"SELECT COUNT(*) FROM {name}") != connection.Count($"SELECT COUNT(*) FROM {old}"))
            throw new DatabaseRefusedException($"Rows of {table.Name} were lost while it was rebuilt. Nothing was written.");
        // The highest id ever given, so that no deleted row's id is given again.
        if (connection.Count("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'") > 0)
        {
            connection.Run(
                "UPDATE sqlite_sequence SET seq = MAX(seq, COALESCE((SELECT s.seq FROM sqlite_sequence s WHERE s.name = @old), 0)) WHERE name = @name",
                ("@old", table.Name + "__before"), ("@name", table.Name));
            connection.Run(
                "INSERT INTO sqlite_sequence(name, seq) SELECT @name, seq FROM sqlite_sequence WHERE name = @old AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = @name)",
                ("@old", table.Name + "__before"), ("@name", table.Name));
        }

        connection.Run($"DROP TABLE {old}");
        connection.Run("PRAGMA legacy_alter_table=OFF");
    }
}

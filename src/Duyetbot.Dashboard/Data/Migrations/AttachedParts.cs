using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>Views, triggers and indexes that stand in the way of a change of tables: taken off before, put back word for word after.</summary>
/// <remarks>SQLite refuses to alter a table while any view or trigger names a table that is missing; and a person's trigger must not fire for a migration.</remarks>
internal sealed class AttachedParts
{
    private readonly List<SchemaObject> _persons;

    private AttachedParts(List<SchemaObject> persons) => _persons = persons;

    /// <summary>Drops every view, and every trigger that is a person's own or that a migration will take away.</summary>
    public static AttachedParts TakeOff(SqliteConnection connection, Schema actual, TargetSchema target)
    {
        var persons = new List<SchemaObject>();
        foreach (var part in actual.Objects.Where(o => o.Type == "trigger" && target.Final.Find(o.Name) is null))
        {
            if (!target.IsRetired(part.Name))
                persons.Add(part);
            connection.Run($"DROP TRIGGER {Sql.Quote(part.Name)}");
        }

        foreach (var view in actual.Objects.Where(o => o.Type == "view"))
        {
            if (target.Final.Find(view.Name) is null && !History.StaleViews.Contains(view.Name))
                persons.Add(view);
            connection.Run($"DROP VIEW {Sql.Quote(view.Name)}");
        }

        // A person's index on a table that may be rebuilt, and so lose it.
        persons.AddRange(actual.Objects.Where(o => o.Type == "index" && target.Final.Find(o.Name) is null && target.Final.HasTable(o.Table) && !History.IsOldIndex(o.Name) && !target.IsRetired(o.Name)));
        return new AttachedParts(persons);
    }

    /// <summary>Makes a person's own parts again as they were; what stood on a table that is gone went with it.</summary>
    public void PutBack(SqliteConnection connection)
    {
        var now = Schema.Read(connection);
        foreach (var part in _persons.OrderBy(p => p.Type switch { "index" => 0, "view" => 1, _ => 2 }))
        {
            if (now.Find(part.Name) is not null)
                continue;
            if (part.Type != "trigger" || now.Find(part.Table) is not null || _persons.Any(p => p.Type == "view" && p.Name == part.Table))
                connection.Run(part.Sql);
        }
    }
}

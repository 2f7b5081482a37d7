using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>What one migration leaves in the end: by these its presence is judged, not by its name in the journal.</summary>
/// <param name="Tables">Tables that it makes, each with the columns that it has at once.</param>
/// <param name="Columns">Columns that it adds to tables of earlier migrations.</param>
/// <param name="Helpers">Indexes and triggers that it makes.</param>
internal sealed record MigrationEffect(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Tables,
    IReadOnlyList<(string Table, string Column)> Columns,
    IReadOnlyList<string> Helpers);

/// <summary>The schema that every database ends with: the files, run in memory.</summary>
internal sealed class TargetSchema
{
    private readonly Dictionary<string, MigrationEffect> _effects;

    private TargetSchema(Schema final, Dictionary<string, MigrationEffect> effects)
    {
        Final = final;
        _effects = effects;
    }

    /// <summary>Every object of the finished schema.</summary>
    public Schema Final { get; }

    /// <summary>True for an index or a trigger that one migration makes and a later one takes away: it is no person's own.</summary>
    public bool IsRetired(string name) => Final.Find(name) is null && _effects.Values.Any(e => e.Helpers.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>What a migration leaves.</summary>
    public MigrationEffect Effect(MigrationFile file) => _effects[file.Name];

    /// <summary>Runs the files in memory.</summary>
    public static TargetSchema Build(MigrationFiles files)
    {
        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False;Foreign Keys=False");
        connection.Open();
        Journal.Create(connection);
        var stages = new List<Schema> { Schema.Read(connection) };
        foreach (var file in files.Migrations)
        {
            connection.Run(file.Sql);
            stages.Add(Schema.Read(connection));
        }

        foreach (var view in files.Views)
            connection.Run(view.Sql);
        var final = Schema.Read(connection);
        var effects = new Dictionary<string, MigrationEffect>();
        for (var i = 0; i < files.Migrations.Count; i++)
            effects[files.Migrations[i].Name] = Difference(stages[i], stages[i + 1], final);
        return new TargetSchema(final, effects);
    }

    private static MigrationEffect Difference(Schema before, Schema after, Schema final)
    {
        var tables = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        var columns = new List<(string, string)>();
        foreach (var table in after.Objects.Where(o => o.Type == "table" && final.HasTable(o.Name) && !final.IsShadow(o.Name)))
        {
            if (!before.HasTable(table.Name))
                tables[table.Name] = after.Columns(table.Name);
            else
                columns.AddRange(after.Columns(table.Name).Where(c => !before.HasColumn(table.Name, c)).Select(c => (table.Name, c)));
        }

        var helpers = after.Objects
            .Where(o => o.Type is "index" or "trigger" && before.Find(o.Name) is null)
            .Select(o => o.Name)
            .ToList();
        return new MigrationEffect(tables, columns, helpers);
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>Tells derived tables that hold what the present views say from those of views that meant something else.</summary>
/// <remarks>Triggers see rows that change, not views. So derived_source keeps, per derived table, a signature of the views and of the format that it was made with; where it differs, everything is marked dirty, and readers take it from the views at once.</remarks>
public sealed class DerivedSources(Database database, IEnumerable<DerivedTable> tables, IEnumerable<Rollup> rollups)
{
    /// <summary>Marks every table dirty that was made of other views; returns their names. Runs after the migrations, before anything reads.</summary>
    public async Task<IReadOnlyList<string>> MakeCurrentAsync(CancellationToken cancellationToken)
    {
        // Asked on a reader first: where nothing has changed nothing waits for the writer.
        var stale = await database.ReadAsync(Stale, cancellationToken);
        return stale.Count == 0 ? [] : await database.WriteAsync<IReadOnlyList<string>>(
            connection =>
            {
                var changed = Stale(connection);
                foreach (var (table, signature) in changed)
                {
                    connection.Execute(table.MarkAll);
                    connection.Execute(
                        "INSERT INTO derived_source(name, signature) VALUES (@Table, @signature) ON CONFLICT (name) DO UPDATE SET signature = excluded.signature",
                        new { table.Table, signature });
                }

                return [.. changed.Select(c => c.Table.Table)];
            },
            cancellationToken);
    }

    private List<(DerivedTable Table, string Signature)> Stale(SqliteConnection connection)
    {
        var views = connection.Query<(string Name, string Sql)>("SELECT name, sql FROM sqlite_schema WHERE type = 'view'").ToDictionary(v => v.Name, v => v.Sql);
        var known = connection.Query<(string Name, string Signature)>("SELECT name, signature FROM derived_source").ToDictionary(s => s.Name, s => s.Signature);
        return
        [
            .. tables.Concat(rollups.Select(r => r.Derived))
                .Select(t => (Table: t, Signature: Signature(t, views)))
                .Where(t => known.GetValueOrDefault(t.Table.Table) != t.Signature),
        ];
    }

    private static string Signature(DerivedTable table, Dictionary<string, string> views)
    {
        var read = new SortedSet<string>(table.Views, StringComparer.Ordinal);
        // A view reads from others, whose names stand in its text.
        for (var before = 0; before < read.Count;)
        {
            before = read.Count;
            read.UnionWith(views.Keys.Where(name => read.Any(r => views[r].Contains(name, StringComparison.Ordinal))).ToList());
        }

        var text = string.Join('\n', read.Select(name => views[name]));
        return $"{table.Format.ToString(CultureInfo.InvariantCulture)} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }
}

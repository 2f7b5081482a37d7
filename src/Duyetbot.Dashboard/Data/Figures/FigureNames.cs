using Dapper;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>The texts behind the numbers of figure_names. A number is never given twice, so what has been read once holds.</summary>
public sealed class FigureNames
{
    private readonly Lock _lock = new();
    private string?[] _names = [];
    private long _last;

    /// <summary>The text of a number; null for 0.</summary>
    internal string? Of(SqliteConnection connection, int number)
    {
        if (number == 0)
            return null;
        if (number >= _names.Length || _names[number] is null)
            Load(connection);
        return _names[number];
    }

    /// <summary>The number of a text; null where it has none yet.</summary>
    internal static int? NumberOf(SqliteConnection connection, string name) =>
        connection.QueryFirstOrDefault<int?>("SELECT number FROM figure_names WHERE name = @name", new { name });

    // Within a transaction that gives numbers this must not be called: they would stay here when it is rolled back.
    private void Load(SqliteConnection connection)
    {
        lock (_lock)
        {
            var rows = connection.Query<(long Number, string Name)>("SELECT number, name FROM figure_names WHERE number > @last ORDER BY number", new { last = _last }).AsList();
            if (rows.Count == 0)
                return;
            var names = new string?[rows[^1].Number + 1];
            _names.CopyTo(names, 0);
            foreach (var (number, name) in rows)
                names[number] = name;
            _names = names;
            _last = rows[^1].Number;
        }
    }
}

/// <summary>Gives numbers to texts within one write transaction.</summary>
/// <param name="connection">With the open transaction.</param>
/// <param name="table">figure_names or figure_conversations.</param>
internal sealed class NumberGiver(SqliteConnection connection, string table)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>The number of a text, a new one where it has none; 0 for none.</summary>
    public int Of(string? name)
    {
        if (name is null)
            return 0;
        if (!_numbers.TryGetValue(name, out var number))
        {
            number = connection.QueryFirstOrDefault<int?>($"SELECT number FROM {table} WHERE name = @name", new { name })
                ?? connection.ExecuteScalar<int>($"INSERT INTO {table}(name) VALUES (@name) RETURNING number", new { name });
            _numbers[name] = number;
        }

        return number;
    }
}

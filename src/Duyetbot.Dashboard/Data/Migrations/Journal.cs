using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>The list of applied migrations, in the table that wrangler keeps, so that a database moves between D1 and the dashboard either way.</summary>
internal static class Journal
{
    /// <summary>The table's name.</summary>
    public const string Table = "d1_migrations";

    /// <summary>Makes the table where it is missing.</summary>
    public static void Create(SqliteConnection connection) => connection.Run(
        "CREATE TABLE IF NOT EXISTS d1_migrations(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)");

    /// <summary>The names in the journal; none when the table is missing.</summary>
    /// <exception cref="DatabaseRefusedException">The table is there, but it is no journal.</exception>
    public static IReadOnlySet<string> Read(SqliteConnection connection, Schema schema)
    {
        if (schema.Find(Table) is not { } journal)
            return new HashSet<string>();
        if (journal.Type != "table" || !schema.HasColumn(Table, "name"))
            throw new DatabaseRefusedException($"{Table} is not the list of applied migrations: it has no column \"name\". Nothing was written.");
        return connection.All("SELECT name FROM d1_migrations WHERE typeof(name) = 'text'", r => r.GetString(0)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Writes a migration's name where it is missing.</summary>
    public static void Record(SqliteConnection connection, string name) => connection.Run(
        "INSERT INTO d1_migrations(name) SELECT @name WHERE NOT EXISTS (SELECT 1 FROM d1_migrations WHERE name = @name)", ("@name", name));
}

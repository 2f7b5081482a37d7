using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>Rows whose parent is missing: those that were there before a migration stay as they are, new ones stop it.</summary>
internal static class ForeignKeys
{
    /// <summary>Table and row id of every row of the source tables whose parent is missing; null where the tables' own definitions do not allow the check.</summary>
    public static HashSet<(string Table, long Row)>? Orphans(SqliteConnection connection, Schema schema)
    {
        if (!schema.HasTable("chat_messages"))
            return [];
        try
        {
            return connection.All("SELECT \"table\", rowid FROM pragma_foreign_key_check('chat_messages')", r => (r.GetString(0), r.GetInt64(1))).ToHashSet();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == 1)
        {
            return null;
        }
    }

    /// <summary>Compares with before.</summary>
    /// <exception cref="DatabaseRefusedException">More rows have lost their parent than had before or came without one.</exception>
    public static void Require(SqliteConnection connection, HashSet<(string Table, long Row)>? before, long arrivedWithout)
    {
        var after = Orphans(connection, Schema.Read(connection)) ?? throw new DatabaseRefusedException("The foreign keys cannot be checked after the migration. Nothing was written.");
        if (before is null)
            return;
        after.ExceptWith(before);
        if (after.Count > arrivedWithout)
            throw new DatabaseRefusedException($"The migration would leave {after.Count - arrivedWithout} rows without the row that they refer to (first: {after.First()}). Nothing was written.");
    }
}

using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>What the rescue did.</summary>
/// <param name="Counts">Where each duplicate table's rows went.</param>
/// <param name="OrphansInserted">Messages that have come to name an event that does not exist, as the duplicate's row did.</param>
internal sealed record RescueResult(IReadOnlyList<RescueCount> Counts, long OrphansInserted);

/// <summary>Moves what only the duplicate tables hold to the source tables, and empties them row by row as each row is accounted for.</summary>
/// <remarks>Runs inside the migration's transaction, before any message gets a made-up id. A table that does not add up stops the migration.</remarks>
internal static class LegacyRescue
{
    /// <summary>Whether there is anything to move.</summary>
    public static bool HasRows(SqliteConnection connection)
    {
        var schema = Schema.Read(connection);
        return History.Duplicates.Any(d => d.Table != "analytics_token_aggregates" && schema.HasTable(d.Table) && connection.Count($"SELECT EXISTS (SELECT 1 FROM {d.Table})") == 1);
    }

    /// <summary>Moves all rows.</summary>
    /// <exception cref="DatabaseRefusedException">The counts do not add up.</exception>
    public static RescueResult Run(SqliteConnection connection)
    {
        if (!HasRows(connection))
            return new RescueResult([], 0);
        connection.Run(
            """
            CREATE INDEX rescue_session ON chat_messages(session_id, sequence);
            CREATE INDEX rescue_message ON chat_messages(message_id);
            """);
        var counts = new List<RescueCount>();
        // Steps first: they may make the event that a message refers to. Conversations need the messages' links.
        if (LegacyTable.Find(connection, "analytics_agent_steps") is { } steps)
            counts.Add(new StepRescue(connection, steps).Run());
        var messages = LegacyTable.Find(connection, "analytics_messages");
        var rescue = messages is null ? null : new MessageRescue(connection, messages);
        if (rescue is not null)
            counts.Add(rescue.Run());
        if (LegacyTable.Find(connection, "analytics_conversations") is { } conversations)
            counts.Add(new ConversationRescue(connection, conversations, messages).Run());
        rescue?.Empty();
        connection.Run("DROP INDEX rescue_session; DROP INDEX rescue_message");
        foreach (var count in counts)
            Require(count.Matched + count.Inserted + count.Kept == count.Rows, $"{count.Table} held {count.Rows} rows, of which {count.Matched} were matched, {count.Inserted} inserted and {count.Kept} kept");
        return new RescueResult(counts, rescue?.OrphansInserted ?? 0);
    }

    /// <summary>Stops the migration where rows do not add up.</summary>
    public static void Require(bool addsUp, string difference)
    {
        if (!addsUp)
            throw new DatabaseRefusedException($"The rows of a duplicate table do not add up: {difference}. Everything was rolled back.");
    }
}

/// <summary>A duplicate table as it really is: a column that it lacks reads as NULL, one that no stage knows is kept.</summary>
internal sealed class LegacyTable
{
    private LegacyTable(string name, IReadOnlyList<string> columns)
    {
        Name = name;
        Columns = columns;
    }

    /// <summary>The table's name.</summary>
    public string Name { get; }

    /// <summary>Its columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The table, or null when there is none.</summary>
    public static LegacyTable? Find(SqliteConnection connection, string name)
    {
        var schema = Schema.Read(connection);
        return schema.HasTable(name) ? new LegacyTable(name, schema.Columns(name)) : null;
    }

    /// <summary>A column of the row that SQL calls <paramref name="alias"/>, or NULL where the table has none of that name.</summary>
    public string Column(string alias, string column) =>
        Columns.Contains(column, StringComparer.OrdinalIgnoreCase) ? $"{alias}.{Sql.Quote(column)}" : "NULL";

    /// <summary>Columns beside the known ones, for keeping.</summary>
    public IEnumerable<(string Key, string Value)> Beside(string alias, IReadOnlySet<string> known) =>
        Columns.Where(c => !known.Contains(c.ToLowerInvariant())).Select(c => (c, $"{alias}.{Sql.Quote(c)}"));
}

using Dapper;
using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.TestSupport;

/// <summary>What the journal of a historical database says.</summary>
public enum JournalState
{
    /// <summary>Every applied migration, and no other.</summary>
    Complete,

    /// <summary>There is no journal.</summary>
    Absent,

    /// <summary>Only every second applied migration.</summary>
    Partial,

    /// <summary>All nine historical migrations, whatever is there.</summary>
    Lying,
}

/// <summary>Which rows a historical database holds.</summary>
public enum StageRows
{
    /// <summary>None.</summary>
    None,

    /// <summary>As the bot writes them.</summary>
    Clean,

    /// <summary>The same, and rows with every fault that the schema allows.</summary>
    Dirty,
}

/// <summary>Builds a database as it was at any stage of the seed's history, 0 (empty) to 9 (duplicate tables dropped by the old chain).</summary>
public static class HistoricalStage
{
    /// <summary>The last stage of the seed's history.</summary>
    public const int Last = 9;

    /// <summary>Makes the database; it is closed when the method returns.</summary>
    /// <param name="path">The file; it must not exist.</param>
    /// <param name="stage">0 to 9.</param>
    /// <param name="journal">What the journal says.</param>
    /// <param name="rows">Which rows the tables hold; at stage 9 the duplicate tables are gone with theirs.</param>
    /// <param name="otherText">Whether the source tables were made with other SQL text, with the old chain's indexes and views, as a real D1 database has them.</param>
    public static void Build(string path, int stage, JournalState journal = JournalState.Complete, StageRows rows = StageRows.Clean, bool otherText = false)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Foreign Keys=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        if (otherText)
            MakeWithOtherText(connection, stage);
        // Tables first; the views of 0006 and 0008 need no rows, and the drops of 0009 come after the rows.
        foreach (var (name, sql) in Files().Where(f => Number(f.Name) <= Math.Min(stage, 8) && !(otherText && Number(f.Name) == 7)))
            connection.Execute(sql);
        if (stage >= 8)
            connection.Execute(OldViews);
        if (rows != StageRows.None)
            HistoricalRows.Insert(connection, stage, rows == StageRows.Dirty);
        if (stage >= 9)
            connection.Execute(OldDrop);
        WriteJournal(connection, stage, journal);
        transaction.Commit();
    }

    /// <summary>The names of the historical migrations, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Files().Select(f => f.Name).Where(n => Number(n) <= Last)];

    private static int Number(string name) => int.Parse(name.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, string Sql)> Files()
    {
        var assembly = typeof(Migrator).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith("migrations/0", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (Path.GetFileName(resource), reader.ReadToEnd());
        }
    }

    private static void WriteJournal(SqliteConnection connection, int stage, JournalState journal)
    {
        if (journal == JournalState.Absent || (stage == 0 && journal != JournalState.Lying))
            return;
        connection.Execute("CREATE TABLE d1_migrations(\n\t\tid         INTEGER PRIMARY KEY AUTOINCREMENT,\n\t\tname       TEXT UNIQUE,\n\t\tapplied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL\n)");
        var names = journal switch
        {
            JournalState.Lying => Names,
            JournalState.Partial => Names.Take(stage).Where((_, i) => i % 2 == 0),
            _ => Names.Take(stage),
        };
        foreach (var name in names)
            connection.Execute("INSERT INTO d1_migrations(name, applied_at) VALUES (@name, '2025-12-08 10:00:00')", new { name });
    }

    /// <summary>The same columns in other words: quoted, commented, the foreign key as a table constraint, the new columns in another order.</summary>
    private static void MakeWithOtherText(SqliteConnection connection, int stage)
    {
        if (stage >= 1)
        {
            connection.Execute(
                """
                CREATE TABLE "observability_events" (
                  id integer primary key autoincrement, -- the row
                  event_id TEXT NOT NULL UNIQUE, request_id TEXT, app_source TEXT NOT NULL, event_type TEXT NOT NULL,
                  user_id TEXT, username TEXT, chat_id TEXT, repo TEXT,
                  triggered_at INTEGER NOT NULL, completed_at INTEGER, duration_ms INTEGER, status TEXT NOT NULL DEFAULT 'pending',
                  error_type TEXT, error_message TEXT, input_text TEXT, response_text TEXT,
                  classification_type TEXT, classification_category TEXT, classification_complexity TEXT, agents TEXT,
                  metadata TEXT, model TEXT, input_tokens INTEGER DEFAULT 0, output_tokens INTEGER DEFAULT 0,
                  total_tokens INTEGER DEFAULT 0, cached_tokens INTEGER DEFAULT 0, reasoning_tokens INTEGER DEFAULT 0,
                  created_at INTEGER NOT NULL DEFAULT (unixepoch() * 1000)
                );
                CREATE INDEX idx_obs_events_date ON observability_events(triggered_at DESC);
                CREATE INDEX idx_obs_agents ON observability_events(agents) WHERE agents IS NOT NULL;
                """);
        }

        if (stage >= 2)
        {
            connection.Execute(
                """
                CREATE TABLE chat_messages (
                  id INTEGER PRIMARY KEY AUTOINCREMENT,
                  event_id TEXT,  -- optional
                  session_id TEXT NOT NULL,
                  sequence INTEGER NOT NULL,
                  role TEXT NOT NULL CHECK (role IN ('user','assistant','system','tool')),
                  content TEXT NOT NULL,
                  input_tokens INTEGER DEFAULT 0,
                  output_tokens INTEGER DEFAULT 0,
                  timestamp INTEGER NOT NULL,
                  created_at INTEGER NOT NULL DEFAULT (unixepoch() * 1000),
                  FOREIGN KEY (event_id) REFERENCES observability_events(event_id) ON DELETE SET NULL
                );
                CREATE INDEX idx_chat_messages_session ON chat_messages(session_id, sequence);
                CREATE VIEW chat_daily_metrics AS SELECT date(timestamp / 1000, 'unixepoch') AS day, COUNT(*) AS messages FROM chat_messages GROUP BY day;
                """);
        }

        if (stage >= 7)
        {
            connection.Execute(
                """
                ALTER TABLE chat_messages ADD COLUMN updated_at INTEGER;
                ALTER TABLE chat_messages ADD COLUMN metadata TEXT;
                ALTER TABLE chat_messages ADD COLUMN message_id TEXT;
                ALTER TABLE chat_messages ADD COLUMN platform TEXT DEFAULT 'telegram';
                ALTER TABLE chat_messages ADD COLUMN user_id TEXT;
                ALTER TABLE chat_messages ADD COLUMN username TEXT;
                ALTER TABLE chat_messages ADD COLUMN chat_id TEXT;
                ALTER TABLE chat_messages ADD COLUMN visibility TEXT DEFAULT 'private';
                ALTER TABLE chat_messages ADD COLUMN is_archived INTEGER DEFAULT 0;
                ALTER TABLE chat_messages ADD COLUMN is_pinned INTEGER DEFAULT 0;
                ALTER TABLE chat_messages ADD COLUMN cached_tokens INTEGER DEFAULT 0;
                ALTER TABLE chat_messages ADD COLUMN reasoning_tokens INTEGER DEFAULT 0;
                ALTER TABLE chat_messages ADD COLUMN model TEXT;
                CREATE INDEX idx_chat_msg_session ON chat_messages(session_id, sequence);
                CREATE INDEX idx_chat_msg_user_time ON chat_messages(user_id, timestamp DESC);
                CREATE INDEX idx_chat_msg_visibility ON chat_messages(visibility);
                """);
        }
    }

    private const string OldViews =
        """
        CREATE VIEW analytics_messages_view AS
        SELECT cm.id, cm.message_id, cm.session_id, cm.session_id AS conversation_id, cm.sequence, cm.role, cm.content, cm.timestamp AS created_at FROM chat_messages cm;
        CREATE VIEW analytics_conversations_view AS
        SELECT session_id AS conversation_id, COUNT(*) AS message_count FROM chat_messages WHERE is_archived = 0 GROUP BY session_id;
        CREATE VIEW analytics_agent_steps_view AS
        SELECT oe.event_id, json_extract(agent.value, '$.name') AS agent_name FROM observability_events oe, json_each(oe.agents) agent;
        """;

    /// <summary>As the old chain did it: no rescue, and views under the tables' names.</summary>
    private const string OldDrop =
        """
        DROP TABLE analytics_messages;
        DROP TABLE analytics_agent_steps;
        DROP TABLE analytics_conversations;
        DROP TABLE analytics_token_aggregates;
        CREATE VIEW analytics_messages AS SELECT * FROM analytics_messages_view;
        CREATE VIEW analytics_conversations AS SELECT * FROM analytics_conversations_view;
        """;
}

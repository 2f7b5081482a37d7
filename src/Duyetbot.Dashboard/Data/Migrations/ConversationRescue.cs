using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>Moves what people wrote in <c>analytics_conversations</c> to <c>conversation_annotations</c>; the counts and times are computed data.</summary>
/// <remarks>A conversation is a session today: one that spanned several gives its words to each. A message's own visibility decides, so that nothing becomes more public.</remarks>
internal sealed class ConversationRescue(SqliteConnection connection, LegacyTable table, LegacyTable? messages)
{
    private static readonly HashSet<string> Known =
    [
        "id", "conversation_id", "user_id", "platform", "title", "summary", "visibility", "is_archived", "is_starred", "message_count", "session_count", "total_tokens",
        "first_message_at", "last_message_at", "created_at", "updated_at", "metadata",
    ];

    private static readonly string[] Computed = ["user_id", "platform", "is_archived", "message_count", "session_count", "total_tokens", "first_message_at", "last_message_at", "created_at"];

    /// <summary>Moves, archives, checks and empties the table.</summary>
    public RescueCount Run()
    {
        var rows = connection.Count("SELECT COUNT(*) FROM analytics_conversations");
        connection.Run(File0009Annotations);
        Link();
        Write();
        Archive();
        var inserted = connection.Count("SELECT COUNT(DISTINCT c) FROM temp.rescue_conversations WHERE is_first");
        var kept = connection.Count("SELECT COUNT(DISTINCT c) FROM temp.rescue_conversations WHERE c NOT IN (SELECT c FROM temp.rescue_conversations WHERE is_first)");
        var lost = connection.Count("SELECT COUNT(*) FROM temp.rescue_conversations r WHERE NOT EXISTS (SELECT 1 FROM conversation_annotations a WHERE a.conversation_id = r.session_id)");
        LegacyRescue.Require(lost == 0, $"{lost} conversations of analytics_conversations have no annotation");
        connection.Run("DELETE FROM analytics_conversations WHERE rowid IN (SELECT c FROM temp.rescue_conversations); DROP TABLE temp.rescue_conversations");
        return new RescueCount(table.Name, rows, 0, inserted, kept);
    }

    /// <summary>0009 makes the table right after the rescue; the rescue needs it, in the very same words.</summary>
    private static string File0009Annotations
    {
        get
        {
            var sql = MigrationFiles.Embedded.Migrations.Single(m => m.Number == History.DropDuplicates).Sql;
            var start = sql.IndexOf("CREATE TABLE IF NOT EXISTS conversation_annotations", StringComparison.Ordinal);
            return sql[start..(sql.IndexOf(';', start) + 1)];
        }
    }

    private string C(string column) => table.Column("c", column);

    private void Link()
    {
        var linked = messages?.Columns.Contains("conversation_id") == true
            ? "SELECT c.rowid, a.session_id FROM analytics_conversations c JOIN analytics_messages a ON a.conversation_id = c.conversation_id WHERE a.session_id IS NOT NULL"
            : "SELECT NULL, NULL WHERE 0";
        connection.Run(
            $"""
            CREATE TEMP TABLE rescue_conversations(c INTEGER NOT NULL, session_id TEXT NOT NULL, is_first INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (session_id, c));
            INSERT OR IGNORE INTO temp.rescue_conversations(c, session_id) {linked};
            INSERT OR IGNORE INTO temp.rescue_conversations(c, session_id)
              SELECT c.rowid, COALESCE(c.conversation_id, 'legacy:' || c.rowid) FROM analytics_conversations c
              WHERE EXISTS (SELECT 1 FROM chat_messages m WHERE m.session_id = c.conversation_id)
                OR NOT EXISTS (SELECT 1 FROM temp.rescue_conversations r WHERE r.c = c.rowid);
            -- Where two conversations meet in one session, the one of the session's own name speaks, else the older.
            UPDATE temp.rescue_conversations SET is_first = 1 WHERE c = (
              SELECT r.c FROM temp.rescue_conversations r JOIN analytics_conversations c ON c.rowid = r.c
              WHERE r.session_id = rescue_conversations.session_id ORDER BY c.conversation_id IS NOT r.session_id, r.c LIMIT 1);
            """);
    }

    private void Write()
    {
        var whole = LegacyJson.Object(table.Columns.Select(c => (c, $"c.{Sql.Quote(c)}")));
        var legacy = LegacyJson.Object(
        [
            ("visibility", C("visibility")),
            ("conversation_id", "CASE WHEN c.conversation_id IS NOT r.session_id THEN c.conversation_id END"),
            ("metadata", $"CASE WHEN {LegacyJson.IsObject(C("metadata"))} THEN NULL ELSE {C("metadata")} END"),
            // Nothing computes these again where there is no message.
            .. Computed.Select(name => (name, $"CASE WHEN NOT EXISTS (SELECT 1 FROM chat_messages m WHERE m.session_id = r.session_id) THEN {C(name)} END")),
            .. table.Beside("c", Known),
        ]);
        connection.Run(
            $"""
            INSERT INTO conversation_annotations(conversation_id, title, summary, is_starred, metadata, updated_at)
            SELECT n.session_id, n.title, n.summary, n.is_starred, {LegacyJson.Merge("n.metadata", "n.legacy")}, n.updated_at
            FROM (
              SELECT r.session_id, {C("title")} AS title, {C("summary")} AS summary, COALESCE({C("is_starred")}, 0) AS is_starred,
                CASE WHEN {LegacyJson.IsObject(C("metadata"))} THEN {C("metadata")} END AS metadata,
                COALESCE({C("updated_at")}, unixepoch() * 1000) AS updated_at, {legacy} AS legacy
              FROM temp.rescue_conversations r JOIN analytics_conversations c ON c.rowid = r.c
              WHERE r.is_first
            ) n WHERE 1
            ON CONFLICT(conversation_id) DO UPDATE SET
              title = COALESCE(title, excluded.title), summary = COALESCE(summary, excluded.summary), is_starred = MAX(is_starred, excluded.is_starred),
              metadata = {LegacyJson.Merge("conversation_annotations.metadata", "json_object('metadata', COALESCE(excluded.metadata, ''), 'title', COALESCE(excluded.title, ''), 'summary', COALESCE(excluded.summary, ''))")};
            UPDATE conversation_annotations SET metadata = {LegacyJson.Merge("conversation_annotations.metadata", "n.legacy")}
            FROM (
              SELECT r.session_id, json_object('conversations', json_group_array(json({whole}))) AS legacy
              FROM temp.rescue_conversations r JOIN analytics_conversations c ON c.rowid = r.c
              WHERE NOT r.is_first GROUP BY r.session_id
            ) n
            WHERE conversation_annotations.conversation_id = n.session_id;
            """);
    }

    private void Archive()
    {
        if (!table.Columns.Contains("is_archived"))
            return;
        connection.Run(
            """
            UPDATE chat_messages SET is_archived = 1
            WHERE COALESCE(is_archived, 0) = 0 AND session_id IN (SELECT c.conversation_id FROM analytics_conversations c WHERE c.is_archived = 1)
            """);
        if (messages?.Columns.Contains("conversation_id") == true)
        {
            connection.Run(
                """
                UPDATE chat_messages SET is_archived = 1
                WHERE COALESCE(is_archived, 0) = 0 AND id IN (
                  SELECT r.m FROM temp.rescue_messages r JOIN analytics_messages a ON a.rowid = r.a
                  JOIN analytics_conversations c ON c.conversation_id = a.conversation_id WHERE c.is_archived = 1 AND r.m IS NOT NULL)
                """);
        }
    }
}

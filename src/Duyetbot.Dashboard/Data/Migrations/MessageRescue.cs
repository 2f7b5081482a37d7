using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>Merges <c>analytics_messages</c> into <c>chat_messages</c>.</summary>
/// <remarks>
/// The same session, sequence, role and content is the same message, one row to one row: the duplicate's values win over defaults and over
/// what was parsed from the session id, and what loses is kept. A row that repeats a matched one is kept under it. The rest are inserted.
/// </remarks>
internal sealed class MessageRescue(SqliteConnection connection, LegacyTable table)
{
    private static readonly HashSet<string> Known =
    [
        "id", "message_id", "session_id", "conversation_id", "parent_message_id", "sequence", "role", "content", "content_hash", "visibility", "is_archived", "is_pinned", "event_id",
        "trigger_message_id", "platform_message_id", "platform", "user_id", "username", "chat_id", "repo", "input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens", "model",
        "created_at", "updated_at", "metadata",
    ];

    /// <summary>Messages that have come to name an event that does not exist, as the duplicate's row did.</summary>
    public long OrphansInserted { get; private set; }

    /// <summary>Matches, merges, inserts and checks; the table keeps its rows until <see cref="Empty"/>.</summary>
    public RescueCount Run()
    {
        var rows = connection.Count("SELECT COUNT(*) FROM analytics_messages");
        var before = connection.Count("SELECT COUNT(*) FROM chat_messages");
        Pair();
        GiveIds();
        var orphans = Orphans();
        MergeMatched();
        Insert();
        KeepRepeated();
        var count = new RescueCount(table.Name, rows, Of("matched"), Of("inserted"), Of("kept"));
        Check(before, count);
        OrphansInserted = Orphans() - orphans;
        return count;
    }

    /// <summary>Takes away the rows that are accounted for.</summary>
    public void Empty() => connection.Run(
        "DELETE FROM analytics_messages WHERE rowid IN (SELECT a FROM temp.rescue_messages); DROP TABLE temp.rescue_messages; DROP TABLE temp.rescue_ids");

    private string A(string column) => table.Column("a", column);

    private long Of(string kind) => connection.Count("SELECT COUNT(*) FROM temp.rescue_messages WHERE kind = @kind", ("@kind", kind));

    private long Orphans() => connection.Count(
        """
        SELECT COUNT(*) FROM chat_messages m JOIN temp.rescue_messages r ON r.m = m.id
        WHERE m.event_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM observability_events e WHERE e.event_id = m.event_id)
        """);

    private void Pair()
    {
        // a: the duplicate's row, m: the message it is or becomes (each at most once), host: the message under which a repeated row is kept.
        connection.Run(
            $"""
            CREATE TEMP TABLE rescue_messages(a INTEGER PRIMARY KEY, m INTEGER UNIQUE, host INTEGER, kind TEXT NOT NULL);
            CREATE TEMP TABLE rescue_pairs AS
              SELECT a.rowid AS a, m.id AS m, {A("message_id")} IS m.message_id AS same_id
              FROM analytics_messages a
              JOIN chat_messages m ON m.session_id = a.session_id AND m.sequence = a.sequence AND m.role = a.role AND m.content = a.content;
            -- Whoever comes first takes the message: IGNORE leaves out a row or a message that is taken.
            INSERT OR IGNORE INTO temp.rescue_messages(a, m, kind) SELECT a, m, 'matched' FROM temp.rescue_pairs WHERE same_id ORDER BY a, m;
            INSERT OR IGNORE INTO temp.rescue_messages(a, m, kind) SELECT a, m, 'matched' FROM temp.rescue_pairs ORDER BY a, m;
            INSERT OR IGNORE INTO temp.rescue_messages(a, host, kind) SELECT a, MIN(m), 'kept' FROM temp.rescue_pairs GROUP BY a;
            DROP TABLE temp.rescue_pairs;
            """);
        connection.Run(
            """
            INSERT INTO temp.rescue_messages(a, m, kind)
            SELECT a.rowid, @last + row_number() OVER (ORDER BY a.rowid), 'inserted'
            FROM analytics_messages a WHERE NOT EXISTS (SELECT 1 FROM temp.rescue_messages r WHERE r.a = a.rowid)
            """,
            ("@last", connection.Count("SELECT MAX(COALESCE((SELECT MAX(id) FROM chat_messages), 0), COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'chat_messages'), 0))")));
    }

    /// <summary>Each id goes to one message: to the first row that has it, unless another message has it already.</summary>
    private void GiveIds() => connection.Run(
        $"""
        CREATE TEMP TABLE rescue_ids(a INTEGER PRIMARY KEY, message_id TEXT UNIQUE);
        INSERT OR IGNORE INTO temp.rescue_ids(a, message_id)
        SELECT r.a, {A("message_id")} FROM temp.rescue_messages r JOIN analytics_messages a ON a.rowid = r.a
        WHERE r.kind <> 'kept' AND {A("message_id")} <> ''
          AND NOT EXISTS (SELECT 1 FROM chat_messages t WHERE t.message_id = {A("message_id")} AND t.id <> r.m)
        ORDER BY r.a
        """);

    private void MergeMatched()
    {
        const string user = "substr(m.session_id, instr(m.session_id, ':') + 1)";
        // The ids that the old 0007 made up, in both of its forms.
        const string madeUp =
            """
            (COALESCE(m.message_id, '') = '' OR (length(m.message_id) = 32 AND m.message_id NOT GLOB '*[^0-9a-f]*')
              OR m.message_id GLOB '????????-????-4???-[89ab]???-????????????' AND replace(m.message_id, '-', '') NOT GLOB '*[^0-9a-f]*')
            """;
        var columns = new List<MergedColumn>
        {
            new("event_id", "m.event_id IS NULL"),
            new("visibility", "COALESCE(m.visibility, 'private') = 'private'", "'private'"),
            new("is_archived", "COALESCE(m.is_archived, 0) = 0", "0"),
            new("is_pinned", "COALESCE(m.is_pinned, 0) = 0", "0"),
            new("username", "m.username IS NULL"),
            new("user_id", $"(m.user_id IS NULL OR m.user_id IN (m.session_id, {user}, substr({user}, 1, MAX(instr({user}, ':') - 1, 0))))"),
            new("chat_id", $"(m.chat_id IS NULL OR m.chat_id = substr({user}, instr({user}, ':') + 1))"),
            new("platform", "(COALESCE(m.platform, 'telegram') = 'telegram' OR m.platform = substr(m.session_id, 1, MAX(instr(m.session_id, ':') - 1, 0)))"),
            new("model", "m.model IS NULL"),
            new("input_tokens", "COALESCE(m.input_tokens, 0) = 0", "0"),
            new("output_tokens", "COALESCE(m.output_tokens, 0) = 0", "0"),
            new("cached_tokens", "COALESCE(m.cached_tokens, 0) = 0", "0"),
            new("reasoning_tokens", "COALESCE(m.reasoning_tokens, 0) = 0", "0"),
            new("updated_at", "(m.updated_at IS NULL OR m.updated_at IN (m.created_at, m.timestamp))"),
        };
        var takesId = $"({madeUp} AND w.message_id IS NOT NULL)";
        var takesMetadata = $"m.metadata IS NULL AND {LegacyJson.IsObject(A("metadata"))}";
        var legacy = LegacyJson.Object(
        [
            .. Links(),
            ("message_id", $"CASE WHEN {A("message_id")} IS m.message_id THEN NULL WHEN {takesId} THEN NULLIF(m.message_id, '') ELSE {A("message_id")} END"),
            ("created_at", $"CASE WHEN {A("created_at")} NOT IN (m.timestamp, m.created_at) THEN {A("created_at")} END"),
            ("metadata", $"CASE WHEN ({takesMetadata}) OR {A("metadata")} IS m.metadata THEN NULL ELSE {A("metadata")} END"),
            .. columns.Select(c => (c.Name, $"CASE WHEN NOT {c.IsDefault} AND {A(c.Name)} IS NOT m.{c.Name} AND {A(c.Name)} IS NOT {c.Default} THEN {A(c.Name)} END")),
        ]);
        connection.Run(
            $"""
            UPDATE chat_messages SET
              message_id = n.message_id,
              {string.Join(", ", columns.Select(c => $"{c.Name} = n.{c.Name}"))},
              metadata = {LegacyJson.Merge("n.metadata", "n.legacy")}
            FROM (
              SELECT m.id, CASE WHEN {takesId} THEN w.message_id ELSE m.message_id END AS message_id,
                {string.Join(", ", columns.Select(c => $"CASE WHEN {c.IsDefault} AND {A(c.Name)} IS NOT NULL THEN {A(c.Name)} ELSE m.{c.Name} END AS {c.Name}"))},
                CASE WHEN {takesMetadata} THEN {A("metadata")} ELSE m.metadata END AS metadata,
                {legacy} AS legacy
              FROM temp.rescue_messages r
              JOIN analytics_messages a ON a.rowid = r.a
              JOIN chat_messages m ON m.id = r.m
              LEFT JOIN temp.rescue_ids w ON w.a = r.a
              WHERE r.kind = 'matched'
            ) n
            WHERE chat_messages.id = n.id
            """);
    }

    private void Insert()
    {
        const string roles = "('user', 'assistant', 'system', 'tool')";
        var legacy = LegacyJson.Object(
        [
            .. Links(),
            ("message_id", $"CASE WHEN w.message_id IS NULL THEN {A("message_id")} END"),
            ("role", $"CASE WHEN a.role IN {roles} THEN NULL ELSE COALESCE(a.role, '') END"),
            ("metadata", $"CASE WHEN {LegacyJson.IsObject(A("metadata"))} THEN NULL ELSE {A("metadata")} END"),
        ]);
        connection.Run(
            $"""
            INSERT INTO chat_messages(id, event_id, session_id, sequence, role, content, input_tokens, output_tokens, timestamp, created_at, message_id, platform, user_id, username, chat_id,
              visibility, is_archived, is_pinned, cached_tokens, reasoning_tokens, model, metadata, updated_at)
            SELECT n.id, n.event_id, n.session_id, n.sequence, n.role, n.content, n.input_tokens, n.output_tokens, n.at, n.at, n.message_id, n.platform, n.user_id, n.username, n.chat_id,
              n.visibility, n.is_archived, n.is_pinned, n.cached_tokens, n.reasoning_tokens, n.model, {LegacyJson.Merge("n.metadata", "n.legacy")}, n.updated_at
            FROM (
              SELECT r.m AS id, {A("event_id")} AS event_id, COALESCE(a.session_id, {A("conversation_id")}, 'legacy') AS session_id, COALESCE(a.sequence, 0) AS sequence,
                CASE WHEN a.role IN {roles} THEN a.role ELSE 'system' END AS role, COALESCE(a.content, '') AS content,
                {A("input_tokens")} AS input_tokens, {A("output_tokens")} AS output_tokens,
                COALESCE({A("created_at")}, {A("updated_at")}, (SELECT e.triggered_at FROM observability_events e WHERE e.event_id = {A("event_id")}), 0) AS at,
                w.message_id, COALESCE({A("platform")}, 'telegram') AS platform, {A("user_id")} AS user_id, {A("username")} AS username, {A("chat_id")} AS chat_id,
                COALESCE({A("visibility")}, 'private') AS visibility, COALESCE({A("is_archived")}, 0) AS is_archived, COALESCE({A("is_pinned")}, 0) AS is_pinned,
                {A("cached_tokens")} AS cached_tokens, {A("reasoning_tokens")} AS reasoning_tokens, {A("model")} AS model,
                CASE WHEN {LegacyJson.IsObject(A("metadata"))} THEN {A("metadata")} END AS metadata, {A("updated_at")} AS updated_at, {legacy} AS legacy
              FROM temp.rescue_messages r
              JOIN analytics_messages a ON a.rowid = r.a
              LEFT JOIN temp.rescue_ids w ON w.a = r.a
              WHERE r.kind = 'inserted'
              ORDER BY r.m
            ) n
            """);
    }

    private void KeepRepeated()
    {
        var whole = LegacyJson.Object(table.Columns.Where(c => !c.Equals("content", StringComparison.OrdinalIgnoreCase)).Select(c => (c, $"a.{Sql.Quote(c)}")));
        connection.Run(
            $"""
            UPDATE chat_messages SET metadata = {LegacyJson.Merge("chat_messages.metadata", "n.legacy")}
            FROM (
              SELECT r.host, json_object('repeated', json_group_array(json({whole}))) AS legacy
              FROM temp.rescue_messages r JOIN analytics_messages a ON a.rowid = r.a
              WHERE r.kind = 'kept' GROUP BY r.host
            ) n
            WHERE chat_messages.id = n.host
            """);
    }

    /// <summary>What has no column of its own.</summary>
    private IEnumerable<(string Key, string Value)> Links() =>
    [
        ("conversation_id", $"CASE WHEN {A("conversation_id")} IS NOT a.session_id THEN {A("conversation_id")} END"),
        ("parent_message_id", A("parent_message_id")),
        ("content_hash", A("content_hash")),
        ("trigger_message_id", A("trigger_message_id")),
        ("platform_message_id", A("platform_message_id")),
        ("repo", $"CASE WHEN {A("repo")} IS NOT (SELECT e.repo FROM observability_events e WHERE e.event_id = {A("event_id")}) THEN {A("repo")} END"),
        .. table.Beside("a", Known),
    ];

    private void Check(long before, RescueCount count)
    {
        var after = connection.Count("SELECT COUNT(*) FROM chat_messages");
        LegacyRescue.Require(after == before + count.Inserted, $"chat_messages held {before} rows and holds {after} after {count.Inserted} were inserted");
        var lost = connection.Count(
            """
            SELECT COUNT(*) FROM analytics_messages a
            LEFT JOIN temp.rescue_messages r ON r.a = a.rowid
            LEFT JOIN chat_messages m ON m.id = COALESCE(r.m, r.host)
            WHERE m.id IS NULL OR m.content IS NOT COALESCE(a.content, '') OR (a.session_id IS NOT NULL AND m.session_id <> a.session_id)
            """);
        LegacyRescue.Require(lost == 0, $"{lost} rows of analytics_messages are in no message");
        var ids = connection.Count(
            $"""
            SELECT COUNT(*) FROM analytics_messages a
            JOIN temp.rescue_messages r ON r.a = a.rowid JOIN chat_messages m ON m.id = COALESCE(r.m, r.host)
            WHERE {A("message_id")} <> '' AND m.message_id IS NOT {A("message_id")}
              AND instr(COALESCE(m.metadata, ''), json_quote({LegacyJson.Plain(A("message_id"))})) = 0
            """);
        LegacyRescue.Require(ids == 0, $"{ids} message ids of analytics_messages would be forgotten");
    }

    /// <summary>A column of both tables.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="IsDefault">When the message's own value says nothing, so that the duplicate's wins.</param>
    /// <param name="Default">The duplicate's value that says nothing, so that it need not be kept where it loses.</param>
    private sealed record MergedColumn(string Name, string IsDefault, string Default = "NULL");
}

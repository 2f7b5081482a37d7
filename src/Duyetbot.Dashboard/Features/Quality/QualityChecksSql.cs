namespace Duyetbot.Dashboard.Features.Quality;

/// <summary>Every check that a condition on a row can make. The bounds are the views' own.</summary>
internal static class QualityChecksSql
{
    /// <summary>Traces.</summary>
    public static readonly QualitySource Events = new("trace", "observability_events oe", "oe.id", "oe.triggered_at", "CAST(oe.event_id AS TEXT) AS event_id");

    /// <summary>Messages.</summary>
    public static readonly QualitySource Messages = new("message", "chat_messages m", "m.id", "m.timestamp",
        "CAST(m.message_id AS TEXT) AS message_id, CAST(m.session_id AS TEXT) AS conversation_id, CAST(m.event_id AS TEXT) AS event_id");

    /// <summary>Models with tokens that no price charged, a row each.</summary>
    public static readonly QualitySource Unpriced = new("model", """
        (SELECT MIN(m.id) AS id, m.model AS model, COUNT(*) AS messages, SUM(m.unpriced_tokens) AS tokens,
           MIN(CASE WHEN typeof(m.timestamp) = 'integer' THEN m.timestamp END) AS first_at, MAX(CASE WHEN typeof(m.timestamp) = 'integer' THEN m.timestamp END) AS last_at
         FROM analytics_messages_view m WHERE {range} AND m.unpriced_tokens > 0 GROUP BY m.model) p
        """, "p.id", "p.last_at", "CAST(p.model AS TEXT) AS model", "p.first_at");

    private const string Day = "86400000";
    private const string Most = "1000000000000";
    private const string InCalendar = "BETWEEN -62135596800000 AND 253402300799999";

    /// <summary>The checks by their kinds.</summary>
    public static readonly IReadOnlyDictionary<string, QualityCheck> All = new Dictionary<string, QualityCheck>
    {
        ["event_time_unusable"] = OfEvent($"COALESCE(NOT (typeof(oe.triggered_at) = 'integer' AND oe.triggered_at {InCalendar}), 1)", Value("triggered_at", "oe.triggered_at")),
        ["message_time_unusable"] = OfMessage($"COALESCE(NOT (typeof(m.timestamp) = 'integer' AND m.timestamp {InCalendar}), 1)", Value("timestamp", "m.timestamp")),

        ["event_value_absurd"] = Named(Events,
            [.. Tokens("oe", "input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens", "total_tokens"),
                ("duration_ms", "oe.duration_ms", $"oe.duration_ms IS NOT NULL AND NOT (typeof(oe.duration_ms) IN ('integer', 'real') AND oe.duration_ms BETWEEN 0 AND {Most})")]),
        ["message_value_absurd"] = Named(Messages, [.. Tokens("m", "input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens")]),
        ["event_total_differs"] = OfEvent($"{Sane("oe.total_tokens")} AND oe.total_tokens <> {Guarded("oe.input_tokens")} + {Guarded("oe.output_tokens")}",
            $"'total_tokens = ' || oe.total_tokens || ', input + output = ' || ({Guarded("oe.input_tokens")} + {Guarded("oe.output_tokens")})"),
        ["event_cached_above_input"] = Above(Events, "oe", "cached_tokens", "input_tokens"),
        ["event_reasoning_above_output"] = Above(Events, "oe", "reasoning_tokens", "output_tokens"),
        ["message_cached_above_input"] = Above(Messages, "m", "cached_tokens", "input_tokens"),
        ["message_reasoning_above_output"] = Above(Messages, "m", "reasoning_tokens", "output_tokens"),
        ["model_without_price"] = new QualityCheck(Unpriced, "1", "COALESCE(NULLIF(CAST(p.model AS TEXT), ''), 'no model is named') || ': ' || p.tokens || ' tokens in ' || p.messages || CASE WHEN p.messages = 1 THEN ' message' ELSE ' messages' END"),

        ["message_event_missing"] = OfMessage("m.event_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM observability_events e WHERE e.event_id = m.event_id)", Value("event_id", "m.event_id")),
        ["event_without_message"] = OfEvent("NOT EXISTS (SELECT 1 FROM chat_messages m WHERE m.event_id = oe.event_id)", "'no message names it; ' || oe.app_source || ' ' || oe.event_type"),
        ["message_without_event"] = OfMessage("m.role = 'assistant' AND m.event_id IS NULL", "'event_id is empty'"),

        ["sequence_gap"] = OfMessage(
            "typeof(m.sequence) = 'integer' AND m.sequence > 1 AND NOT EXISTS (SELECT 1 FROM chat_messages o WHERE o.session_id = m.session_id AND o.sequence = m.sequence - 1)",
            "'number ' || m.sequence || ' follows ' || COALESCE((SELECT 'number ' || o.sequence FROM chat_messages o WHERE o.session_id = m.session_id AND o.sequence < m.sequence ORDER BY o.sequence DESC LIMIT 1), 'nothing')"),
        ["sequence_repeated"] = OfMessage(
            "EXISTS (SELECT 1 FROM chat_messages o WHERE o.session_id = m.session_id AND o.sequence = m.sequence AND o.id < m.id)",
            "'number ' || m.sequence || ' occurs ' || (SELECT COUNT(*) FROM chat_messages o WHERE o.session_id = m.session_id AND o.sequence = m.sequence) || ' times'"),
        ["message_before_conversation"] = OfMessage(
            "m.timestamp < (SELECT f.timestamp FROM chat_messages f WHERE f.session_id = m.session_id ORDER BY f.sequence, f.id LIMIT 1)",
            "'number ' || m.sequence || ' is ' || ((SELECT f.timestamp FROM chat_messages f WHERE f.session_id = m.session_id ORDER BY f.sequence, f.id LIMIT 1) - m.timestamp) || ' ms before the first'"),
        ["message_number_unusable"] = OfMessage("typeof(m.sequence) <> 'integer' OR m.sequence < 0", Value("sequence", "m.sequence")),

        ["event_stuck"] = OfEvent($"oe.status IN ('pending', 'processing') AND oe.triggered_at < @now - {Day}", "'status is ' || oe.status"),
        ["event_status_unknown"] = OfEvent("oe.status NOT IN ('pending', 'processing', 'success', 'error') OR oe.status IS NULL", Value("status", "oe.status")),
        ["event_end_unusable"] = OfEvent(
            "oe.completed_at IS NOT NULL AND (typeof(oe.completed_at) <> 'integer' OR (typeof(oe.triggered_at) = 'integer' AND oe.completed_at < oe.triggered_at))",
            $"{Value("completed_at", "oe.completed_at")} || ', ' || {Value("triggered_at", "oe.triggered_at")}"),
        ["event_time_skew"] = OfEvent(Apart("oe.created_at", "oe.triggered_at"), Skew("oe.created_at", "oe.triggered_at")),
        ["message_time_skew"] = OfMessage(Apart("m.created_at", "m.timestamp"), Skew("m.created_at", "m.timestamp")),
        ["event_in_future"] = OfEvent($"typeof(oe.triggered_at) = 'integer' AND oe.triggered_at > @now + {Day} AND oe.triggered_at {InCalendar}", "((oe.triggered_at - @now) / 86400000) || ' days from now'"),
        ["message_in_future"] = OfMessage($"typeof(m.timestamp) = 'integer' AND m.timestamp > @now + {Day} AND m.timestamp {InCalendar}", "((m.timestamp - @now) / 86400000) || ' days from now'"),

        ["message_id_repeated"] = OfMessage(
            "CASE WHEN m.metadata LIKE '%legacy%' AND json_valid(m.metadata) THEN json_extract(m.metadata, '$.legacy.message_id') IS NOT NULL ELSE 0 END",
            "'another message has the id ' || json_extract(m.metadata, '$.legacy.message_id')"),
        ["message_role_unknown"] = OfMessage("m.role NOT IN ('user', 'assistant', 'system', 'tool') OR m.role IS NULL", Value("role", "m.role")),
        ["message_visibility_unknown"] = OfMessage("m.visibility NOT IN ('private', 'unlisted', 'public')", Value("visibility", "m.visibility")),
        ["message_without_user"] = OfMessage("m.user_id IS NULL OR m.user_id = ''", "'no user in ' || m.session_id"),
        ["message_metadata_not_json"] = OfMessage("m.metadata IS NOT NULL AND NOT json_valid(m.metadata)", Value("metadata", "m.metadata")),
        ["event_metadata_not_json"] = OfEvent("oe.metadata IS NOT NULL AND NOT json_valid(oe.metadata)", Value("metadata", "oe.metadata")),
        ["message_text_unreadable"] = Named(Messages,
        [
            .. new[] { "content", "session_id", "message_id", "event_id", "user_id", "username", "model", "platform" }.Select(c => ($"{c} is bytes", "''", $"typeof(m.{c}) = 'blob'")),
            ("content holds a NUL", "''", "instr(m.content, char(0)) > 0"),
            ("session_id holds a NUL", "''", "instr(m.session_id, char(0)) > 0"),
            ("session_id is empty", "''", "m.session_id = ''"),
            ("message_id is empty", "''", "m.message_id IS NULL OR m.message_id = ''"),
            // GLOB reads bytes that are no UTF-8 as this sign.
            ("session_id is no UTF-8", "''", "typeof(m.session_id) = 'text' AND m.session_id GLOB '*' || char(65533) || '*'"),
            .. new[] { "session_id", "message_id", "user_id", "username", "model", "platform" }.Select(c => ($"{c} is very long", "''", $"length(m.{c}) > 1000")),
        ]),
        ["event_text_unreadable"] = Named(Events,
        [
            .. new[] { "event_id", "app_source", "event_type", "user_id", "username", "model", "agents", "input_text", "response_text" }.Select(c => ($"{c} is bytes", "''", $"typeof(oe.{c}) = 'blob'")),
            ("event_id holds a NUL", "''", "instr(oe.event_id, char(0)) > 0"),
            ("event_id is empty", "''", "oe.event_id = ''"),
            .. new[] { "event_id", "user_id", "username", "model" }.Select(c => ($"{c} is very long", "''", $"length(oe.{c}) > 1000")),
        ]),
    };

    private static QualityCheck OfEvent(string where, string reason) => new(Events, where, reason);

    private static QualityCheck OfMessage(string where, string reason) => new(Messages, where, reason);

    // The columns that are at fault, each with its value.
    private static QualityCheck Named(QualitySource source, IReadOnlyList<(string Name, string Value, string Where)> faults) => new(
        source,
        string.Join(" OR ", faults.Select(f => $"({f.Where})")),
        $"trim({string.Join(" || ", faults.Select(f => $"CASE WHEN {f.Where} THEN ', ' || {(f.Value == "''" ? $"'{f.Name}'" : Value(f.Name, f.Value))} ELSE '' END"))}, ', ')");

    private static IEnumerable<(string, string, string)> Tokens(string alias, params string[] columns) =>
        columns.Select(c => (c, $"{alias}.{c}", $"{alias}.{c} IS NOT NULL AND NOT ({Sane($"{alias}.{c}")})"));

    private static QualityCheck Above(QualitySource source, string alias, string part, string whole) => new(
        source,
        $"{Sane($"{alias}.{part}")} AND {alias}.{part} > {Guarded($"{alias}.{whole}")}",
        $"{Value(part, $"{alias}.{part}")} || ', ' || {Value(whole, $"{alias}.{whole}")}");

    private static string Apart(string stored, string time) => $"typeof({stored}) = 'integer' AND typeof({time}) = 'integer' AND {time} {InCalendar} AND {stored} NOT BETWEEN {time} - {Day} AND {time} + {Day}";

    private static string Skew(string stored, string time) => $"'stored ' || (abs(1.0 * {stored} - {time}) / 86400000.0) || ' days ' || CASE WHEN {stored} > {time} THEN 'after' ELSE 'before' END";

    private static string Sane(string column) => $"typeof({column}) = 'integer' AND {column} BETWEEN 0 AND {Most}";

    private static string Guarded(string column) => $"CASE WHEN {Sane(column)} THEN {column} ELSE 0 END";

    private static string Value(string name, string column) => $"'{name} = ' || substr(CASE typeof({column}) WHEN 'text' THEN '\"' || {column} || '\"' WHEN 'null' THEN 'NULL' WHEN 'blob' THEN 'bytes' ELSE {column} END, 1, 120)";
}

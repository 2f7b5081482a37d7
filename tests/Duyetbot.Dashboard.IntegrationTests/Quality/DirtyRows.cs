namespace Duyetbot.Dashboard.IntegrationTests.Quality;

/// <summary>How one row is spoiled, and what must be found then.</summary>
/// <param name="Sql">Spoils the clean world.</param>
/// <param name="Id">The row that is found.</param>
/// <param name="Reason">A part of what is said about it.</param>
/// <param name="Also">Other kinds that the same change must show.</param>
internal sealed record DirtyRow(string Sql, string Id, string Reason, params string[] Also);

/// <summary>Every kind of dirty row, made by hand on two clean conversations.</summary>
internal static class DirtyRows
{
    private const string Question = "telegram:1:1/1";
    private const string Answer = "telegram:1:1/2";
    private const long Day = 86_400_000;

    public static readonly IReadOnlyDictionary<string, DirtyRow> All = new Dictionary<string, DirtyRow>
    {
        ["agents_not_json"] = OfEvent("agents = '[object Object]'", "[object Object]"),
        ["agents_not_array"] = OfEvent("agents = '{\"name\":\"router\"}'", "is object"),
        ["agents_no_steps"] = OfEvent("agents = json_insert(agents, '$[#]', 5)", "$[1] is a number, not a step"),
        ["step_value_absurd"] = OfEvent("agents = json_set(agents, '$[0].duration_ms', 'fast')", "$[0].duration_ms is text"),
        ["message_event_missing"] = OfMessage(Question, "event_id = 'gone'", "event_id = \"gone\""),
        ["sequence_gap"] = OfMessage(Answer, "sequence = 7", "number 7 follows number 1"),
        ["event_time_unusable"] = OfEvent("triggered_at = 'yesterday'", "triggered_at = \"yesterday\""),
        ["message_time_unusable"] = OfMessage(Answer, "timestamp = 'never'", "timestamp = \"never\""),
        ["event_value_absurd"] = OfEvent("duration_ms = 'fast'", "duration_ms = \"fast\""),
        ["message_value_absurd"] = OfMessage(Answer, "cached_tokens = -1, reasoning_tokens = 9223372036854775807", "cached_tokens = -1, reasoning_tokens = 9223372036854775807"),
        ["event_total_differs"] = OfEvent("total_tokens = 99", "total_tokens = 99, input + output = 15"),
        ["event_cached_above_input"] = OfEvent("cached_tokens = 11", "cached_tokens = 11, input_tokens = 10"),
        ["event_reasoning_above_output"] = OfEvent("reasoning_tokens = 6", "reasoning_tokens = 6, output_tokens = 5"),
        ["message_cached_above_input"] = OfMessage(Answer, "cached_tokens = 11", "cached_tokens = 11, input_tokens = 10"),
        ["message_reasoning_above_output"] = OfMessage(Answer, "reasoning_tokens = 6", "reasoning_tokens = 6, output_tokens = 5"),
        ["ledger_steps"] = OfEvent("agents = json_set(agents, '$[0].input_tokens', 4)", "15 tokens, its steps 9"),
        ["ledger_messages"] = OfMessage(Answer, "output_tokens = 6", "15 tokens, its messages 16") with { Id = "e1" },
        ["model_without_price"] = OfEvent("model = 'mystery'", "mystery: 15 tokens in 1 message") with { Id = "mystery" },
        ["message_id_repeated"] = OfMessage(Answer, "metadata = '{\"legacy\":{\"message_id\":\"shared\"}}'", "has the id shared"),
        ["sequence_repeated"] = OfMessage(Answer, "sequence = 1", "number 1 occurs 2 times"),
        ["message_without_event"] = OfMessage(Answer, "event_id = NULL", "event_id is empty", "ledger_messages", "model_without_price"),
        ["event_without_message"] = new("DELETE FROM chat_messages WHERE session_id = 'telegram:2:2'", "e2", "no message names it"),
        ["event_stuck"] = OfEvent($"status = 'processing', triggered_at = triggered_at - 2 * {Day}, created_at = triggered_at - 2 * {Day}", "status is processing"),
        ["event_status_unknown"] = OfEvent("status = 'done'", "status = \"done\""),
        ["event_end_unusable"] = OfEvent("completed_at = triggered_at - 1", "completed_at = "),
        ["event_time_skew"] = OfEvent($"created_at = triggered_at + 2 * {Day}", "stored 2.0 days after"),
        ["message_time_skew"] = OfMessage(Answer, $"created_at = timestamp - 3 * {Day}", "stored 3.0 days before"),
        ["event_in_future"] = OfEvent($"triggered_at = triggered_at + 3 * {Day}, created_at = triggered_at + 3 * {Day}, completed_at = NULL", "2 days from now"),
        ["message_in_future"] = OfMessage(Answer, $"timestamp = timestamp + 3 * {Day}, created_at = timestamp + 3 * {Day}", "2 days from now"),
        ["message_before_conversation"] = OfMessage(Answer, "timestamp = timestamp - 5000, created_at = timestamp - 5000", "number 2 is 4000 ms before the first"),
        ["message_number_unusable"] = OfMessage(Answer, "sequence = 2.5", "sequence = 2.5"),
        ["message_role_unknown"] = OfMessage(Answer, "role = 'bot'", "role = \"bot\""),
        ["message_visibility_unknown"] = OfMessage(Answer, "visibility = 'secret'", "visibility = \"secret\""),
        ["message_without_user"] = OfMessage(Answer, "user_id = NULL", "no user in telegram:1:1"),
        ["message_text_unreadable"] = OfMessage(Answer, "content = 'a' || char(0) || 'b', username = x'00ff', platform = replace(hex(zeroblob(600)), '00', 'aa')", "username is bytes, content holds a NUL, platform is very long"),
        ["event_text_unreadable"] = OfEvent("username = x'00ff', model = model, user_id = replace(hex(zeroblob(600)), '00', 'aa')", "username is bytes, user_id is very long"),
        ["event_metadata_not_json"] = OfEvent("metadata = '{'", "metadata = \"{\""),
        ["message_metadata_not_json"] = OfMessage(Answer, "metadata = '{'", "metadata = \"{\""),
    };

    /// <summary>Two conversations, a question and an answer each, in which nothing is wrong.</summary>
    public const string CleanWorld = """
        UPDATE observability_events SET created_at = triggered_at;
        UPDATE chat_messages SET created_at = timestamp;
        """;

    private static DirtyRow OfEvent(string set, string reason, params string[] also) =>
        new($"UPDATE observability_events SET {set} WHERE event_id = 'e1'", "e1", reason, also);

    private static DirtyRow OfMessage(string id, string set, string reason, params string[] also) =>
        new($"UPDATE chat_messages SET {set} WHERE message_id = '{id}'", id, reason, also);
}

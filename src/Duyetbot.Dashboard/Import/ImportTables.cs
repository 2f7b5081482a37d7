namespace Duyetbot.Dashboard.Import;

/// <summary>The tables that an import knows, and their columns.</summary>
internal static class ImportTables
{
    public const string Events = "observability_events";
    public const string Messages = "chat_messages";
    public const string Prices = "analytics_cost_config";
    public const string Annotations = "conversation_annotations";
    public const string Journal = "d1_migrations";

    /// <summary>The tables whose rows are merged.</summary>
    public static readonly string[] Merged = [Events, Messages, Prices, Annotations];

    /// <summary>The duplicate tables of older versions; a migration folds them into the sources.</summary>
    public static readonly string[] Legacy = ["analytics_messages", "analytics_agent_steps", "analytics_conversations", "analytics_token_aggregates"];

    /// <summary>Columns by table, without the row's own id; the first ones cannot be missing.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Columns = new Dictionary<string, string[]>
    {
        [Events] =
        [
            "event_id", "app_source", "event_type", "triggered_at",
            "request_id", "user_id", "username", "chat_id", "repo", "completed_at", "duration_ms", "status", "error_type", "error_message", "input_text", "response_text",
            "classification_type", "classification_category", "classification_complexity", "agents", "input_tokens", "output_tokens", "total_tokens", "cached_tokens", "reasoning_tokens", "model", "metadata", "created_at",
        ],
        [Messages] =
        [
            "session_id", "sequence", "role", "content", "timestamp",
            "event_id", "input_tokens", "output_tokens", "created_at", "message_id", "platform", "user_id", "username", "chat_id", "visibility", "is_archived", "is_pinned",
            "cached_tokens", "reasoning_tokens", "model", "metadata", "updated_at",
        ],
        [Prices] =
        [
            "model", "provider", "input_cost_per_1k", "output_cost_per_1k", "effective_from",
            "cached_cost_per_1k", "reasoning_cost_per_1k", "effective_to", "notes", "created_at", "created_by", "cached_in_input",
        ],
        [Annotations] = ["conversation_id", "title", "summary", "is_starred", "note", "metadata", "updated_at"],
    };

    /// <summary>The place of each column in <see cref="Columns"/>, by table.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Places =
        Columns.ToDictionary(t => t.Key, t => (IReadOnlyDictionary<string, int>)t.Value.Select((c, i) => (c, i)).ToDictionary(x => x.c, x => x.i));

    /// <summary>How many of <see cref="Columns"/> cannot be missing.</summary>
    public static int Required(string table) => table switch { Events => 4, Messages or Prices => 5, _ => 1 };

    /// <summary>True for a table whose rows a scratch database takes.</summary>
    public static bool IsKnown(string table) => Columns.ContainsKey(table) || Legacy.Contains(table) || table == Journal;
}

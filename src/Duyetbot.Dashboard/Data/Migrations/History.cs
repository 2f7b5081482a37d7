namespace Duyetbot.Dashboard.Data;

/// <summary>Names from the seed's history that the finished schema has no more.</summary>
internal static class History
{
    /// <summary>The file that drops the duplicate tables.</summary>
    public const int DropDuplicates = 9;

    /// <summary>The duplicate tables, in the order in which history made them. The old 0009 left views under some of these names.</summary>
    public static readonly IReadOnlyList<(string Table, int Number)> Duplicates =
    [
        ("analytics_messages", 3),
        ("analytics_agent_steps", 4),
        ("analytics_token_aggregates", 5),
        ("analytics_conversations", 5),
    ];

    /// <summary>The columns without which a duplicate table's rows mean nothing.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Needed = new Dictionary<string, string[]>
    {
        ["analytics_messages"] = ["session_id", "sequence", "role", "content"],
        ["analytics_agent_steps"] = ["event_id", "agent_name"],
        ["analytics_conversations"] = ["conversation_id"],
    };

    /// <summary>Files that may run again at any time before the duplicate tables are dropped, and mean nothing after.</summary>
    public static readonly IReadOnlySet<int> Superseded = new HashSet<int> { 3, 4, 6, 8 };

    /// <summary>Views that history made and that are no longer defined.</summary>
    public static readonly IReadOnlySet<string> StaleViews = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "analytics_agent_costs", "analytics_agent_daily", "analytics_agent_error_details", "analytics_agent_errors", "analytics_agent_hourly",
        "analytics_agent_performance", "analytics_agent_performance_view", "analytics_agent_realtime", "analytics_agent_steps", "analytics_cache_efficiency",
        "analytics_conversation_quality", "analytics_conversations", "analytics_daily_metrics_view", "analytics_hourly_messages",
        "analytics_hourly_messages_view", "analytics_hourly_tokens", "analytics_messages", "analytics_model_costs", "analytics_model_daily",
        "analytics_model_usage", "analytics_platform_costs", "analytics_platform_daily", "analytics_platform_hourly", "analytics_recent_errors",
        "analytics_session_messages", "analytics_session_stats", "analytics_system_overview_24h", "analytics_token_aggregates", "analytics_tokens_by_role",
        "analytics_tool_usage", "analytics_top_conversations", "analytics_trending_conversations", "analytics_user_costs", "analytics_user_daily",
        "analytics_user_engagement", "analytics_user_monthly", "analytics_user_weekly", "analytics_visibility_stats", "chat_daily_metrics",
        "chat_session_stats", "observability_category_stats", "observability_daily_metrics", "observability_hourly_metrics",
    };

    private static readonly string[] IndexPrefixes = ["idx_obs_", "idx_chat_", "idx_cost_config_"];

    /// <summary>Whether an index's name is of the kind that history gave; a person's own index has another.</summary>
    public static bool IsOldIndex(string name) => IndexPrefixes.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase));
}

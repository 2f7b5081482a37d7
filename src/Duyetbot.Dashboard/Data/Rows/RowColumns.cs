namespace Duyetbot.Dashboard.Data.Rows;

/// <summary>The columns of the views that several queries read, in the order of the row's properties.</summary>
internal static class RowColumns
{
    /// <summary>Every column of analytics_messages_view but the content and the metadata, of the alias <c>m</c>.</summary>
    public const string MessageWithoutTexts = """
        m.id, m.message_id, m.session_id, m.conversation_id, m.parent_message_id, m.sequence, m.role, m.content_hash, m.visibility, m.is_archived, m.is_pinned,
        m.event_id, m.trigger_message_id, m.platform_message_id, m.platform, m.user_id, m.username, m.chat_id, m.repo, m.input_tokens, m.output_tokens, m.cached_tokens, m.reasoning_tokens,
        m.model, m.created_at, m.updated_at, m.total_tokens, m.timestamp, m.stored_at, m.app_source, m.model_source, m.event_status, m.event_duration_ms,
        m.price_id, m.estimated_cost_usd, m.unpriced_tokens, m.recorded_cached_tokens
        """;

    /// <summary>Every column of analytics_messages_view but the content, of the alias <c>m</c>.</summary>
    public const string MessageWithoutContent = MessageWithoutTexts + ", m.metadata";

    /// <summary>Every column of analytics_messages_view, of the alias <c>m</c>.</summary>
    public const string Message = MessageWithoutContent + ", m.content";

    /// <summary>Every column of analytics_agent_steps_view but the JSON, of the alias <c>s</c>.</summary>
    public const string StepWithoutJson = """
        s.step_id, s.event_id, s.message_id, s.parent_step_id, s.agent_name, s.agent_type, s.sequence, s.started_at, s.completed_at, s.duration_ms, s.queue_time_ms, s.status,
        s.input_tokens, s.output_tokens, s.cached_tokens, s.reasoning_tokens, s.model, s.tools_used, s.tool_calls_count, s.error_type, s.error_message, s.retry_count, s.metadata, s.created_at,
        s.is_failed, s.depth, s.recorded_started_at, s.total_tokens, s.model_source, s.event_triggered_at, s.app_source, s.user_id, s.price_id, s.estimated_cost_usd, s.unpriced_tokens, s.recorded_cached_tokens
        """;

    /// <summary>Every column of analytics_agent_steps_view, of the alias <c>s</c>.</summary>
    public const string Step = StepWithoutJson + ", s.step_json";

    /// <summary>Every column of analytics_events_view but its texts, of the alias <c>e</c>.</summary>
    public const string EventWithoutTexts = """
        e.id, e.event_id, e.request_id, e.app_source, e.event_type, e.user_id, e.username, e.chat_id, e.repo, e.triggered_at, e.completed_at, e.duration_ms, e.status, e.error_type, e.error_message,
        e.classification_type, e.classification_category, e.classification_complexity, e.input_tokens, e.output_tokens, e.cached_tokens, e.reasoning_tokens,
        e.model, e.created_at, e.agents_kind, e.recorded_cached_tokens, e.has_steps, e.total_tokens, e.step_count, e.error_count, e.conversation_id, e.estimated_cost_usd, e.unpriced_tokens
        """;

    /// <summary>Every column of analytics_events_view, of the alias <c>e</c>.</summary>
    public const string Event = EventWithoutTexts + ", e.input_text, e.response_text, e.agents, e.metadata";
}

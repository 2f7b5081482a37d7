-- One row per aggregate (user, platform, model, agent), key and UTC day: all daily aggregates under one set of columns.
-- Units and zone: period_start and period_end are Unix ms at UTC midnight; tokens are counts, cost is USD.
-- Left out: what each daily view leaves out. message_count counts messages for users and platforms, events for models, steps for agents.
CREATE VIEW analytics_aggregates_view AS
SELECT aggregate_type, aggregate_key, period_type, period_start, period_end, input_tokens, output_tokens, total_tokens,
  cached_tokens, reasoning_tokens, message_count, estimated_cost_usd, unpriced_tokens
FROM analytics_user_daily_view
UNION ALL
SELECT aggregate_type, aggregate_key, period_type, period_start, period_end, input_tokens, output_tokens, total_tokens,
  cached_tokens, reasoning_tokens, message_count, estimated_cost_usd, unpriced_tokens
FROM analytics_platform_daily_view
UNION ALL
SELECT aggregate_type, aggregate_key, period_type, period_start, period_end, input_tokens, output_tokens, total_tokens,
  cached_tokens, reasoning_tokens, event_count, estimated_cost_usd, unpriced_tokens
FROM analytics_model_daily_view
UNION ALL
SELECT aggregate_type, aggregate_key, period_type, period_start, period_end, input_tokens, output_tokens, total_tokens,
  cached_tokens, reasoning_tokens, step_count, estimated_cost_usd, unpriced_tokens
FROM analytics_agent_daily_view;

-- One row per agent and UTC day.
-- Units and zone: period_start (included) and period_end (excluded) are Unix ms at UTC midnight; tokens are counts, cost is USD.
-- Left out: events without readable steps; a day is the day of the event; unpriced_tokens says how many tokens the cost leaves out.
CREATE VIEW analytics_agent_daily_view AS
SELECT
  'agent_daily' AS aggregate_type,
  agent_name AS aggregate_key,
  'day' AS period_type,
  event_triggered_at - ((event_triggered_at % 86400000) + 86400000) % 86400000 AS period_start,
  event_triggered_at - ((event_triggered_at % 86400000) + 86400000) % 86400000 + 86400000 AS period_end,
  SUM(input_tokens) AS input_tokens,
  SUM(output_tokens) AS output_tokens,
  SUM(total_tokens) AS total_tokens,
  SUM(cached_tokens) AS cached_tokens,
  SUM(reasoning_tokens) AS reasoning_tokens,
  COUNT(*) AS step_count,
  SUM(is_failed) AS error_count,
  SUM(tool_calls_count) AS tool_calls_count,
  SUM(duration_ms) AS duration_ms,
  SUM(estimated_cost_usd) AS estimated_cost_usd,
  SUM(unpriced_tokens) AS unpriced_tokens
FROM analytics_agent_steps_view
GROUP BY agent_name, period_start;

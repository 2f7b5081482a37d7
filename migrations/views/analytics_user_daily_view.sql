-- One row per user and UTC day.
-- Units and zone: period_start (included) and period_end (excluded) are Unix ms at UTC midnight; tokens are counts, cost is USD.
-- Left out: archived messages; unpriced_tokens says how many tokens the cost leaves out.
CREATE VIEW analytics_user_daily_view AS
SELECT
  'user_daily' AS aggregate_type,
  user_id AS aggregate_key,
  'day' AS period_type,
  timestamp - ((timestamp % 86400000) + 86400000) % 86400000 AS period_start,
  timestamp - ((timestamp % 86400000) + 86400000) % 86400000 + 86400000 AS period_end,
  SUM(input_tokens) AS input_tokens,
  SUM(output_tokens) AS output_tokens,
  SUM(total_tokens) AS total_tokens,
  SUM(cached_tokens) AS cached_tokens,
  SUM(reasoning_tokens) AS reasoning_tokens,
  COUNT(*) AS message_count,
  SUM(role = 'user') AS user_message_count,
  SUM(role = 'assistant') AS assistant_message_count,
  COUNT(DISTINCT event_id) AS event_count,
  COUNT(DISTINCT session_id) AS session_count,
  SUM(estimated_cost_usd) AS estimated_cost_usd,
  MAX(stored_at) AS last_computed_at,
  MAX(stored_at) AS created_at,
  SUM(unpriced_tokens) AS unpriced_tokens
FROM analytics_messages_view
WHERE is_archived = 0
GROUP BY user_id, period_start;

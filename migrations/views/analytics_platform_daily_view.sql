-- One row per platform and UTC day.
-- Units and zone: period_start (included) and period_end (excluded) are Unix ms at UTC midnight; tokens are counts, cost is USD.
-- Left out: archived messages; unpriced_tokens says how many tokens the cost leaves out.
CREATE VIEW analytics_platform_daily_view AS
SELECT
  'platform_daily' AS aggregate_type,
  platform AS aggregate_key,
  'day' AS period_type,
  timestamp - ((timestamp % 86400000) + 86400000) % 86400000 AS period_start,
  timestamp - ((timestamp % 86400000) + 86400000) % 86400000 + 86400000 AS period_end,
  SUM(input_tokens) AS input_tokens,
  SUM(output_tokens) AS output_tokens,
  SUM(total_tokens) AS total_tokens,
  COUNT(*) AS message_count,
  COUNT(DISTINCT user_id) AS user_count,
  COUNT(DISTINCT session_id) AS session_count,
  SUM(cached_tokens) AS cached_tokens,
  SUM(reasoning_tokens) AS reasoning_tokens,
  SUM(estimated_cost_usd) AS estimated_cost_usd,
  SUM(unpriced_tokens) AS unpriced_tokens
FROM analytics_messages_view
WHERE is_archived = 0
GROUP BY platform, period_start;

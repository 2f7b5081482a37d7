-- One row per model of an event and UTC day.
-- Units and zone: period_start (included) and period_end (excluded) are Unix ms at UTC midnight; tokens are counts, cost is USD.
-- Left out: nothing; unpriced_tokens says how many tokens the cost leaves out.
CREATE VIEW analytics_model_daily_view AS
SELECT
  'model_daily' AS aggregate_type,
  model AS aggregate_key,
  'day' AS period_type,
  triggered_at - ((triggered_at % 86400000) + 86400000) % 86400000 AS period_start,
  triggered_at - ((triggered_at % 86400000) + 86400000) % 86400000 + 86400000 AS period_end,
  SUM(input_tokens) AS input_tokens,
  SUM(output_tokens) AS output_tokens,
  SUM(total_tokens) AS total_tokens,
  SUM(cached_tokens) AS cached_tokens,
  SUM(reasoning_tokens) AS reasoning_tokens,
  COUNT(*) AS event_count,
  SUM(status = 'error') AS error_count,
  SUM(estimated_cost_usd) AS estimated_cost_usd,
  SUM(unpriced_tokens) AS unpriced_tokens
FROM analytics_events_view
GROUP BY model, period_start;

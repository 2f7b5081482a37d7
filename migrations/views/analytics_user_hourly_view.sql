-- One row per user, user name, conversation, platform, archived or not, and UTC hour.
-- Units and zone: period_start is the hour's start in Unix ms UTC, NULL where the time is no whole number; tokens are counts, cost is USD and NULL where no token has a price.
-- Left out: nothing; archived messages have rows of their own. user_id is NULL where nobody can be named, also where it is empty.
CREATE VIEW analytics_user_hourly_view AS
SELECT
  m.session_id AS conversation_id,
  NULLIF(m.user_id, '') AS user_id,
  m.username AS username,
  m.platform AS platform,
  m.is_archived <> 0 AS is_archived,
  CASE WHEN typeof(m.timestamp) = 'integer' THEN CAST(m.timestamp - ((m.timestamp % 3600000) + 3600000) % 3600000 AS INTEGER) END AS period_start,
  COUNT(*) AS message_count,
  SUM(m.input_tokens) AS input_tokens,
  SUM(m.output_tokens) AS output_tokens,
  SUM(m.cached_tokens) AS cached_tokens,
  SUM(m.reasoning_tokens) AS reasoning_tokens,
  SUM(m.total_tokens) AS total_tokens,
  SUM(m.estimated_cost_usd) AS estimated_cost_usd,
  SUM(m.unpriced_tokens) AS unpriced_tokens,
  MIN(CASE WHEN typeof(m.timestamp) = 'integer' THEN m.timestamp END) AS first_message_at,
  MAX(CASE WHEN typeof(m.timestamp) = 'integer' THEN m.timestamp END) AS last_message_at
FROM analytics_messages_view m
GROUP BY m.session_id, 2, 3, 4, 5, 6;

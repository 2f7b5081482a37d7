-- One row per conversation (session).
-- Units and zone: times are Unix ms UTC, tokens are counts, cost is USD and NULL where no token has a price. visibility is the most open that any message has; is_archived is 1 only if every message is.
-- Left out: nothing; archived conversations are here. error_count counts the conversation's events that ended in error.
CREATE VIEW analytics_conversations_view AS
SELECT
  m.session_id AS conversation_id,
  MAX(m.user_id) AS user_id,
  MAX(m.platform) AS platform,
  (SELECT a.title FROM conversation_annotations a WHERE a.conversation_id = m.session_id) AS title,
  (SELECT a.summary FROM conversation_annotations a WHERE a.conversation_id = m.session_id) AS summary,
  CASE MAX(CASE m.visibility WHEN 'public' THEN 2 WHEN 'unlisted' THEN 1 ELSE 0 END) WHEN 2 THEN 'public' WHEN 1 THEN 'unlisted' ELSE 'private' END AS visibility,
  MIN(m.is_archived <> 0) AS is_archived,
  COALESCE((SELECT a.is_starred FROM conversation_annotations a WHERE a.conversation_id = m.session_id), 0) AS is_starred,
  COUNT(*) AS message_count,
  1 AS session_count,
  SUM(m.total_tokens) AS total_tokens,
  MIN(m.timestamp) AS first_message_at,
  MAX(m.timestamp) AS last_message_at,
  MIN(m.stored_at) AS created_at,
  MAX(m.updated_at) AS updated_at,
  (SELECT a.metadata FROM conversation_annotations a WHERE a.conversation_id = m.session_id) AS metadata,
  MAX(m.username) AS username,
  group_concat(DISTINCT m.model) AS models,
  COUNT(DISTINCT CASE WHEN m.event_status = 'error' THEN m.event_id END) AS error_count,
  SUM(m.input_tokens) AS input_tokens,
  SUM(m.output_tokens) AS output_tokens,
  SUM(m.cached_tokens) AS cached_tokens,
  SUM(m.reasoning_tokens) AS reasoning_tokens,
  CASE WHEN COUNT(m.estimated_cost_usd) = SUM(m.total_tokens = 0) AND SUM(m.unpriced_tokens) > 0 THEN NULL ELSE SUM(m.estimated_cost_usd) END AS estimated_cost_usd,
  SUM(m.unpriced_tokens) AS unpriced_tokens
FROM analytics_messages_view m
GROUP BY m.session_id;

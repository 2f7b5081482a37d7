-- One row per message: chat_messages, enriched with its event and its price.
-- Units and zone: times are Unix ms UTC, tokens are counts, cost is USD. username, model, cached and reasoning tokens come from the event where the message has none (the last two in proportion to the message's share of the event's tokens).
-- Left out: nothing; archived messages are here. Absurd token counts (not an integer, negative, above 10^12) count as 0. Cost is NULL where tokens have no price. cached_tokens is capped at the input, recorded_cached_tokens is not: what a price that counts them beside the input charges.
CREATE VIEW analytics_messages_view AS
SELECT
  m.id,
  m.message_id,
  m.session_id,
  m.session_id AS conversation_id,
  NULL AS parent_message_id,
  m.sequence,
  m.role,
  m.content,
  NULL AS content_hash,
  m.visibility,
  m.is_archived,
  m.is_pinned,
  m.event_id,
  NULL AS trigger_message_id,
  NULL AS platform_message_id,
  m.platform,
  m.user_id,
  m.username,
  m.chat_id,
  m.repo,
  m.input_tokens,
  m.output_tokens,
  m.cached_tokens,
  m.reasoning_tokens,
  m.model,
  m.timestamp AS created_at,
  m.updated_at,
  m.metadata,
  m.input_tokens + m.output_tokens AS total_tokens,
  m.timestamp,
  m.stored_at,
  m.app_source,
  m.model_source,
  m.event_status,
  m.event_duration_ms,
  p.id AS price_id,
  CASE
    WHEN p.id IS NULL THEN CASE WHEN m.input_tokens + m.output_tokens = 0 THEN 0.0 END
    ELSE (
      (m.input_tokens - CASE WHEN p.cached_in_input THEN m.cached_tokens ELSE 0 END) * p.input_price
      + CASE WHEN p.cached_in_input THEN m.cached_tokens ELSE m.recorded_cached_tokens END * p.cached_price
      + (m.output_tokens - m.reasoning_tokens) * p.output_price
      + m.reasoning_tokens * p.reasoning_price) / 1000.0
  END AS estimated_cost_usd,
  CASE WHEN p.id IS NULL THEN m.input_tokens + m.output_tokens ELSE 0 END AS unpriced_tokens,
  m.recorded_cached_tokens
FROM (
  SELECT
    t.*,
    MIN(t.input_tokens, t.recorded_cached_tokens) AS cached_tokens,
    MIN(t.output_tokens, CASE
      WHEN t.own_reasoning > 0 OR t.event_output = 0 THEN t.own_reasoning
      ELSE CAST(round(1.0 * t.event_reasoning * t.output_tokens / t.event_output) AS INTEGER) END) AS reasoning_tokens
  FROM (SELECT r.*, CASE
      WHEN r.own_cached > 0 OR r.event_input = 0 THEN r.own_cached
      ELSE MIN(1000000000000, CAST(round(1.0 * r.event_cached * r.input_tokens / r.event_input) AS INTEGER)) END AS recorded_cached_tokens
  FROM (
    SELECT
      cm.id, cm.message_id, cm.session_id, cm.sequence, cm.role, cm.content,
      COALESCE(cm.visibility, 'private') AS visibility,
      COALESCE(cm.is_archived, 0) AS is_archived,
      COALESCE(cm.is_pinned, 0) AS is_pinned,
      cm.event_id, cm.platform, cm.user_id, cm.chat_id, cm.metadata, cm.timestamp, cm.created_at AS stored_at,
      COALESCE(cm.updated_at, cm.timestamp) AS updated_at,
      COALESCE(cm.username, oe.username) AS username,
      COALESCE(cm.model, oe.model) AS model,
      CASE WHEN cm.model IS NOT NULL THEN 'message' WHEN oe.model IS NOT NULL THEN 'event' END AS model_source,
      oe.repo, oe.app_source, oe.status AS event_status, oe.duration_ms AS event_duration_ms,
      CASE WHEN typeof(cm.input_tokens) = 'integer' AND cm.input_tokens BETWEEN 0 AND 1000000000000 THEN cm.input_tokens ELSE 0 END AS input_tokens,
      CASE WHEN typeof(cm.output_tokens) = 'integer' AND cm.output_tokens BETWEEN 0 AND 1000000000000 THEN cm.output_tokens ELSE 0 END AS output_tokens,
      CASE WHEN typeof(cm.cached_tokens) = 'integer' AND cm.cached_tokens BETWEEN 0 AND 1000000000000 THEN cm.cached_tokens ELSE 0 END AS own_cached,
      CASE WHEN typeof(cm.reasoning_tokens) = 'integer' AND cm.reasoning_tokens BETWEEN 0 AND 1000000000000 THEN cm.reasoning_tokens ELSE 0 END AS own_reasoning,
      CASE WHEN typeof(oe.input_tokens) = 'integer' AND oe.input_tokens BETWEEN 0 AND 1000000000000 THEN oe.input_tokens ELSE 0 END AS event_input,
      CASE WHEN typeof(oe.output_tokens) = 'integer' AND oe.output_tokens BETWEEN 0 AND 1000000000000 THEN oe.output_tokens ELSE 0 END AS event_output,
      CASE WHEN typeof(oe.cached_tokens) = 'integer' AND oe.cached_tokens BETWEEN 0 AND 1000000000000 THEN oe.cached_tokens ELSE 0 END AS event_cached,
      CASE WHEN typeof(oe.reasoning_tokens) = 'integer' AND oe.reasoning_tokens BETWEEN 0 AND 1000000000000 THEN oe.reasoning_tokens ELSE 0 END AS event_reasoning
    FROM chat_messages cm
    LEFT JOIN observability_events oe ON oe.event_id = cm.event_id
  ) r) t
) m
LEFT JOIN analytics_prices_view p ON p.id = COALESCE(
  -- The exact name first; then the longest of the name without tag and date suffix, without provider prefix, without all of them.
  (SELECT x.id FROM analytics_cost_config x
   WHERE x.model = m.model AND x.effective_from <= m.timestamp AND (x.effective_to IS NULL OR m.timestamp < x.effective_to)
   ORDER BY x.effective_from DESC, x.id LIMIT 1),
  (SELECT x.id
   FROM (SELECT c.base, substr(m.model, 1, length(m.model) - length(c.base)) AS prefix,
           CASE
             WHEN c.name GLOB '*-[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' THEN substr(c.name, 1, length(c.name) - 11)
             WHEN c.name GLOB '*[-@]20[0-9][0-9][01][0-9][0-3][0-9]' THEN substr(c.name, 1, length(c.name) - 9)
             ELSE c.name END AS bare
         FROM (SELECT b.base, CASE WHEN instr(b.base, ':') > 1 THEN substr(b.base, 1, instr(b.base, ':') - 1) ELSE b.base END AS name
               FROM (SELECT replace(m.model, rtrim(m.model, replace(m.model, '/', '')), '') AS base) b) c) n
   CROSS JOIN analytics_cost_config x
   WHERE x.model IN (n.prefix || n.bare, n.base, n.bare)
     AND x.effective_from <= m.timestamp AND (x.effective_to IS NULL OR m.timestamp < x.effective_to)
   ORDER BY length(x.model) DESC, x.effective_from DESC, x.id LIMIT 1));

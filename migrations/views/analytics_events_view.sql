-- One row per event (one webhook request, one trace).
-- Units and zone: times are Unix ms UTC, durations ms, tokens are counts as the event itself says them, cost is USD.
-- Left out: nothing. Absurd counts count as 0. cached_tokens is capped at the input, recorded_cached_tokens is not. Cost is the sum over the steps, each at its own model's price; for an event without steps its own tokens at its own model's price; NULL where no token has a price.
CREATE VIEW analytics_events_view AS
SELECT
  e.*,
  e.input_tokens + e.output_tokens AS total_tokens,
  (SELECT COUNT(*) FROM analytics_agent_steps_view s WHERE s.event_id = e.event_id) AS step_count,
  (SELECT COUNT(*) FROM analytics_agent_steps_view s WHERE s.event_id = e.event_id AND s.is_failed) AS error_count,
  (SELECT m.session_id FROM chat_messages m WHERE m.event_id = e.event_id ORDER BY m.id LIMIT 1) AS conversation_id,
  CASE
    WHEN e.has_steps THEN (SELECT CASE WHEN COUNT(s.estimated_cost_usd) = SUM(s.total_tokens = 0) AND SUM(s.unpriced_tokens) > 0 THEN NULL ELSE SUM(s.estimated_cost_usd) END FROM analytics_agent_steps_view s WHERE s.event_id = e.event_id)
    WHEN p.id IS NULL THEN CASE WHEN e.input_tokens + e.output_tokens = 0 THEN 0.0 END
    ELSE (
      (e.input_tokens - CASE WHEN p.cached_in_input THEN e.cached_tokens ELSE 0 END) * p.input_price
      + CASE WHEN p.cached_in_input THEN e.cached_tokens ELSE e.recorded_cached_tokens END * p.cached_price
      + (e.output_tokens - e.reasoning_tokens) * p.output_price
      + e.reasoning_tokens * p.reasoning_price) / 1000.0
  END AS estimated_cost_usd,
  CASE
    WHEN e.has_steps THEN (SELECT SUM(s.unpriced_tokens) FROM analytics_agent_steps_view s WHERE s.event_id = e.event_id)
    WHEN p.id IS NULL THEN e.input_tokens + e.output_tokens
    ELSE 0
  END AS unpriced_tokens
FROM (
  SELECT
    oe.id, oe.event_id, oe.request_id, oe.app_source, oe.event_type, oe.user_id, oe.username, oe.chat_id, oe.repo,
    oe.triggered_at, oe.completed_at,
    CASE WHEN typeof(oe.duration_ms) IN ('integer', 'real') AND oe.duration_ms BETWEEN 0 AND 1000000000000 THEN CAST(round(oe.duration_ms) AS INTEGER) END AS duration_ms,
    oe.status, oe.error_type, oe.error_message, oe.input_text, oe.response_text,
    oe.classification_type, oe.classification_category, oe.classification_complexity, oe.agents,
    CASE WHEN typeof(oe.input_tokens) = 'integer' AND oe.input_tokens BETWEEN 0 AND 1000000000000 THEN oe.input_tokens ELSE 0 END AS input_tokens,
    CASE WHEN typeof(oe.output_tokens) = 'integer' AND oe.output_tokens BETWEEN 0 AND 1000000000000 THEN oe.output_tokens ELSE 0 END AS output_tokens,
    MIN(CASE WHEN typeof(oe.cached_tokens) = 'integer' AND oe.cached_tokens BETWEEN 0 AND 1000000000000 THEN oe.cached_tokens ELSE 0 END, CASE WHEN typeof(oe.input_tokens) = 'integer' AND oe.input_tokens BETWEEN 0 AND 1000000000000 THEN oe.input_tokens ELSE 0 END) AS cached_tokens,
    MIN(CASE WHEN typeof(oe.reasoning_tokens) = 'integer' AND oe.reasoning_tokens BETWEEN 0 AND 1000000000000 THEN oe.reasoning_tokens ELSE 0 END, CASE WHEN typeof(oe.output_tokens) = 'integer' AND oe.output_tokens BETWEEN 0 AND 1000000000000 THEN oe.output_tokens ELSE 0 END) AS reasoning_tokens,
    oe.model, oe.metadata, oe.created_at,
    CASE WHEN oe.agents IS NULL THEN NULL WHEN NOT json_valid(oe.agents) THEN 'not JSON' WHEN json_type(oe.agents) <> 'array' THEN json_type(oe.agents) ELSE 'array' END AS agents_kind,
    CASE WHEN typeof(oe.cached_tokens) = 'integer' AND oe.cached_tokens BETWEEN 0 AND 1000000000000 THEN oe.cached_tokens ELSE 0 END AS recorded_cached_tokens,
    EXISTS (SELECT 1 FROM analytics_agent_steps_view s WHERE s.event_id = oe.event_id) AS has_steps
  FROM observability_events oe
) e
LEFT JOIN analytics_prices_view p ON p.id = COALESCE(
  -- The exact name first; then the longest of the name without tag and date suffix, without provider prefix, without all of them.
  (SELECT x.id FROM analytics_cost_config x
   WHERE x.model = e.model AND x.effective_from <= e.triggered_at AND (x.effective_to IS NULL OR e.triggered_at < x.effective_to)
   ORDER BY x.effective_from DESC, x.id LIMIT 1),
  (SELECT x.id
   FROM (SELECT c.base, substr(e.model, 1, length(e.model) - length(c.base)) AS prefix,
           CASE
             WHEN c.name GLOB '*-[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' THEN substr(c.name, 1, length(c.name) - 11)
             WHEN c.name GLOB '*[-@]20[0-9][0-9][01][0-9][0-3][0-9]' THEN substr(c.name, 1, length(c.name) - 9)
             ELSE c.name END AS bare
         FROM (SELECT b.base, CASE WHEN instr(b.base, ':') > 1 THEN substr(b.base, 1, instr(b.base, ':') - 1) ELSE b.base END AS name
               FROM (SELECT replace(e.model, rtrim(e.model, replace(e.model, '/', '')), '') AS base) b) c) n
   CROSS JOIN analytics_cost_config x
   WHERE x.model IN (n.prefix || n.bare, n.base, n.bare)
     AND x.effective_from <= e.triggered_at AND (x.effective_to IS NULL OR e.triggered_at < x.effective_to)
   ORDER BY length(x.model) DESC, x.effective_from DESC, x.id LIMIT 1));

-- One row per step (agent or worker) at every level of an event's agents JSON.
-- Units and zone: times are Unix ms UTC, durations ms, tokens are counts of the step alone (without its children), cost is USD.
-- Left out: events whose agents is NULL, not JSON or not an array; elements that are not objects. Absurd counts count as 0. cached_tokens is capped at the input, recorded_cached_tokens is not. A plain join over json_tree, so that one event is one index search.
CREATE VIEW analytics_agent_steps_view AS
SELECT
  s.event_id || '-' || s.step_path AS step_id,
  s.event_id,
  NULL AS message_id,
  s.event_id || '-' || s.parent_path AS parent_step_id,
  s.agent_name,
  s.agent_type,
  s.sequence,
  COALESCE(s.recorded_start, s.event_started_at) AS started_at,
  CASE WHEN s.recorded_start IS NOT NULL THEN s.recorded_start + s.duration_ms ELSE s.event_completed_at END AS completed_at,
  s.duration_ms,
  0 AS queue_time_ms,
  CASE WHEN s.is_failed THEN 'error' ELSE s.event_status END AS status,
  s.input_tokens,
  s.output_tokens,
  s.cached_tokens,
  s.reasoning_tokens,
  s.model,
  s.tools_used,
  s.tool_calls_count,
  s.error_type,
  s.error_message,
  0 AS retry_count,
  NULL AS metadata,
  s.created_at,
  s.is_failed,
  s.depth,
  s.recorded_start AS recorded_started_at,
  s.input_tokens + s.output_tokens AS total_tokens,
  s.model_source,
  s.step_json,
  s.event_started_at AS event_triggered_at,
  s.app_source,
  s.user_id,
  p.id AS price_id,
  CASE
    WHEN p.id IS NULL THEN CASE WHEN s.input_tokens + s.output_tokens = 0 THEN 0.0 END
    ELSE (
      (s.input_tokens - CASE WHEN p.cached_in_input THEN s.cached_tokens ELSE 0 END) * p.input_price
      + CASE WHEN p.cached_in_input THEN s.cached_tokens ELSE s.recorded_cached_tokens END * p.cached_price
      + (s.output_tokens - s.reasoning_tokens) * p.output_price
      + s.reasoning_tokens * p.reasoning_price) / 1000.0
  END AS estimated_cost_usd,
  CASE WHEN p.id IS NULL THEN s.input_tokens + s.output_tokens ELSE 0 END AS unpriced_tokens,
  s.recorded_cached_tokens
FROM (
  SELECT
    r.event_id,
    replace(replace(replace(substr(r.fullkey, 3), '].workers[', '.'), '[', ''), ']', '') AS step_path,
    CASE WHEN r.path = '$' THEN NULL ELSE replace(replace(replace(substr(r.path, 3, length(r.path) - 10), '].workers[', '.'), '[', ''), ']', '') END AS parent_path,
    (length(r.path) - length(replace(r.path, '.workers', ''))) / 8 AS depth,
    CAST(r.key AS INTEGER) AS sequence,
    CAST(json_extract(r.value, '$.name') AS TEXT) AS agent_name,
    COALESCE(CAST(json_extract(r.value, '$.type') AS TEXT), CASE WHEN r.path = '$' THEN 'agent' ELSE 'worker' END) AS agent_type,
    CASE WHEN typeof(json_extract(r.value, '$.started_at')) IN ('integer', 'real')
         THEN CAST(json_extract(r.value, '$.started_at') AS INTEGER)
         ELSE CAST(round((julianday(json_extract(r.value, '$.started_at')) - 2440587.5) * 86400000) AS INTEGER) END AS recorded_start,
    CASE WHEN typeof(json_extract(r.value, '$.duration_ms')) IN ('integer', 'real') AND json_extract(r.value, '$.duration_ms') BETWEEN 0 AND 1000000000000
         THEN CAST(round(json_extract(r.value, '$.duration_ms')) AS INTEGER) ELSE 0 END AS duration_ms,
    CASE WHEN typeof(json_extract(r.value, '$.input_tokens')) = 'integer' AND json_extract(r.value, '$.input_tokens') BETWEEN 0 AND 1000000000000 THEN json_extract(r.value, '$.input_tokens') ELSE 0 END AS input_tokens,
    CASE WHEN typeof(json_extract(r.value, '$.output_tokens')) = 'integer' AND json_extract(r.value, '$.output_tokens') BETWEEN 0 AND 1000000000000 THEN json_extract(r.value, '$.output_tokens') ELSE 0 END AS output_tokens,
    CASE WHEN typeof(json_extract(r.value, '$.cached_tokens')) = 'integer' AND json_extract(r.value, '$.cached_tokens') BETWEEN 0 AND 1000000000000 THEN json_extract(r.value, '$.cached_tokens') ELSE 0 END AS recorded_cached_tokens,
    MIN(CASE WHEN typeof(json_extract(r.value, '$.cached_tokens')) = 'integer' AND json_extract(r.value, '$.cached_tokens') BETWEEN 0 AND 1000000000000 THEN json_extract(r.value, '$.cached_tokens') ELSE 0 END,
        CASE WHEN typeof(json_extract(r.value, '$.input_tokens')) = 'integer' AND json_extract(r.value, '$.input_tokens') BETWEEN 0 AND 1000000000000 THEN json_extract(r.value, '$.input_tokens') ELSE 0 END) AS cached_tokens,
    MIN(CASE WHEN typeof(json_extract(r.value, '$.reasoning_tokens')) = 'integer' AND json_extract(r.value, '$.reasoning_tokens') BETWEEN 0 AND 1000000000000 THEN json_extract(r.value, '$.reasoning_tokens') ELSE 0 END,
        CASE WHEN typeof(json_extract(r.value, '$.output_tokens')) = 'integer' AND json_extract(r.value, '$.output_tokens') BETWEEN 0 AND 1000000000000 THEN json_extract(r.value, '$.output_tokens') ELSE 0 END) AS reasoning_tokens,
    COALESCE(CAST(json_extract(r.value, '$.model') AS TEXT), r.event_model) AS model,
    CASE WHEN json_extract(r.value, '$.model') IS NOT NULL THEN 'step' WHEN r.event_model IS NOT NULL THEN 'event' END AS model_source,
    json_extract(r.value, '$.tools') AS tools_used,
    CASE WHEN typeof(json_extract(r.value, '$.tool_calls')) = 'integer' AND json_extract(r.value, '$.tool_calls') BETWEEN 0 AND 1000000000000 THEN json_extract(r.value, '$.tool_calls') ELSE 0 END AS tool_calls_count,
    CASE WHEN json_type(r.value, '$.error') IN ('text', 'object', 'array', 'true', 'integer', 'real')
          AND json_extract(r.value, '$.error') NOT IN ('', 0) THEN 1 ELSE 0 END AS is_failed,
    CASE WHEN json_type(r.value, '$.error') = 'object'
         THEN CAST(COALESCE(json_extract(r.value, '$.error.type'), json_extract(r.value, '$.error.name'), json_extract(r.value, '$.error.code')) AS TEXT) END AS error_type,
    CASE json_type(r.value, '$.error')
         WHEN 'text' THEN NULLIF(json_extract(r.value, '$.error'), '')
         WHEN 'object' THEN CAST(COALESCE(json_extract(r.value, '$.error.message'), json_extract(r.value, '$.error')) AS TEXT)
         WHEN 'array' THEN json_extract(r.value, '$.error')
         WHEN 'true' THEN 'failed'
         WHEN 'integer' THEN CAST(NULLIF(json_extract(r.value, '$.error'), 0) AS TEXT)
         WHEN 'real' THEN CAST(json_extract(r.value, '$.error') AS TEXT) END AS error_message,
    r.value AS step_json,
    r.event_status, r.event_started_at, r.event_completed_at, r.created_at, r.app_source, r.user_id
  FROM (
    SELECT
      oe.event_id, oe.status AS event_status, oe.triggered_at AS event_started_at, oe.completed_at AS event_completed_at,
      oe.created_at, oe.model AS event_model, oe.app_source, oe.user_id,
      jt.key, jt.value, jt.fullkey, jt.path
    FROM observability_events oe,
         json_tree(CASE WHEN json_valid(oe.agents) THEN oe.agents ELSE '[]' END) jt
    WHERE oe.agents IS NOT NULL
      AND jt.type = 'object'
      -- Only elements of the root array, and of arrays at the key "workers" of such an element, at any depth.
      AND jt.fullkey GLOB '$[[]*]'
      AND trim(replace(jt.path, '].workers', ']'), '$[]0123456789') = ''
  ) r
) s
LEFT JOIN analytics_prices_view p ON p.id = COALESCE(
  -- The exact name first; then the longest of the name without tag and date suffix, without provider prefix, without all of them.
  (SELECT x.id FROM analytics_cost_config x
   WHERE x.model = s.model AND x.effective_from <= s.event_started_at AND (x.effective_to IS NULL OR s.event_started_at < x.effective_to)
   ORDER BY x.effective_from DESC, x.id LIMIT 1),
  (SELECT x.id
   FROM (SELECT c.base, substr(s.model, 1, length(s.model) - length(c.base)) AS prefix,
           CASE
             WHEN c.name GLOB '*-[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' THEN substr(c.name, 1, length(c.name) - 11)
             WHEN c.name GLOB '*[-@]20[0-9][0-9][01][0-9][0-3][0-9]' THEN substr(c.name, 1, length(c.name) - 9)
             ELSE c.name END AS bare
         FROM (SELECT b.base, CASE WHEN instr(b.base, ':') > 1 THEN substr(b.base, 1, instr(b.base, ':') - 1) ELSE b.base END AS name
               FROM (SELECT replace(s.model, rtrim(s.model, replace(s.model, '/', '')), '') AS base) b) c) n
   CROSS JOIN analytics_cost_config x
   WHERE x.model IN (n.prefix || n.bare, n.base, n.bare)
     AND x.effective_from <= s.event_started_at AND (x.effective_to IS NULL OR s.event_started_at < x.effective_to)
   ORDER BY length(x.model) DESC, x.effective_from DESC, x.id LIMIT 1));

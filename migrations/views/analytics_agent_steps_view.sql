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
  -- (SELECT … FROM (SELECT x AS v)) works x out once and names it.
  SELECT
    oe.event_id,
    replace(trim(jt.fullkey, '$[]'), '].workers[', '.') AS step_path,
    NULLIF(replace(trim(jt.path, '$[].workers'), '].workers[', '.'), '') AS parent_path,
    length(jt.path) - length(replace(jt.path, ']', '')) AS depth,
    jt.key AS sequence,
    CAST(json_extract(k.json, '$[1]') AS TEXT) AS agent_name,
    COALESCE(CAST(json_extract(k.json, '$[2]') AS TEXT), CASE WHEN jt.path = '$' THEN 'agent' ELSE 'worker' END) AS agent_type,
    (SELECT CASE WHEN typeof(v) IN ('integer', 'real') THEN CAST(v AS INTEGER)
                 WHEN v IS NOT NULL THEN CAST(round((julianday(v) - 2440587.5) * 86400000) AS INTEGER) END
      FROM (SELECT json_extract(k.json, '$[3]') AS v)) AS recorded_start,
    (SELECT CASE WHEN typeof(v) IN ('integer', 'real') AND v BETWEEN 0 AND 1000000000000 THEN CAST(round(v) AS INTEGER) ELSE 0 END
      FROM (SELECT json_extract(k.json, '$[4]') AS v)) AS duration_ms,
    (SELECT CASE WHEN typeof(v) = 'integer' AND v BETWEEN 0 AND 1000000000000 THEN v ELSE 0 END FROM (SELECT json_extract(k.json, '$[5]') AS v)) AS input_tokens,
    (SELECT CASE WHEN typeof(v) = 'integer' AND v BETWEEN 0 AND 1000000000000 THEN v ELSE 0 END FROM (SELECT json_extract(k.json, '$[6]') AS v)) AS output_tokens,
    (SELECT CASE WHEN typeof(v) = 'integer' AND v BETWEEN 0 AND 1000000000000 THEN v ELSE 0 END FROM (SELECT json_extract(k.json, '$[7]') AS v)) AS recorded_cached_tokens,
    (SELECT MIN(CASE WHEN typeof(v) = 'integer' AND v BETWEEN 0 AND 1000000000000 THEN v ELSE 0 END, CASE WHEN typeof(w) = 'integer' AND w BETWEEN 0 AND 1000000000000 THEN w ELSE 0 END)
      FROM (SELECT json_extract(k.json, '$[7]') AS v, json_extract(k.json, '$[5]') AS w)) AS cached_tokens,
    (SELECT MIN(CASE WHEN typeof(v) = 'integer' AND v BETWEEN 0 AND 1000000000000 THEN v ELSE 0 END, CASE WHEN typeof(w) = 'integer' AND w BETWEEN 0 AND 1000000000000 THEN w ELSE 0 END)
      FROM (SELECT json_extract(k.json, '$[8]') AS v, json_extract(k.json, '$[6]') AS w)) AS reasoning_tokens,
    COALESCE(CAST(json_extract(k.json, '$[9]') AS TEXT), oe.model) AS model,
    CASE WHEN json_extract(k.json, '$[9]') IS NOT NULL THEN 'step' WHEN oe.model IS NOT NULL THEN 'event' END AS model_source,
    json_extract(k.json, '$[10]') AS tools_used,
    (SELECT CASE WHEN typeof(v) = 'integer' AND v BETWEEN 0 AND 1000000000000 THEN v ELSE 0 END FROM (SELECT json_extract(k.json, '$[11]') AS v)) AS tool_calls_count,
    CASE WHEN json_type(k.json, '$[12]') IN ('text', 'object', 'array', 'true', 'integer', 'real')
          AND json_extract(k.json, '$[12]') NOT IN ('', 0) THEN 1 ELSE 0 END AS is_failed,
    CASE WHEN json_type(k.json, '$[12]') = 'object'
         THEN CAST(COALESCE(json_extract(k.json, '$[12].type'), json_extract(k.json, '$[12].name'), json_extract(k.json, '$[12].code')) AS TEXT) END AS error_type,
    CASE json_type(k.json, '$[12]')
         WHEN 'text' THEN NULLIF(json_extract(k.json, '$[12]'), '')
         WHEN 'object' THEN CAST(COALESCE(json_extract(k.json, '$[12].message'), json_extract(k.json, '$[12]')) AS TEXT)
         WHEN 'array' THEN json_extract(k.json, '$[12]')
         WHEN 'true' THEN 'failed'
         WHEN 'integer' THEN CAST(NULLIF(json_extract(k.json, '$[12]'), 0) AS TEXT)
         WHEN 'real' THEN CAST(json_extract(k.json, '$[12]') AS TEXT) END AS error_message,
    jt.value AS step_json,
    oe.status AS event_status, oe.triggered_at AS event_started_at, oe.completed_at AS event_completed_at, oe.created_at, oe.app_source, oe.user_id
  FROM observability_events oe,
       json_tree(CASE WHEN json_valid(oe.agents) THEN oe.agents ELSE '[]' END) jt,
       -- Every key that is wanted, taken out of the element once: [0, name, type, …], of which the root $[0] makes one row.
       -- Out of jt.value each key costs the text of the element with all its workers anew; out of k.json, this short array.
       json_each('[0,' || substr(json_extract(jt.value,
         '$.name', '$.type', '$.started_at', '$.duration_ms', '$.input_tokens', '$.output_tokens',
         '$.cached_tokens', '$.reasoning_tokens', '$.model', '$.tools', '$.tool_calls', '$.error'), 2), '$[0]') k
  WHERE oe.agents IS NOT NULL
    AND jt.type = 'object'
    -- Only elements of the root array, and of arrays at the key "workers" of such an element, at any depth.
    AND typeof(jt.key) = 'integer'
    AND trim(replace(jt.path, '].workers', ''), '$[0123456789') = ''
) s
LEFT JOIN analytics_prices_view p ON p.id = (
  -- The exact name first; then the longest of the name without tag and date suffix, without provider prefix, without all of them, where it has any.
  SELECT COALESCE(
    (SELECT x.id FROM analytics_cost_config x
     WHERE x.model = m.name AND x.effective_from <= s.event_started_at AND (x.effective_to IS NULL OR s.event_started_at < x.effective_to)
     ORDER BY x.effective_from DESC, x.id LIMIT 1),
    (SELECT x.id
     FROM (SELECT c.base, substr(m.name, 1, length(m.name) - length(c.base)) AS prefix,
             CASE
               WHEN c.name GLOB '*-[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' THEN substr(c.name, 1, length(c.name) - 11)
               WHEN c.name GLOB '*[-@]20[0-9][0-9][01][0-9][0-3][0-9]' THEN substr(c.name, 1, length(c.name) - 9)
               ELSE c.name END AS bare
           FROM (SELECT b.base, CASE WHEN instr(b.base, ':') > 1 THEN substr(b.base, 1, instr(b.base, ':') - 1) ELSE b.base END AS name
                 FROM (SELECT replace(m.name, rtrim(m.name, replace(m.name, '/', '')), '') AS base) b) c) n
     CROSS JOIN analytics_cost_config x
     WHERE (m.name GLOB '*[/:]*' OR m.name GLOB '*[0-9][0-9]')
       AND x.model IN (n.prefix || n.bare, n.base, n.bare)
       AND x.effective_from <= s.event_started_at AND (x.effective_to IS NULL OR s.event_started_at < x.effective_to)
     ORDER BY length(x.model) DESC, x.effective_from DESC, x.id LIMIT 1))
  FROM (SELECT s.model AS name) m);

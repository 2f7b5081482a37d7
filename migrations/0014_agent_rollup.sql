-- Derived and disposable: what analytics_agent_steps_view says of each UTC hour, folded by agent, type, model and price, so that long ranges need not parse every event's JSON.
-- No cost is stored: a group names the price row that the view found for its steps, and is multiplied with it when it is read.
-- Triggers only mark an hour dirty; a reader takes dirty hours, and hours that its range cuts, from the view.
-- Drop and refill at any moment: DELETE FROM agent_hours; DELETE FROM agent_errors; and the last statement of this file as INSERT OR IGNORE.
CREATE TABLE agent_hours (
  -- Unix ms at the full hour, UTC.
  hour_start INTEGER PRIMARY KEY,
  -- JSON, see Features/Agents/AgentHourJson.cs: an array per agent, type, model and price row.
  figures TEXT NOT NULL
);

-- One row per failed step, and per failed event none of whose steps failed (then without step and agent).
CREATE TABLE agent_errors (
  hour_start INTEGER NOT NULL,
  triggered_at INTEGER NOT NULL,
  event_id TEXT NOT NULL,
  step_id TEXT,
  agent_name TEXT,
  agent_type TEXT,
  model TEXT,
  user_id TEXT,
  error_type TEXT,
  -- Its first 2,000 characters.
  error_message TEXT
);

CREATE INDEX idx_agent_errors_hour ON agent_errors(hour_start);

CREATE TABLE agent_hours_dirty (
  hour_start INTEGER PRIMARY KEY
);

-- A time that is no number or lies outside the years 1 to 9999 has no hour, and lies in no range of a page; counted from the year 1 it is never negative, so that the division rounds down.
-- NOT EXISTS instead of INSERT OR IGNORE: a conflict clause on the bot's own statement would override the latter. No statement here can raise.
CREATE TRIGGER agent_hours_insert AFTER INSERT ON observability_events
WHEN typeof(NEW.triggered_at) IN ('integer', 'real') AND NEW.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM agent_hours_dirty d WHERE d.hour_start = CAST(NEW.triggered_at + 62135596800000 AS INTEGER) / 3600000 * 3600000 - 62135596800000)
BEGIN
  INSERT INTO agent_hours_dirty(hour_start) VALUES (CAST(NEW.triggered_at + 62135596800000 AS INTEGER) / 3600000 * 3600000 - 62135596800000);
END;

-- INSERT OR REPLACE and UPDATE OR REPLACE delete the row that stands in their way without firing a delete trigger. (An id that the statement leaves out is -1 here.)
CREATE TRIGGER agent_hours_replace BEFORE INSERT ON observability_events
BEGIN
  INSERT INTO agent_hours_dirty(hour_start)
    SELECT DISTINCT CAST(e.triggered_at + 62135596800000 AS INTEGER) / 3600000 * 3600000 - 62135596800000 FROM observability_events e
    WHERE (e.id = NEW.id OR e.event_id = NEW.event_id) AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999
      AND NOT EXISTS (SELECT 1 FROM agent_hours_dirty d WHERE d.hour_start = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 3600000 * 3600000 - 62135596800000);
END;

CREATE TRIGGER agent_hours_oust BEFORE UPDATE OF id, event_id ON observability_events
WHEN NEW.id <> OLD.id OR NEW.event_id <> OLD.event_id
BEGIN
  INSERT INTO agent_hours_dirty(hour_start)
    SELECT DISTINCT CAST(e.triggered_at + 62135596800000 AS INTEGER) / 3600000 * 3600000 - 62135596800000 FROM observability_events e
    WHERE (e.id = NEW.id OR e.event_id = NEW.event_id) AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999
      AND NOT EXISTS (SELECT 1 FROM agent_hours_dirty d WHERE d.hour_start = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 3600000 * 3600000 - 62135596800000);
END;

CREATE TRIGGER agent_hours_delete AFTER DELETE ON observability_events
WHEN typeof(OLD.triggered_at) IN ('integer', 'real') AND OLD.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM agent_hours_dirty d WHERE d.hour_start = CAST(OLD.triggered_at + 62135596800000 AS INTEGER) / 3600000 * 3600000 - 62135596800000)
BEGIN
  INSERT INTO agent_hours_dirty(hour_start) VALUES (CAST(OLD.triggered_at + 62135596800000 AS INTEGER) / 3600000 * 3600000 - 62135596800000);
END;

CREATE TRIGGER agent_hours_update AFTER UPDATE OF id, event_id, user_id, triggered_at, status, error_type, error_message, agents, model ON observability_events
WHEN typeof(NEW.triggered_at) IN ('integer', 'real') AND NEW.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM agent_hours_dirty d WHERE d.hour_start = CAST(NEW.triggered_at + 62135596800000 AS INTEGER) / 3600000 * 3600000 - 62135596800000)
BEGIN
  INSERT INTO agent_hours_dirty(hour_start) VALUES (CAST(NEW.triggered_at + 62135596800000 AS INTEGER) / 3600000 * 3600000 - 62135596800000);
END;

CREATE TRIGGER agent_hours_update_old AFTER UPDATE OF id, event_id, user_id, triggered_at, status, error_type, error_message, agents, model ON observability_events
WHEN typeof(OLD.triggered_at) IN ('integer', 'real') AND OLD.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM agent_hours_dirty d WHERE d.hour_start = CAST(OLD.triggered_at + 62135596800000 AS INTEGER) / 3600000 * 3600000 - 62135596800000)
BEGIN
  INSERT INTO agent_hours_dirty(hour_start) VALUES (CAST(OLD.triggered_at + 62135596800000 AS INTEGER) / 3600000 * 3600000 - 62135596800000);
END;

-- Which row prices a step changes where a price begins, ends or changes its model. Its name is a part of every model's name that it prices, and stands so in the hour's figures unless they hold escapes.
-- What a price row says may change freely: that is looked up when an hour is read.
CREATE TRIGGER agent_hours_price_insert AFTER INSERT ON analytics_cost_config
BEGIN
  INSERT INTO agent_hours_dirty(hour_start)
    SELECT h.hour_start FROM agent_hours h
    WHERE h.hour_start + 3600000 > NEW.effective_from AND (NEW.effective_to IS NULL OR h.hour_start < NEW.effective_to)
      AND (instr(h.figures, NEW.model) > 0 OR instr(h.figures, '\') > 0)
      AND NOT EXISTS (SELECT 1 FROM agent_hours_dirty d WHERE d.hour_start = h.hour_start);
END;

CREATE TRIGGER agent_hours_price_replace BEFORE INSERT ON analytics_cost_config
BEGIN
  INSERT INTO agent_hours_dirty(hour_start)
    SELECT DISTINCT h.hour_start FROM analytics_cost_config x
    JOIN agent_hours h ON h.hour_start + 3600000 > x.effective_from AND (x.effective_to IS NULL OR h.hour_start < x.effective_to)
    WHERE (x.id = NEW.id OR (x.model = NEW.model AND x.provider = NEW.provider AND x.effective_from = NEW.effective_from))
      AND (instr(h.figures, x.model) > 0 OR instr(h.figures, '\') > 0)
      AND NOT EXISTS (SELECT 1 FROM agent_hours_dirty d WHERE d.hour_start = h.hour_start);
END;

CREATE TRIGGER agent_hours_price_delete AFTER DELETE ON analytics_cost_config
BEGIN
  INSERT INTO agent_hours_dirty(hour_start)
    SELECT h.hour_start FROM agent_hours h
    WHERE h.hour_start + 3600000 > OLD.effective_from AND (OLD.effective_to IS NULL OR h.hour_start < OLD.effective_to)
      AND (instr(h.figures, OLD.model) > 0 OR instr(h.figures, '\') > 0)
      AND NOT EXISTS (SELECT 1 FROM agent_hours_dirty d WHERE d.hour_start = h.hour_start);
END;

CREATE TRIGGER agent_hours_price_update AFTER UPDATE OF id, model, effective_from, effective_to ON analytics_cost_config
BEGIN
  INSERT INTO agent_hours_dirty(hour_start)
    SELECT h.hour_start FROM agent_hours h
    WHERE h.hour_start + 3600000 > NEW.effective_from AND (NEW.effective_to IS NULL OR h.hour_start < NEW.effective_to)
      AND (instr(h.figures, NEW.model) > 0 OR instr(h.figures, '\') > 0)
      AND NOT EXISTS (SELECT 1 FROM agent_hours_dirty d WHERE d.hour_start = h.hour_start);
END;

CREATE TRIGGER agent_hours_price_update_old AFTER UPDATE OF id, model, effective_from, effective_to ON analytics_cost_config
BEGIN
  INSERT INTO agent_hours_dirty(hour_start)
    SELECT h.hour_start FROM agent_hours h
    WHERE h.hour_start + 3600000 > OLD.effective_from AND (OLD.effective_to IS NULL OR h.hour_start < OLD.effective_to)
      AND (instr(h.figures, OLD.model) > 0 OR instr(h.figures, '\') > 0)
      AND NOT EXISTS (SELECT 1 FROM agent_hours_dirty d WHERE d.hour_start = h.hour_start);
END;

INSERT INTO agent_hours_dirty(hour_start)
  SELECT DISTINCT CAST(triggered_at + 62135596800000 AS INTEGER) / 3600000 * 3600000 - 62135596800000 FROM observability_events
  WHERE typeof(triggered_at) IN ('integer', 'real') AND triggered_at BETWEEN -62135596800000 AND 253402300799999;

-- Derived and disposable: what analytics_messages_view, analytics_agent_steps_view and analytics_events_view say, summed up by UTC quarter
-- hours (days of every zone are made of them) and, for the zones in use, by whole days, so that a year of usage is read at once.
-- No cost is stored: every sum has its model, and the price of its moment is looked up when it is read.
-- Triggers only mark quarter hours dirty; a reader takes dirty ones from the live views, and a background worker sums them up anew.
-- Drop and refill at any moment: DELETE FROM figure_days; DELETE FROM figure_slots; DELETE FROM figure_names; DELETE FROM figure_conversations;
-- then the statement of this file that fills figure_dirty, with INSERT OR IGNORE.

-- Numbers for the texts in the sums: keys, models, users; and for conversations. 0 stands for none; a number is never given twice.
CREATE TABLE figure_names (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE figure_conversations (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
);

-- kind: message, step or event. slot: the quarter hour's start in Unix ms UTC. facts: packed rows, see FactBlob.cs and EventBlob.cs in Data/Figures.
-- A quarter hour without a row here that is not dirty has no message, step or event.
CREATE TABLE figure_slots (
  kind TEXT NOT NULL,
  slot INTEGER NOT NULL,
  facts BLOB NOT NULL,
  PRIMARY KEY (kind, slot)
) WITHOUT ROWID;

-- zone: IANA zone and version of its rules. part: what the cells are grouped by, hour for the weekly pattern, event for counts and durations.
-- day_start (included), day_end (excluded): Unix ms UTC. cells: packed rows, see DayBlob.cs and EventBlob.cs in Data/Figures.
-- Made of figure_slots, archived messages left out, and deleted when one of its quarter hours changes.
CREATE TABLE figure_days (
  zone TEXT NOT NULL,
  part TEXT NOT NULL,
  day_start INTEGER NOT NULL,
  day_end INTEGER NOT NULL,
  cells BLOB NOT NULL,
  PRIMARY KEY (zone, part, day_start)
) WITHOUT ROWID;

CREATE INDEX idx_figure_days_start ON figure_days(day_start);

CREATE TABLE figure_dirty (
  slot INTEGER PRIMARY KEY
);

-- The signature of the views and of the format that figure_slots and figure_days were made with; no row where they were never made.
-- Sums of another signature are not read, and made anew in the background: a view that changes its meaning needs no migration for them.
CREATE TABLE figure_source (
  signature TEXT NOT NULL
);

-- A row's own quarter hour is marked, and that of what it enriches: of a message's event, of an event's messages.
-- Moments that are no number or lie outside the years 1 to 9999 are in no figure; counted from the year 1 they are never negative, so that the division rounds down.
-- No statement here can raise or conflict, whatever the outer conflict clause; where a quarter hour is dirty already, none runs.
CREATE TRIGGER figure_dirty_message_insert AFTER INSERT ON chat_messages
WHEN typeof(NEW.timestamp) IN ('integer', 'real') AND NEW.timestamp BETWEEN -62135596800000 AND 253402300799999
  AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(NEW.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000)
BEGIN
  INSERT INTO figure_dirty(slot) VALUES (CAST(NEW.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_message_insert_event AFTER INSERT ON chat_messages
WHEN NEW.event_id IS NOT NULL AND EXISTS (SELECT 1 FROM observability_events e WHERE e.event_id = NEW.event_id
    AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM observability_events e WHERE e.event_id = NEW.event_id
      AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_message_delete AFTER DELETE ON chat_messages
WHEN typeof(OLD.timestamp) IN ('integer', 'real') AND OLD.timestamp BETWEEN -62135596800000 AND 253402300799999
  AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(OLD.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000)
BEGIN
  INSERT INTO figure_dirty(slot) VALUES (CAST(OLD.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_message_delete_event AFTER DELETE ON chat_messages
WHEN OLD.event_id IS NOT NULL AND EXISTS (SELECT 1 FROM observability_events e WHERE e.event_id = OLD.event_id
    AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM observability_events e WHERE e.event_id = OLD.event_id
      AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_message_update AFTER UPDATE OF id, event_id, session_id, role, input_tokens, output_tokens, timestamp, platform, user_id, username, visibility, is_archived, cached_tokens, reasoning_tokens, model ON chat_messages
WHEN typeof(NEW.timestamp) IN ('integer', 'real') AND NEW.timestamp BETWEEN -62135596800000 AND 253402300799999
  AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(NEW.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000)
BEGIN
  INSERT INTO figure_dirty(slot) VALUES (CAST(NEW.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_message_update_old AFTER UPDATE OF id, event_id, session_id, role, input_tokens, output_tokens, timestamp, platform, user_id, username, visibility, is_archived, cached_tokens, reasoning_tokens, model ON chat_messages
WHEN NEW.timestamp IS NOT OLD.timestamp AND typeof(OLD.timestamp) IN ('integer', 'real') AND OLD.timestamp BETWEEN -62135596800000 AND 253402300799999
  AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(OLD.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000)
BEGIN
  INSERT INTO figure_dirty(slot) VALUES (CAST(OLD.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_message_update_event AFTER UPDATE OF id, event_id, session_id, role, input_tokens, output_tokens, timestamp, platform, user_id, username, visibility, is_archived, cached_tokens, reasoning_tokens, model ON chat_messages
WHEN NEW.event_id IS NOT NULL AND EXISTS (SELECT 1 FROM observability_events e WHERE e.event_id = NEW.event_id
    AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM observability_events e WHERE e.event_id = NEW.event_id
      AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_message_update_old_event AFTER UPDATE OF id, event_id, session_id, role, input_tokens, output_tokens, timestamp, platform, user_id, username, visibility, is_archived, cached_tokens, reasoning_tokens, model ON chat_messages
WHEN OLD.event_id IS NOT NULL AND NEW.event_id IS NOT OLD.event_id AND EXISTS (SELECT 1 FROM observability_events e WHERE e.event_id = OLD.event_id
    AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM observability_events e WHERE e.event_id = OLD.event_id
      AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

-- INSERT OR REPLACE and UPDATE OR REPLACE delete the row that stands in their way without firing a delete trigger. (An id that the statement leaves out is -1 here.)
CREATE TRIGGER figure_dirty_message_replace BEFORE INSERT ON chat_messages
WHEN (NEW.message_id IS NOT NULL OR NEW.id > 0) AND EXISTS (SELECT 1 FROM chat_messages m WHERE (m.id = NEW.id OR m.message_id = NEW.message_id)
    AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM chat_messages m WHERE (m.id = NEW.id OR m.message_id = NEW.message_id)
      AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_message_replace_event BEFORE INSERT ON chat_messages
WHEN (NEW.message_id IS NOT NULL OR NEW.id > 0) AND EXISTS (SELECT 1 FROM chat_messages m JOIN observability_events e ON e.event_id = m.event_id WHERE (m.id = NEW.id OR m.message_id = NEW.message_id)
    AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM chat_messages m JOIN observability_events e ON e.event_id = m.event_id WHERE (m.id = NEW.id OR m.message_id = NEW.message_id)
      AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_message_oust BEFORE UPDATE OF id, message_id ON chat_messages
WHEN (NEW.id <> OLD.id OR NEW.message_id <> OLD.message_id) AND EXISTS (SELECT 1 FROM chat_messages m WHERE (m.id = NEW.id OR m.message_id = NEW.message_id)
    AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM chat_messages m WHERE (m.id = NEW.id OR m.message_id = NEW.message_id)
      AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_message_oust_event BEFORE UPDATE OF id, message_id ON chat_messages
WHEN (NEW.id <> OLD.id OR NEW.message_id <> OLD.message_id) AND EXISTS (SELECT 1 FROM chat_messages m JOIN observability_events e ON e.event_id = m.event_id WHERE (m.id = NEW.id OR m.message_id = NEW.message_id)
    AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM chat_messages m JOIN observability_events e ON e.event_id = m.event_id WHERE (m.id = NEW.id OR m.message_id = NEW.message_id)
      AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_event_insert AFTER INSERT ON observability_events
WHEN typeof(NEW.triggered_at) IN ('integer', 'real') AND NEW.triggered_at BETWEEN -62135596800000 AND 253402300799999
  AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(NEW.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000)
BEGIN
  INSERT INTO figure_dirty(slot) VALUES (CAST(NEW.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_event_insert_messages AFTER INSERT ON observability_events
WHEN EXISTS (SELECT 1 FROM chat_messages m WHERE m.event_id = NEW.event_id
    AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM chat_messages m WHERE m.event_id = NEW.event_id
      AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_event_delete AFTER DELETE ON observability_events
WHEN typeof(OLD.triggered_at) IN ('integer', 'real') AND OLD.triggered_at BETWEEN -62135596800000 AND 253402300799999
  AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(OLD.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000)
BEGIN
  INSERT INTO figure_dirty(slot) VALUES (CAST(OLD.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_event_delete_messages AFTER DELETE ON observability_events
WHEN EXISTS (SELECT 1 FROM chat_messages m WHERE m.event_id = OLD.event_id
    AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM chat_messages m WHERE m.event_id = OLD.event_id
      AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_event_update AFTER UPDATE ON observability_events
WHEN typeof(NEW.triggered_at) IN ('integer', 'real') AND NEW.triggered_at BETWEEN -62135596800000 AND 253402300799999
  AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(NEW.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000)
BEGIN
  INSERT INTO figure_dirty(slot) VALUES (CAST(NEW.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_event_update_old AFTER UPDATE ON observability_events
WHEN NEW.triggered_at IS NOT OLD.triggered_at AND typeof(OLD.triggered_at) IN ('integer', 'real') AND OLD.triggered_at BETWEEN -62135596800000 AND 253402300799999
  AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(OLD.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000)
BEGIN
  INSERT INTO figure_dirty(slot) VALUES (CAST(OLD.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_event_update_messages AFTER UPDATE ON observability_events
WHEN EXISTS (SELECT 1 FROM chat_messages m WHERE m.event_id = NEW.event_id
    AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM chat_messages m WHERE m.event_id = NEW.event_id
      AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_event_update_old_messages AFTER UPDATE ON observability_events
WHEN NEW.event_id IS NOT OLD.event_id AND EXISTS (SELECT 1 FROM chat_messages m WHERE m.event_id = OLD.event_id
    AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM chat_messages m WHERE m.event_id = OLD.event_id
      AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_event_replace BEFORE INSERT ON observability_events
WHEN EXISTS (SELECT 1 FROM observability_events e WHERE (e.id = NEW.id OR e.event_id = NEW.event_id)
    AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM observability_events e WHERE (e.id = NEW.id OR e.event_id = NEW.event_id)
      AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_event_replace_messages BEFORE INSERT ON observability_events
WHEN EXISTS (SELECT 1 FROM observability_events e JOIN chat_messages m ON m.event_id = e.event_id WHERE (e.id = NEW.id OR e.event_id = NEW.event_id)
    AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM observability_events e JOIN chat_messages m ON m.event_id = e.event_id WHERE (e.id = NEW.id OR e.event_id = NEW.event_id)
      AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_event_oust BEFORE UPDATE OF id, event_id ON observability_events
WHEN (NEW.id <> OLD.id OR NEW.event_id <> OLD.event_id) AND EXISTS (SELECT 1 FROM observability_events e WHERE (e.id = NEW.id OR e.event_id = NEW.event_id)
    AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM observability_events e WHERE (e.id = NEW.id OR e.event_id = NEW.event_id)
      AND typeof(e.triggered_at) IN ('integer', 'real') AND e.triggered_at BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(e.triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

CREATE TRIGGER figure_dirty_event_oust_messages BEFORE UPDATE OF id, event_id ON observability_events
WHEN (NEW.id <> OLD.id OR NEW.event_id <> OLD.event_id) AND EXISTS (SELECT 1 FROM observability_events e JOIN chat_messages m ON m.event_id = e.event_id WHERE (e.id = NEW.id OR e.event_id = NEW.event_id)
    AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000))
BEGIN
  INSERT INTO figure_dirty(slot)
    SELECT DISTINCT CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM observability_events e JOIN chat_messages m ON m.event_id = e.event_id WHERE (e.id = NEW.id OR e.event_id = NEW.event_id)
      AND typeof(m.timestamp) IN ('integer', 'real') AND m.timestamp BETWEEN -62135596800000 AND 253402300799999 AND NOT EXISTS (SELECT 1 FROM figure_dirty d WHERE d.slot = CAST(m.timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000);
END;

INSERT INTO figure_dirty(slot)
  SELECT CAST(timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM chat_messages WHERE typeof(timestamp) IN ('integer', 'real') AND timestamp BETWEEN -62135596800000 AND 253402300799999
  UNION
  SELECT CAST(triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM observability_events WHERE typeof(triggered_at) IN ('integer', 'real') AND triggered_at BETWEEN -62135596800000 AND 253402300799999;

-- The look-up of a price by name and moment, newest first, reads this index in its order.
CREATE INDEX idx_cost_config_model ON analytics_cost_config(model, effective_from);

-- The views find a price by more names than before, and charge cached tokens that are counted beside the input in full.
INSERT INTO conversation_figures_dirty(conversation_id)
  SELECT f.conversation_id FROM conversation_figures f
  WHERE NOT EXISTS (SELECT 1 FROM conversation_figures_dirty d WHERE d.conversation_id = f.conversation_id);

-- Derived and disposable: the figures of analytics_events_view that are worked out of an event's steps and prices, per event, so that lists sort by cost without reading every chain.
-- A row is right where its event is not in event_figures_dirty; readers take the others from the live view.
-- Drop and refill at any moment: DELETE FROM event_figures; INSERT OR IGNORE INTO event_figures_dirty SELECT event_id FROM observability_events;
CREATE TABLE event_figures (
  event_id TEXT PRIMARY KEY,
  has_steps INTEGER NOT NULL,
  step_count INTEGER NOT NULL,
  error_count INTEGER NOT NULL,
  estimated_cost_usd REAL,
  unpriced_tokens INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE event_figures_dirty (
  event_id TEXT PRIMARY KEY
) WITHOUT ROWID;

-- NOT EXISTS instead of INSERT OR IGNORE: a conflict clause on the bot's own statement would override the latter.
CREATE TRIGGER event_figures_insert AFTER INSERT ON observability_events
WHEN NOT EXISTS (SELECT 1 FROM event_figures_dirty WHERE event_id = NEW.event_id)
BEGIN
  INSERT INTO event_figures_dirty(event_id) VALUES (NEW.event_id);
END;

CREATE TRIGGER event_figures_update AFTER UPDATE ON observability_events
BEGIN
  INSERT INTO event_figures_dirty(event_id)
    SELECT OLD.event_id WHERE NOT EXISTS (SELECT 1 FROM event_figures_dirty WHERE event_id = OLD.event_id);
  INSERT INTO event_figures_dirty(event_id)
    SELECT NEW.event_id WHERE NOT EXISTS (SELECT 1 FROM event_figures_dirty WHERE event_id = NEW.event_id);
END;

-- A row without its event does no harm until an event of that id comes again, which marks it dirty; the refresh takes it away.
CREATE TRIGGER event_figures_delete AFTER DELETE ON observability_events
WHEN NOT EXISTS (SELECT 1 FROM event_figures_dirty WHERE event_id = OLD.event_id)
BEGIN
  INSERT INTO event_figures_dirty(event_id) VALUES (OLD.event_id);
END;

-- Prices change seldom; then every cost may be another.
CREATE TRIGGER event_figures_price_insert AFTER INSERT ON analytics_cost_config
BEGIN
  INSERT INTO event_figures_dirty(event_id)
    SELECT f.event_id FROM event_figures f WHERE NOT EXISTS (SELECT 1 FROM event_figures_dirty d WHERE d.event_id = f.event_id);
END;

CREATE TRIGGER event_figures_price_update AFTER UPDATE ON analytics_cost_config
BEGIN
  INSERT INTO event_figures_dirty(event_id)
    SELECT f.event_id FROM event_figures f WHERE NOT EXISTS (SELECT 1 FROM event_figures_dirty d WHERE d.event_id = f.event_id);
END;

CREATE TRIGGER event_figures_price_delete AFTER DELETE ON analytics_cost_config
BEGIN
  INSERT INTO event_figures_dirty(event_id)
    SELECT f.event_id FROM event_figures f WHERE NOT EXISTS (SELECT 1 FROM event_figures_dirty d WHERE d.event_id = f.event_id);
END;

INSERT INTO event_figures_dirty(event_id) SELECT event_id FROM observability_events;

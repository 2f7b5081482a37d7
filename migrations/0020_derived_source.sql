-- Per derived table the signature of the views and of the format that it was made with, see Data/DerivedSources.cs; a table without a row was never looked at.
-- Triggers mark what rows change; where a later version changes a view, the signature differs at its start, and the whole table is marked dirty.
CREATE TABLE derived_source (
  name TEXT PRIMARY KEY,
  signature TEXT NOT NULL
) WITHOUT ROWID;

-- What figure_source said for figure_slots and figure_days alone.
DROP TABLE IF EXISTS figure_source;

-- A new price leaves everything of user_hours as it is but its cost, which pages reckon from the sums of figures: what a row says of cost is that of the day it was made, and nobody reads it.
-- So user_hours follows conversation_rollup instead of conversation_figures, which every price makes stale.
DROP TRIGGER IF EXISTS user_hours_follow;
CREATE TRIGGER user_hours_follow AFTER DELETE ON conversation_dirty
WHEN NOT EXISTS (SELECT 1 FROM user_hours_dirty WHERE conversation_id = OLD.conversation_id)
BEGIN
  INSERT INTO user_hours_dirty(conversation_id) VALUES (OLD.conversation_id);
END;

-- Nor does a price make agent_hours stale: which row prices a group is looked up when an hour is read, and hours within which a price begins or ends are read from the view.
DROP TRIGGER IF EXISTS agent_hours_price_insert;
DROP TRIGGER IF EXISTS agent_hours_price_replace;
DROP TRIGGER IF EXISTS agent_hours_price_delete;
DROP TRIGGER IF EXISTS agent_hours_price_update;
DROP TRIGGER IF EXISTS agent_hours_price_update_old;

-- The look-up of a price by name and moment, newest first, reads this index in its order.
CREATE INDEX idx_cost_config_model ON analytics_cost_config(model, effective_from);

-- The views look a price up by more names than before, and charge cached tokens that are counted beside the input in full, for which
-- sums now keep them as recorded. Derived and disposable: this only takes away, or marks stale, what was made before.
INSERT INTO conversation_figures_dirty(conversation_id)
  SELECT f.conversation_id FROM conversation_figures f
  WHERE NOT EXISTS (SELECT 1 FROM conversation_figures_dirty d WHERE d.conversation_id = f.conversation_id);

INSERT OR IGNORE INTO figure_dirty(slot) SELECT DISTINCT slot FROM figure_slots;
DELETE FROM figure_days;
DELETE FROM figure_slots;

INSERT OR IGNORE INTO agent_hours_dirty(hour_start) SELECT hour_start FROM agent_hours;
DELETE FROM agent_hours;

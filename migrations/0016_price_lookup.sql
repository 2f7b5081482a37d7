-- The views look a price up by more names than before, and charge cached tokens that are counted beside the input in full:
-- every kept cost may differ. Derived and disposable: this only marks it stale.
INSERT INTO conversation_figures_dirty(conversation_id)
  SELECT f.conversation_id FROM conversation_figures f
  WHERE NOT EXISTS (SELECT 1 FROM conversation_figures_dirty d WHERE d.conversation_id = f.conversation_id);

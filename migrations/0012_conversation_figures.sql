-- Derived and disposable, like conversation_rollup: the figures of analytics_conversations_view that depend on prices or are only shown, per conversation.
-- They are apart from conversation_rollup because a new price makes all of them stale at once, while lists must still filter and sort.
-- A row is right where the conversation is neither in conversation_dirty nor in conversation_figures_dirty; readers take the others from the live view.
-- Drop and refill at any moment: DELETE FROM conversation_figures; INSERT OR IGNORE INTO conversation_figures_dirty SELECT DISTINCT session_id FROM chat_messages;
CREATE TABLE conversation_figures (
  conversation_id TEXT PRIMARY KEY,
  created_at INTEGER,
  updated_at INTEGER,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  cached_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  estimated_cost_usd REAL,
  unpriced_tokens INTEGER NOT NULL
) WITHOUT ROWID;

-- An unknown cost sorts below every known one.
CREATE INDEX idx_conv_figures_cost ON conversation_figures(COALESCE(estimated_cost_usd, -1), conversation_id);

CREATE TABLE conversation_figures_dirty (
  conversation_id TEXT PRIMARY KEY
) WITHOUT ROWID;

-- Nothing more on the bot's own writes: a conversation leaves conversation_dirty when its roll-up is fresh, and its figures follow.
CREATE TRIGGER conversation_figures_follow AFTER DELETE ON conversation_dirty
WHEN NOT EXISTS (SELECT 1 FROM conversation_figures_dirty WHERE conversation_id = OLD.conversation_id)
BEGIN
  INSERT INTO conversation_figures_dirty(conversation_id) VALUES (OLD.conversation_id);
END;

CREATE TRIGGER conversation_figures_price_insert AFTER INSERT ON analytics_cost_config
BEGIN
  INSERT INTO conversation_figures_dirty(conversation_id)
    SELECT f.conversation_id FROM conversation_figures f
    WHERE NOT EXISTS (SELECT 1 FROM conversation_figures_dirty d WHERE d.conversation_id = f.conversation_id);
END;

CREATE TRIGGER conversation_figures_price_update AFTER UPDATE ON analytics_cost_config
BEGIN
  INSERT INTO conversation_figures_dirty(conversation_id)
    SELECT f.conversation_id FROM conversation_figures f
    WHERE NOT EXISTS (SELECT 1 FROM conversation_figures_dirty d WHERE d.conversation_id = f.conversation_id);
END;

CREATE TRIGGER conversation_figures_price_delete AFTER DELETE ON analytics_cost_config
BEGIN
  INSERT INTO conversation_figures_dirty(conversation_id)
    SELECT f.conversation_id FROM conversation_figures f
    WHERE NOT EXISTS (SELECT 1 FROM conversation_figures_dirty d WHERE d.conversation_id = f.conversation_id);
END;

-- Counts per filter value read this index alone.
CREATE INDEX idx_conv_rollup_facets ON conversation_rollup(is_archived, last_message_at, conversation_id, platform, visibility, models, error_count, user_id, username, message_count, total_tokens);

-- Archived and not together, newest first.
CREATE INDEX idx_conv_rollup_any_last ON conversation_rollup(last_message_at, conversation_id);

INSERT INTO conversation_figures_dirty(conversation_id) SELECT DISTINCT session_id FROM chat_messages;

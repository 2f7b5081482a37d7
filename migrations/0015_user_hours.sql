-- Derived and disposable: holds analytics_user_hourly_view's own output per conversation, so that figures per user over any range are sums of few rows.
-- It follows conversation_figures: a conversation whose figures are stale or were just refreshed is dirty here, and readers take it from the live view.
-- A row is right where its conversation is in none of conversation_dirty, conversation_figures_dirty and user_hours_dirty.
-- Drop and refill at any moment: DELETE FROM user_hours; INSERT OR IGNORE INTO user_hours_dirty SELECT DISTINCT session_id FROM chat_messages;
CREATE TABLE user_hours (
  conversation_id TEXT NOT NULL,
  user_id TEXT,
  username TEXT,
  platform TEXT,
  is_archived INTEGER NOT NULL,
  period_start INTEGER,
  message_count INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  cached_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  total_tokens INTEGER NOT NULL,
  estimated_cost_usd REAL,
  unpriced_tokens INTEGER NOT NULL,
  first_message_at INTEGER,
  last_message_at INTEGER
);

CREATE INDEX idx_user_hours_conversation ON user_hours(conversation_id);
-- Sums per user over any range, and a user's names and platforms, read this index alone: it is in the order of the grouping, which costs less than to look up the hours of a range.
CREATE INDEX idx_user_hours_user ON user_hours(user_id, conversation_id, period_start, is_archived, platform, username, message_count,
  input_tokens, output_tokens, cached_tokens, reasoning_tokens, total_tokens, estimated_cost_usd, unpriced_tokens, first_message_at, last_message_at);

CREATE TABLE user_hours_dirty (
  conversation_id TEXT PRIMARY KEY
) WITHOUT ROWID;

-- Nothing more on the bot's own writes: a conversation leaves conversation_figures_dirty when its figures are fresh, and its hours follow.
CREATE TRIGGER user_hours_follow AFTER DELETE ON conversation_figures_dirty
WHEN NOT EXISTS (SELECT 1 FROM user_hours_dirty WHERE conversation_id = OLD.conversation_id)
BEGIN
  INSERT INTO user_hours_dirty(conversation_id) VALUES (OLD.conversation_id);
END;

-- The errors that a user met, newest first, and how many each user met.
CREATE INDEX idx_obs_user_errors ON observability_events(user_id, triggered_at DESC, id DESC) WHERE status = 'error';

-- Sums per user over a short range read this index alone: only the hours of the range, where idx_user_hours_user reads all hours in the order of the grouping.
CREATE INDEX idx_user_hours_time ON user_hours(period_start, user_id, conversation_id, is_archived, platform, message_count,
  input_tokens, output_tokens, cached_tokens, reasoning_tokens, total_tokens, estimated_cost_usd, unpriced_tokens, first_message_at, last_message_at);

-- A user's names and platforms, one of each after the other.
CREATE INDEX idx_user_hours_names ON user_hours(user_id, username, platform, last_message_at);

INSERT INTO user_hours_dirty(conversation_id) SELECT DISTINCT session_id FROM chat_messages;

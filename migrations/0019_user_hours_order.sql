-- Derived and disposable, like user_hours itself.
-- Sums per user over a short range read this index alone: only the hours of the range, where idx_user_hours_user reads all hours in the order of the grouping.
CREATE INDEX idx_user_hours_time ON user_hours(period_start, user_id, conversation_id, is_archived, platform, message_count,
  input_tokens, output_tokens, cached_tokens, reasoning_tokens, total_tokens, estimated_cost_usd, unpriced_tokens, first_message_at, last_message_at);

-- A user's names and platforms, one of each after the other.
CREATE INDEX idx_user_hours_names ON user_hours(user_id, username, platform, last_message_at);

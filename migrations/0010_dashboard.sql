-- What the dashboard adds to the two sources: indexes, and what keeps the bot's rows right.

-- For providers that count cached tokens beside the input (0) instead of inside it (1).
ALTER TABLE analytics_cost_config ADD COLUMN cached_in_input INTEGER NOT NULL DEFAULT 1;

-- Rows from before the trigger below. The default 'telegram' also stands on rows of other platforms.
UPDATE chat_messages SET
  user_id = COALESCE(user_id, NULLIF(CASE
    WHEN instr(session_id, ':') = 0 THEN NULL
    WHEN instr(substr(session_id, instr(session_id, ':') + 1), ':') = 0 THEN substr(session_id, instr(session_id, ':') + 1)
    ELSE substr(substr(session_id, instr(session_id, ':') + 1), 1, instr(substr(session_id, instr(session_id, ':') + 1), ':') - 1) END, '')),
  chat_id = COALESCE(chat_id, NULLIF(CASE
    WHEN instr(session_id, ':') = 0 OR instr(substr(session_id, instr(session_id, ':') + 1), ':') = 0 THEN NULL
    ELSE substr(substr(session_id, instr(session_id, ':') + 1), instr(substr(session_id, instr(session_id, ':') + 1), ':') + 1) END, '')),
  platform = CASE
    WHEN COALESCE(platform, 'telegram') <> 'telegram' THEN platform
    WHEN session_id IN ('telegram', 'github', 'api', 'cli') THEN session_id
    WHEN instr(session_id, ':') BETWEEN 2 AND 33 THEN substr(session_id, 1, instr(session_id, ':') - 1)
    ELSE COALESCE(platform, 'telegram') END;

-- One id for one message: of rows that share one, the oldest keeps it; the others keep it under metadata.$.legacy.message_id.
UPDATE chat_messages SET
  metadata = CASE WHEN message_id = '' THEN metadata ELSE json_patch(
    CASE
      WHEN metadata IS NULL THEN '{}'
      WHEN CASE WHEN typeof(metadata) = 'text' AND json_valid(metadata)
           THEN json_type(metadata) = 'object' AND COALESCE(json_type(metadata, '$.legacy'), 'object') = 'object' ELSE 0 END THEN metadata
      ELSE json_object('legacy', json_object('own_metadata', CASE typeof(metadata) WHEN 'blob' THEN hex(metadata) ELSE metadata END))
    END,
    json_object('legacy', json_object('message_id', CASE typeof(message_id) WHEN 'blob' THEN hex(message_id) ELSE message_id END))) END,
  message_id = NULL
WHERE message_id = ''
  OR id IN (
    SELECT s.id FROM chat_messages s
    JOIN (SELECT message_id, MIN(id) AS first_id FROM chat_messages WHERE message_id IS NOT NULL GROUP BY message_id HAVING COUNT(*) > 1) d
      ON d.message_id = s.message_id AND s.id > d.first_id);

-- Before the fill below, which looks rows up by both.
CREATE INDEX idx_chat_msg_session ON chat_messages(session_id, sequence, id);
CREATE UNIQUE INDEX idx_chat_msg_message_id ON chat_messages(message_id);

-- A made-up id is a function of the session and the sequence, so that it is the same after the bot rewrites the session.
-- Only of a text and a whole number: then no two pairs make the same id.
-- The + keeps SQLite from looking up NULL in the unique index, which it takes for one row and which is all of them.
UPDATE chat_messages SET message_id = session_id || '/' || sequence
WHERE message_id IS NULL
  AND typeof(session_id) = 'text' AND typeof(sequence) = 'integer'
  AND id = (SELECT MIN(s.id) FROM chat_messages s WHERE s.session_id = chat_messages.session_id AND s.sequence = chat_messages.sequence AND +s.message_id IS NULL)
  AND NOT EXISTS (SELECT 1 FROM chat_messages t WHERE t.message_id = chat_messages.session_id || '/' || chat_messages.sequence);
UPDATE chat_messages SET message_id = lower(hex(randomblob(16))) WHERE message_id IS NULL;

CREATE INDEX idx_chat_msg_event ON chat_messages(event_id) WHERE event_id IS NOT NULL;
CREATE INDEX idx_chat_msg_time ON chat_messages(timestamp DESC, id DESC);
CREATE INDEX idx_chat_msg_user_time ON chat_messages(user_id, timestamp DESC, id DESC);
CREATE INDEX idx_chat_msg_platform_time ON chat_messages(platform, timestamp DESC, id DESC);
CREATE INDEX idx_chat_msg_visibility ON chat_messages(visibility) WHERE visibility = 'public';

CREATE INDEX idx_obs_time ON observability_events(triggered_at DESC, id DESC);
-- Counts and durations of a range of events read this index alone, not the rows with their long texts.
CREATE INDEX idx_obs_counts ON observability_events(triggered_at, status, app_source, event_type, duration_ms);
CREATE INDEX idx_obs_user_time ON observability_events(user_id, triggered_at DESC, id DESC);
CREATE INDEX idx_obs_status_time ON observability_events(status, triggered_at DESC, id DESC);
CREATE INDEX idx_obs_duration ON observability_events(duration_ms DESC, id DESC);
CREATE INDEX idx_obs_tokens ON observability_events(total_tokens DESC, id DESC);
-- Events with steps by time; the JSON itself is not in the index.
CREATE INDEX idx_obs_agents ON observability_events(triggered_at DESC, id DESC) WHERE agents IS NOT NULL;

-- The bot inserts neither ids nor user nor platform. This fills them at once and cannot fail the bot's INSERT:
-- every value it writes is checked before, so that no conflict clause of the outer statement comes into play.
CREATE TRIGGER chat_messages_fill AFTER INSERT ON chat_messages
WHEN NEW.message_id IS NULL OR NEW.user_id IS NULL OR NEW.chat_id IS NULL OR NEW.platform IS NULL
  OR (NEW.platform = 'telegram' AND substr(NEW.session_id, 1, 9) <> 'telegram:')
BEGIN
  UPDATE chat_messages SET
    message_id = CASE
      WHEN NEW.message_id IS NOT NULL THEN NEW.message_id
      WHEN EXISTS (SELECT 1 FROM chat_messages t WHERE t.message_id = NEW.session_id || '/' || NEW.sequence) THEN lower(hex(randomblob(16)))
      ELSE NEW.session_id || '/' || NEW.sequence END,
    user_id = COALESCE(NEW.user_id, NULLIF(CASE
      WHEN instr(NEW.session_id, ':') = 0 THEN NULL
      WHEN instr(substr(NEW.session_id, instr(NEW.session_id, ':') + 1), ':') = 0 THEN substr(NEW.session_id, instr(NEW.session_id, ':') + 1)
      ELSE substr(substr(NEW.session_id, instr(NEW.session_id, ':') + 1), 1, instr(substr(NEW.session_id, instr(NEW.session_id, ':') + 1), ':') - 1) END, '')),
    chat_id = COALESCE(NEW.chat_id, NULLIF(CASE
      WHEN instr(NEW.session_id, ':') = 0 OR instr(substr(NEW.session_id, instr(NEW.session_id, ':') + 1), ':') = 0 THEN NULL
      ELSE substr(substr(NEW.session_id, instr(NEW.session_id, ':') + 1), instr(substr(NEW.session_id, instr(NEW.session_id, ':') + 1), ':') + 1) END, '')),
    platform = CASE
      WHEN COALESCE(NEW.platform, 'telegram') <> 'telegram' THEN NEW.platform
      WHEN NEW.session_id IN ('telegram', 'github', 'api', 'cli') THEN NEW.session_id
      WHEN instr(NEW.session_id, ':') BETWEEN 2 AND 33 THEN substr(NEW.session_id, 1, instr(NEW.session_id, ':') - 1)
      ELSE COALESCE(NEW.platform, 'telegram') END
  WHERE id = NEW.id;
END;

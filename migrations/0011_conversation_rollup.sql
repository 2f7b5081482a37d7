-- Derived and disposable: holds analytics_conversations_view's own output per conversation, so that lists can sort
-- and filter by an index. Triggers only mark a conversation dirty; a reader takes dirty ones from the live view.
-- Drop and refill at any moment: DELETE FROM conversation_rollup; INSERT INTO conversation_dirty SELECT DISTINCT session_id FROM chat_messages;
CREATE TABLE conversation_rollup (
  conversation_id TEXT PRIMARY KEY,
  user_id TEXT,
  platform TEXT,
  visibility TEXT NOT NULL,
  is_archived INTEGER NOT NULL,
  message_count INTEGER NOT NULL,
  total_tokens INTEGER NOT NULL,
  first_message_at INTEGER NOT NULL,
  last_message_at INTEGER NOT NULL,
  username TEXT,
  models TEXT,
  error_count INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX idx_conv_rollup_last ON conversation_rollup(is_archived, last_message_at, conversation_id);
CREATE INDEX idx_conv_rollup_first ON conversation_rollup(is_archived, first_message_at, conversation_id);
CREATE INDEX idx_conv_rollup_messages ON conversation_rollup(is_archived, message_count, conversation_id);
CREATE INDEX idx_conv_rollup_tokens ON conversation_rollup(is_archived, total_tokens, conversation_id);
CREATE INDEX idx_conv_rollup_user ON conversation_rollup(user_id, last_message_at, conversation_id);
CREATE INDEX idx_conv_rollup_error ON conversation_rollup(is_archived, last_message_at, conversation_id) WHERE error_count > 0;

CREATE TABLE conversation_dirty (
  conversation_id TEXT PRIMARY KEY
) WITHOUT ROWID;

-- NOT EXISTS instead of INSERT OR IGNORE: a conflict clause on the bot's own statement would override the latter.
CREATE TRIGGER conversation_dirty_insert AFTER INSERT ON chat_messages
WHEN NOT EXISTS (SELECT 1 FROM conversation_dirty WHERE conversation_id = NEW.session_id)
BEGIN
  INSERT INTO conversation_dirty(conversation_id) VALUES (NEW.session_id);
END;

-- INSERT OR REPLACE deletes the row that stands in its way without firing a delete trigger. (An id that the statement leaves out is -1 here.)
CREATE TRIGGER conversation_dirty_replace BEFORE INSERT ON chat_messages
WHEN NEW.message_id IS NOT NULL OR NEW.id > 0
BEGIN
  INSERT INTO conversation_dirty(conversation_id)
    SELECT DISTINCT m.session_id FROM chat_messages m
    WHERE (m.id = NEW.id OR m.message_id = NEW.message_id) AND NOT EXISTS (SELECT 1 FROM conversation_dirty d WHERE d.conversation_id = m.session_id);
END;

CREATE TRIGGER conversation_dirty_delete AFTER DELETE ON chat_messages
WHEN NOT EXISTS (SELECT 1 FROM conversation_dirty WHERE conversation_id = OLD.session_id)
BEGIN
  INSERT INTO conversation_dirty(conversation_id) VALUES (OLD.session_id);
END;

CREATE TRIGGER conversation_dirty_update AFTER UPDATE ON chat_messages
BEGIN
  INSERT INTO conversation_dirty(conversation_id)
    SELECT OLD.session_id WHERE NOT EXISTS (SELECT 1 FROM conversation_dirty WHERE conversation_id = OLD.session_id);
  INSERT INTO conversation_dirty(conversation_id)
    SELECT NEW.session_id WHERE NOT EXISTS (SELECT 1 FROM conversation_dirty WHERE conversation_id = NEW.session_id);
END;

-- A conversation's user name, models and error count come from its events too.
CREATE TRIGGER conversation_dirty_event_insert AFTER INSERT ON observability_events
BEGIN
  INSERT INTO conversation_dirty(conversation_id)
    SELECT DISTINCT m.session_id FROM chat_messages m
    WHERE m.event_id = NEW.event_id AND NOT EXISTS (SELECT 1 FROM conversation_dirty d WHERE d.conversation_id = m.session_id);
END;

CREATE TRIGGER conversation_dirty_event_update AFTER UPDATE ON observability_events
BEGIN
  INSERT INTO conversation_dirty(conversation_id)
    SELECT DISTINCT m.session_id FROM chat_messages m
    WHERE m.event_id IN (OLD.event_id, NEW.event_id) AND NOT EXISTS (SELECT 1 FROM conversation_dirty d WHERE d.conversation_id = m.session_id);
END;

CREATE TRIGGER conversation_dirty_event_delete AFTER DELETE ON observability_events
BEGIN
  INSERT INTO conversation_dirty(conversation_id)
    SELECT DISTINCT m.session_id FROM chat_messages m
    WHERE m.event_id = OLD.event_id AND NOT EXISTS (SELECT 1 FROM conversation_dirty d WHERE d.conversation_id = m.session_id);
END;

INSERT INTO conversation_dirty(conversation_id) SELECT DISTINCT session_id FROM chat_messages;

-- What a person says of messages outlives the bot's rewrite of a session (DELETE, then INSERT of all of it), and every change can be undone.

-- Authored by a person: visibility, archive and pin of messages that were deleted. A message that is inserted again takes its own back.
-- No unique key and no NOT NULL: nothing here can fail the bot's statements.
CREATE TABLE message_marks (
  id INTEGER PRIMARY KEY,
  session_id TEXT,
  sequence INTEGER,
  role TEXT,
  content TEXT,
  visibility TEXT,
  is_archived INTEGER,
  is_pinned INTEGER,
  updated_at INTEGER
);
CREATE INDEX idx_message_marks_session ON message_marks(session_id);

CREATE TRIGGER message_marks_keep AFTER DELETE ON chat_messages
WHEN COALESCE(OLD.visibility, 'private') <> 'private' OR COALESCE(OLD.is_archived, 0) <> 0 OR COALESCE(OLD.is_pinned, 0) <> 0
BEGIN
  DELETE FROM message_marks WHERE session_id = OLD.session_id AND sequence IS OLD.sequence AND role IS OLD.role AND content IS OLD.content;
  INSERT INTO message_marks(session_id, sequence, role, content, visibility, is_archived, is_pinned, updated_at)
    VALUES (OLD.session_id, OLD.sequence, OLD.role, OLD.content, OLD.visibility, OLD.is_archived, OLD.is_pinned, OLD.updated_at);
END;

-- The same text takes its marks wherever it stands now, its old place first. Another text in the same place takes pin and archive,
-- never the visibility: nothing that a person has not seen becomes more public.
CREATE TRIGGER message_marks_return AFTER INSERT ON chat_messages
WHEN NEW.updated_at IS NULL AND COALESCE(NEW.visibility, 'private') = 'private' AND COALESCE(NEW.is_archived, 0) = 0 AND COALESCE(NEW.is_pinned, 0) = 0
  AND EXISTS (SELECT 1 FROM message_marks k WHERE k.session_id = NEW.session_id AND k.role IS NEW.role AND (k.content IS NEW.content OR k.sequence IS NEW.sequence))
BEGIN
  UPDATE chat_messages SET
    (visibility, is_archived, is_pinned, updated_at) = (
      SELECT CASE WHEN k.content IS NEW.content THEN k.visibility ELSE NEW.visibility END, k.is_archived, k.is_pinned, k.updated_at
      FROM message_marks k
      WHERE k.session_id = NEW.session_id AND k.role IS NEW.role AND (k.content IS NEW.content OR k.sequence IS NEW.sequence)
      ORDER BY k.content IS NEW.content DESC, k.sequence IS NEW.sequence DESC, k.id LIMIT 1)
  WHERE id = NEW.id;
  DELETE FROM message_marks WHERE id = (
    SELECT k.id FROM message_marks k
    WHERE k.session_id = NEW.session_id AND k.role IS NEW.role AND (k.content IS NEW.content OR k.sequence IS NEW.sequence)
    ORDER BY k.content IS NEW.content DESC, k.sequence IS NEW.sequence DESC, k.id LIMIT 1);
END;

-- A change by a person that can be undone: what it set, and below what stood before. Kept for an hour.
CREATE TABLE annotation_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at INTEGER NOT NULL,
  title TEXT,
  summary TEXT,
  is_starred INTEGER,
  visibility TEXT,
  is_archived INTEGER,
  is_pinned INTEGER
);

CREATE TABLE annotation_former_conversations (
  change_id INTEGER NOT NULL,
  conversation_id TEXT NOT NULL,
  existed INTEGER NOT NULL,
  title TEXT,
  summary TEXT,
  is_starred INTEGER,
  updated_at INTEGER,
  PRIMARY KEY (change_id, conversation_id)
) WITHOUT ROWID;

CREATE TABLE annotation_former_messages (
  change_id INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  visibility TEXT,
  is_archived INTEGER,
  is_pinned INTEGER,
  updated_at INTEGER,
  PRIMARY KEY (change_id, message_id)
) WITHOUT ROWID;

-- The columns that make chat_messages the one source of messages.
-- SQLite cannot add a UNIQUE column: message_id is added plain here and gets its unique index in 0010, after it is filled.
ALTER TABLE chat_messages ADD COLUMN message_id TEXT;
ALTER TABLE chat_messages ADD COLUMN platform TEXT DEFAULT 'telegram';
ALTER TABLE chat_messages ADD COLUMN user_id TEXT;
ALTER TABLE chat_messages ADD COLUMN username TEXT;
ALTER TABLE chat_messages ADD COLUMN chat_id TEXT;
ALTER TABLE chat_messages ADD COLUMN visibility TEXT DEFAULT 'private';
ALTER TABLE chat_messages ADD COLUMN is_archived INTEGER DEFAULT 0;
ALTER TABLE chat_messages ADD COLUMN is_pinned INTEGER DEFAULT 0;
ALTER TABLE chat_messages ADD COLUMN cached_tokens INTEGER DEFAULT 0;
ALTER TABLE chat_messages ADD COLUMN reasoning_tokens INTEGER DEFAULT 0;
ALTER TABLE chat_messages ADD COLUMN model TEXT;
ALTER TABLE chat_messages ADD COLUMN metadata TEXT;
ALTER TABLE chat_messages ADD COLUMN updated_at INTEGER;

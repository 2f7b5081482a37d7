-- Derived and disposable: the full-text index over chat_messages.content, kept by triggers. Two parts:
-- search_words holds the words of every message, without case and accents; search_runs holds every three characters in a row
-- of the messages in scripts that put no spaces between words, or whose words take their neighbours in (Chinese, Japanese,
-- Thai, Korean, Arabic, Hindi, …). No option here is younger than SQLite 3.34: the bot's own SQLite runs these triggers.
-- search_runs reads a text up to its first zero character, where it has one: SQLite's tokenizer goes no further.
-- A row's number in the index is its second of time, then its id: the index itself is in the order in which hits are shown.
-- Messages up to missing_up_to are not in the index yet: they are searched one by one, and added in the background, newest first.
-- Messages whose id has no place in 31 bits never are. Both are left out of the two views that say what the index holds.
-- Drop and refill at any moment: INSERT INTO search_words(search_words) VALUES ('delete-all'); the same for search_runs;
-- UPDATE search_build SET missing_up_to = (SELECT MAX(id) FROM chat_messages), highest = missing_up_to.
CREATE TABLE search_build (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  missing_up_to INTEGER NOT NULL,
  highest INTEGER NOT NULL
);

INSERT INTO search_build(id, missing_up_to, highest)
  SELECT 1, COALESCE(MAX(id), -9223372036854775808), COALESCE(MAX(id), 0) FROM chat_messages;

CREATE VIRTUAL TABLE search_words USING fts5(content, content = 'searched_words_view', content_rowid = 'search_id', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE search_runs USING fts5(content, content = 'searched_runs_view', content_rowid = 'search_id', columnsize = 0, detail = none, tokenize = 'trigram');

-- For words of one or two characters: which messages hold a term that begins with them.
CREATE VIRTUAL TABLE search_run_terms USING fts5vocab(search_runs, instance);

CREATE TRIGGER search_insert AFTER INSERT ON chat_messages
BEGIN
  INSERT INTO search_words(rowid, content) SELECT v.search_id, v.content FROM searched_words_view v WHERE v.id = NEW.id;
  INSERT INTO search_runs(rowid, content) SELECT v.search_id, v.content FROM searched_runs_view v WHERE v.id = NEW.id;
END;

-- An external-content index must be told what it held.
CREATE TRIGGER search_delete AFTER DELETE ON chat_messages
WHEN OLD.id BETWEEN 0 AND 2147483647 AND OLD.id > (SELECT missing_up_to FROM search_build)
BEGIN
  INSERT INTO search_words(search_words, rowid, content) VALUES ('delete', ((CASE WHEN typeof(OLD.timestamp) IN ('integer', 'real') THEN MIN(MAX(CAST(OLD.timestamp AS INTEGER) / 1000, 0), 4294967295) ELSE 4294967295 END << 31) | OLD.id), OLD.content);
  INSERT INTO search_runs(search_runs, rowid, content)
    SELECT 'delete', ((CASE WHEN typeof(OLD.timestamp) IN ('integer', 'real') THEN MIN(MAX(CAST(OLD.timestamp AS INTEGER) / 1000, 0), 4294967295) ELSE 4294967295 END << 31) | OLD.id), substr(CAST(OLD.content AS TEXT), 1, instr(OLD.content || char(0), char(0)) - 1) || '  ' WHERE OLD.content GLOB '*[' || char(1424, 45, 7423, 11264, 45, 55295, 63744, 45, 65023, 65136, 45, 65500, 65536, 45, 126975, 131072, 45, 262143) || ']*';
END;

-- The time is part of a row's number in the index. What fills in users and platforms changes neither column and does not come here.
CREATE TRIGGER search_update AFTER UPDATE OF content, timestamp, id ON chat_messages
WHEN OLD.content IS NOT NEW.content OR OLD.timestamp IS NOT NEW.timestamp OR OLD.id IS NOT NEW.id
BEGIN
  INSERT INTO search_words(search_words, rowid, content)
    SELECT 'delete', ((CASE WHEN typeof(OLD.timestamp) IN ('integer', 'real') THEN MIN(MAX(CAST(OLD.timestamp AS INTEGER) / 1000, 0), 4294967295) ELSE 4294967295 END << 31) | OLD.id), OLD.content
    WHERE OLD.id BETWEEN 0 AND 2147483647 AND OLD.id > (SELECT missing_up_to FROM search_build);
  INSERT INTO search_runs(search_runs, rowid, content)
    SELECT 'delete', ((CASE WHEN typeof(OLD.timestamp) IN ('integer', 'real') THEN MIN(MAX(CAST(OLD.timestamp AS INTEGER) / 1000, 0), 4294967295) ELSE 4294967295 END << 31) | OLD.id), substr(CAST(OLD.content AS TEXT), 1, instr(OLD.content || char(0), char(0)) - 1) || '  '
    WHERE OLD.id BETWEEN 0 AND 2147483647 AND OLD.id > (SELECT missing_up_to FROM search_build) AND OLD.content GLOB '*[' || char(1424, 45, 7423, 11264, 45, 55295, 63744, 45, 65023, 65136, 45, 65500, 65536, 45, 126975, 131072, 45, 262143) || ']*';
  INSERT INTO search_words(rowid, content) SELECT v.search_id, v.content FROM searched_words_view v WHERE v.id = NEW.id;
  INSERT INTO search_runs(rowid, content) SELECT v.search_id, v.content FROM searched_runs_view v WHERE v.id = NEW.id;
END;

-- Who may come in: API keys by their hashes, and sign-ins that were ended before they expired. Neither is derived from anything.
CREATE TABLE api_keys (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  -- SHA-256 of the key's text, 64 hexadecimal digits in lower case; the key itself is kept nowhere.
  sha256 TEXT NOT NULL UNIQUE,
  -- Of read, ingest, admin, separated by spaces.
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- Unix ms, written by the minute.
  last_used_at INTEGER
);

CREATE TABLE ended_sign_ins (
  id TEXT PRIMARY KEY,
  -- Unix ms; the row is of no use afterwards.
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Dated prices per model, in USD per 1,000 tokens. Configuration, not data: it stays when the duplicate tables go.
CREATE TABLE IF NOT EXISTS analytics_cost_config (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  model TEXT NOT NULL,
  provider TEXT NOT NULL,
  input_cost_per_1k REAL NOT NULL,
  output_cost_per_1k REAL NOT NULL,
  cached_cost_per_1k REAL DEFAULT 0,
  reasoning_cost_per_1k REAL DEFAULT 0,
  effective_from INTEGER NOT NULL,
  effective_to INTEGER,
  notes TEXT,
  created_at INTEGER NOT NULL,
  created_by TEXT,
  UNIQUE (model, provider, effective_from)
);

-- History: sums that were computed ahead. 0009 drops them; the daily views compute them.
CREATE TABLE IF NOT EXISTS analytics_token_aggregates (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  aggregate_type TEXT NOT NULL,
  aggregate_key TEXT,
  period_type TEXT NOT NULL,
  period_start INTEGER NOT NULL,
  period_end INTEGER NOT NULL,
  input_tokens INTEGER DEFAULT 0,
  output_tokens INTEGER DEFAULT 0,
  total_tokens INTEGER DEFAULT 0,
  cached_tokens INTEGER DEFAULT 0,
  reasoning_tokens INTEGER DEFAULT 0,
  message_count INTEGER DEFAULT 0,
  user_message_count INTEGER DEFAULT 0,
  assistant_message_count INTEGER DEFAULT 0,
  event_count INTEGER DEFAULT 0,
  session_count INTEGER DEFAULT 0,
  estimated_cost_usd REAL DEFAULT 0,
  last_computed_at INTEGER,
  created_at INTEGER NOT NULL
);

-- History: one row per conversation. 0009 moves what a person wrote to conversation_annotations and drops it.
CREATE TABLE IF NOT EXISTS analytics_conversations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id TEXT UNIQUE NOT NULL,
  user_id TEXT,
  platform TEXT,
  title TEXT,
  summary TEXT,
  visibility TEXT DEFAULT 'private',
  is_archived INTEGER DEFAULT 0,
  is_starred INTEGER DEFAULT 0,
  message_count INTEGER DEFAULT 0,
  session_count INTEGER DEFAULT 0,
  total_tokens INTEGER DEFAULT 0,
  first_message_at INTEGER,
  last_message_at INTEGER,
  created_at INTEGER,
  updated_at INTEGER,
  metadata TEXT
);

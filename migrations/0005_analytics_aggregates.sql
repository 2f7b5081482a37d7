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

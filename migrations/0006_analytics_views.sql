-- History: the first views. They hold no data; 0009 drops them and migrations/views/ says what every number means today.
CREATE VIEW IF NOT EXISTS chat_session_stats AS
SELECT session_id, COUNT(*) AS message_count, MIN(timestamp) AS first_message_at, MAX(timestamp) AS last_message_at
FROM chat_messages
GROUP BY session_id;

CREATE VIEW IF NOT EXISTS analytics_session_stats AS
SELECT session_id, conversation_id, COUNT(*) AS message_count, SUM(input_tokens) AS input_tokens, SUM(output_tokens) AS output_tokens
FROM analytics_messages
GROUP BY session_id;

CREATE VIEW IF NOT EXISTS observability_daily_metrics AS
SELECT date(triggered_at / 1000, 'unixepoch') AS date, app_source, COUNT(*) AS event_count, SUM(total_tokens) AS total_tokens
FROM observability_events
GROUP BY date, app_source;

-- Derived and disposable: counts and durations of a range of events read this index alone, not the rows with their long texts.
CREATE INDEX idx_obs_counts ON observability_events(triggered_at, status, app_source, event_type, duration_ms);

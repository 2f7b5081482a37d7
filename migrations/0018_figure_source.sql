-- The signature of the views and of the format that figure_slots and figure_days were made with; no row where they were never made.
-- Sums of another signature are not read, and made anew in the background: a view that changes its meaning needs no migration for them.
CREATE TABLE figure_source (
  signature TEXT NOT NULL
);

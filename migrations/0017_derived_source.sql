-- Per derived table the signature of the views and of the format that it was made with, see Data/DerivedSources.cs; a table without a row was never looked at.
-- Triggers mark what rows change; where a later version changes a view, the signature differs at its start, and the whole table is marked dirty.
CREATE TABLE derived_source (
  name TEXT PRIMARY KEY,
  signature TEXT NOT NULL
) WITHOUT ROWID;

-- What figure_source said for figure_slots and figure_days alone.
DROP TABLE IF EXISTS figure_source;

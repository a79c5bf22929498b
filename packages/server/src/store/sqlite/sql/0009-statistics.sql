-- Figures of times that are over, by flow definition and time, which the key says; the newest rows are read in ranges of keys.
CREATE TABLE statistics (
  id TEXT PRIMARY KEY,
  figures TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- oldest program: 2
-- Figures of times that are over, by flow definition and time, which the key says; the newest rows are read in ranges of keys.
-- An older program that runs beside counts nothing and is counted.
CREATE TABLE statistics (
  id TEXT COLLATE "C" PRIMARY KEY,
  figures TEXT NOT NULL,
  version BIGINT NOT NULL
);

-- What happened to a human loop and stands in no other row; never changed, gone with the loop's answers.
CREATE TABLE human_loop_events (
  id TEXT PRIMARY KEY,
  human_loop_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  happened_at INTEGER NOT NULL,
  subject TEXT,
  details TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX human_loop_events_by_loop ON human_loop_events (human_loop_id, happened_at, id);

-- Operators look at the loops of all flow definitions together: all of them, and those that are not Completed.
CREATE INDEX human_loops_by_time ON human_loops (created_at, id);
CREATE INDEX human_loops_not_completed ON human_loops (status, created_at, id) WHERE status <> 'Completed';

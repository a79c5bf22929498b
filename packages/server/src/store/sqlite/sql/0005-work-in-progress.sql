-- An answer can be taken back until it is final; null is final from its submission on.
ALTER TABLE answers ADD COLUMN final_at INTEGER;
-- What a worker answered lately.
CREATE INDEX answers_by_worker ON answers (worker_id, submitted_at, assignment_id);

ALTER TABLE assignments ADD COLUMN decline_reason TEXT;
ALTER TABLE assignments ADD COLUMN decline_note TEXT;

-- What workers have entered so far.
CREATE TABLE drafts (
  id TEXT PRIMARY KEY,
  human_loop_id TEXT NOT NULL,
  task_id TEXT NOT NULL,
  worker_id TEXT NOT NULL,
  content TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_by_loop ON drafts (human_loop_id);

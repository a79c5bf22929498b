-- oldest program: 2
-- An answer can be taken back until it is final; null is final from its submission on. An older program that still runs
-- beside makes answers that are final at once, and knows no drafts, which stay until the loop is purged by a newer one.
ALTER TABLE answers ADD COLUMN final_at BIGINT;
-- What a worker answered lately.
CREATE INDEX answers_by_worker ON answers (worker_id, submitted_at, assignment_id);

ALTER TABLE assignments ADD COLUMN decline_reason TEXT COLLATE "C";
ALTER TABLE assignments ADD COLUMN decline_note TEXT;

-- What workers have entered so far.
CREATE TABLE drafts (
  id TEXT COLLATE "C" PRIMARY KEY,
  human_loop_id TEXT COLLATE "C" NOT NULL,
  task_id TEXT COLLATE "C" NOT NULL,
  worker_id TEXT COLLATE "C" NOT NULL,
  content TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX drafts_by_loop ON drafts (human_loop_id);

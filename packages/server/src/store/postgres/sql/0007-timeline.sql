-- oldest program: 2
-- What happened to a human loop and stands in no other row; never changed, gone with the loop's answers. An older program that
-- still runs beside writes none; of a loop that it deletes or purges those of before are left over.
CREATE TABLE human_loop_events (
  id TEXT COLLATE "C" PRIMARY KEY,
  human_loop_id TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  happened_at BIGINT NOT NULL,
  subject TEXT COLLATE "C",
  details TEXT NOT NULL
);
CREATE INDEX human_loop_events_by_loop ON human_loop_events (human_loop_id, happened_at, id);

-- Operators look at the loops of all flow definitions together: all of them, and those that are not Completed.
CREATE INDEX human_loops_by_time ON human_loops (created_at, id);
CREATE INDEX human_loops_not_completed ON human_loops (status, created_at, id) WHERE status <> 'Completed';

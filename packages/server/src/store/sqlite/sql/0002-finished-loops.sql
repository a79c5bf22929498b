-- Retention reads loops in the order of their ends.
CREATE INDEX human_loops_finished ON human_loops (finished_at, id) WHERE finished_at IS NOT NULL;

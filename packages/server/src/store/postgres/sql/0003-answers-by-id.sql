-- oldest program: 1
-- Answers are purged, deleted and moved by their key, which the primary key of a table that is split by loops does not lead with.
CREATE INDEX answers_by_id ON answers (assignment_id);

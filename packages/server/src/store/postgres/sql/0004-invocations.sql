-- oldest program: 1
-- The call that made a resource, so that the same one, sent twice, finds it. An older program that runs beside makes
-- resources that are found by their name alone.
ALTER TABLE workteams ADD COLUMN invocation TEXT;
ALTER TABLE human_task_uis ADD COLUMN invocation TEXT;
ALTER TABLE flow_definitions ADD COLUMN invocation TEXT;

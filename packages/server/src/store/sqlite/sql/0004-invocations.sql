-- The call that made a resource, so that the same one, sent twice, finds it.
ALTER TABLE workteams ADD COLUMN invocation TEXT;
ALTER TABLE human_task_uis ADD COLUMN invocation TEXT;
ALTER TABLE flow_definitions ADD COLUMN invocation TEXT;

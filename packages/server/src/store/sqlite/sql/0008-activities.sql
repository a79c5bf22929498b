-- Who changed what, when and from where. Ids are in the order of time, so the table itself is its index by time.
CREATE TABLE activities (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  client_address TEXT,
  request_id TEXT,
  action TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  resource_name TEXT NOT NULL,
  details TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX activities_by_resource ON activities (resource_type, resource_name, id);
CREATE INDEX activities_by_actor ON activities (actor_id, id);
-- Everything but the loops' daily work, among whose millions it would not be found.
CREATE INDEX activities_of_administration ON activities (at, id) WHERE resource_type <> 'human-loop';

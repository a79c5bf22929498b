-- oldest program: 2
-- Who changed what, when and from where. Ids are in the order of time. An older program that still runs beside records
-- nothing.
CREATE TABLE activities (
  id TEXT COLLATE "C" PRIMARY KEY,
  at BIGINT NOT NULL,
  actor_kind TEXT COLLATE "C" NOT NULL,
  actor_id TEXT COLLATE "C" NOT NULL,
  actor_name TEXT NOT NULL,
  client_address TEXT,
  request_id TEXT,
  action TEXT COLLATE "C" NOT NULL,
  resource_type TEXT COLLATE "C" NOT NULL,
  resource_name TEXT COLLATE "C" NOT NULL,
  details TEXT
);
CREATE INDEX activities_by_resource ON activities (resource_type, resource_name, id);
CREATE INDEX activities_by_actor ON activities (actor_id, id);
-- Everything but the loops' daily work, among whose millions it would not be found.
CREATE INDEX activities_of_administration ON activities (at, id) WHERE resource_type <> 'human-loop';

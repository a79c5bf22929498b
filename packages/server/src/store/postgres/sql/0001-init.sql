-- oldest program: 1
-- Times are milliseconds since 1970 (UTC). Columns that hold JSON are TEXT, so that the order of members stays.
-- Keys and names are compared byte by byte, as on every other engine.
-- A table with /* PARTITION BY HASH (…) */ can be split so when it is made; its unique keys begin with that column.
-- Rows refer to each other by id, never by name: names can be used again.

CREATE TABLE settings (
  name TEXT COLLATE "C" PRIMARY KEY,
  value TEXT NOT NULL,
  version BIGINT NOT NULL
);

CREATE TABLE access_keys (
  access_key_id TEXT COLLATE "C" PRIMARY KEY,
  secret_access_key TEXT NOT NULL,
  description TEXT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);

CREATE TABLE workforces (
  id TEXT COLLATE "C" PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL UNIQUE,
  config TEXT NOT NULL,
  tags TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);

CREATE TABLE workteams (
  id TEXT COLLATE "C" PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL UNIQUE,
  workforce_id TEXT COLLATE "C" NOT NULL,
  description TEXT NOT NULL,
  member_definitions TEXT NOT NULL,
  groups TEXT NOT NULL,
  config TEXT NOT NULL,
  tags TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);

CREATE TABLE workers (
  id TEXT COLLATE "C" PRIMARY KEY,
  email TEXT COLLATE "C" NOT NULL UNIQUE,
  email_as_given TEXT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  password_hash TEXT COLLATE "C",
  groups TEXT NOT NULL,
  identity TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);

CREATE TABLE sessions (
  id_hash TEXT COLLATE "C" PRIMARY KEY,
  worker_id TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX sessions_by_worker ON sessions (worker_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE one_time_links (
  token_hash TEXT COLLATE "C" PRIMARY KEY,
  worker_id TEXT COLLATE "C" NOT NULL,
  purpose TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX one_time_links_by_worker ON one_time_links (worker_id);

CREATE TABLE templates (
  sha256 TEXT COLLATE "C" PRIMARY KEY,
  content TEXT NOT NULL
);

CREATE TABLE human_task_uis (
  id TEXT COLLATE "C" PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL UNIQUE,
  content_sha256 TEXT COLLATE "C" NOT NULL,
  tags TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX human_task_uis_by_time ON human_task_uis (created_at, id);

CREATE TABLE flow_definitions (
  id TEXT COLLATE "C" PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL UNIQUE,
  status TEXT COLLATE "C" NOT NULL,
  human_task_ui_id TEXT COLLATE "C" NOT NULL,
  template_sha256 TEXT COLLATE "C" NOT NULL,
  workteam_id TEXT COLLATE "C" NOT NULL,
  config TEXT NOT NULL,
  tags TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX flow_definitions_by_time ON flow_definitions (created_at, id);

CREATE TABLE human_loops (
  id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" PRIMARY KEY,
  flow_definition_id TEXT COLLATE "C" NOT NULL,
  flow_definition_name TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  failure_code TEXT,
  failure_reason TEXT,
  input_sha256 TEXT COLLATE "C" NOT NULL,
  template_sha256 TEXT COLLATE "C" NOT NULL,
  output_s3_uri TEXT NOT NULL,
  extension_tags TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  finished_at BIGINT,
  version BIGINT NOT NULL
) /* PARTITION BY HASH (name) */;
CREATE INDEX human_loops_by_id ON human_loops (id);
CREATE INDEX human_loops_by_flow ON human_loops (flow_definition_id, created_at, id);
CREATE INDEX human_loops_finished ON human_loops (finished_at, id) WHERE finished_at IS NOT NULL;
CREATE INDEX human_loops_unfinished ON human_loops (flow_definition_id) WHERE finished_at IS NULL;

-- Apart from the loops, so that listing loops never reads their input.
CREATE TABLE human_loop_inputs (
  human_loop_id TEXT COLLATE "C" PRIMARY KEY,
  input_content TEXT NOT NULL,
  data_attributes TEXT NOT NULL
) /* PARTITION BY HASH (human_loop_id) */;

CREATE TABLE tasks (
  id TEXT COLLATE "C" NOT NULL,
  human_loop_id TEXT COLLATE "C" PRIMARY KEY,
  human_loop_name TEXT COLLATE "C" NOT NULL,
  flow_definition_id TEXT COLLATE "C" NOT NULL,
  flow_definition_name TEXT COLLATE "C" NOT NULL,
  workteam_id TEXT COLLATE "C" NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  keywords TEXT NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  answers_needed BIGINT NOT NULL,
  answers_done BIGINT NOT NULL,
  assignments_open BIGINT NOT NULL,
  slots_free BIGINT NOT NULL,
  time_limit_seconds BIGINT NOT NULL,
  available_until BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
) /* PARTITION BY HASH (human_loop_id) */;
CREATE INDEX tasks_by_id ON tasks (id);
CREATE INDEX tasks_offered ON tasks (workteam_id, created_at, id) WHERE status = 'open' AND slots_free > 0;

CREATE TABLE assignments (
  id TEXT COLLATE "C" NOT NULL,
  task_id TEXT COLLATE "C" NOT NULL,
  human_loop_id TEXT COLLATE "C" NOT NULL,
  worker_id TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  accepted_at BIGINT NOT NULL,
  deadline BIGINT NOT NULL,
  ended_at BIGINT,
  stopped_at BIGINT,
  paused_ms BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (task_id, id)
) /* PARTITION BY HASH (task_id) */;
CREATE INDEX assignments_by_id ON assignments (id);
CREATE INDEX assignments_by_task ON assignments (task_id, worker_id);
-- One live assignment of a worker on a task: a released or expired one may be followed by another.
CREATE UNIQUE INDEX assignments_once ON assignments (task_id, worker_id)
  WHERE status IN ('open', 'submitted', 'declined');
CREATE INDEX assignments_open ON assignments (worker_id) WHERE status = 'open';

CREATE TABLE answers (
  assignment_id TEXT COLLATE "C" NOT NULL,
  human_loop_id TEXT COLLATE "C" NOT NULL,
  worker_id TEXT COLLATE "C" NOT NULL,
  answer_content TEXT NOT NULL,
  accepted_at BIGINT NOT NULL,
  submitted_at BIGINT NOT NULL,
  time_spent_in_seconds DOUBLE PRECISION NOT NULL,
  sequence BIGINT NOT NULL,
  worker_identity TEXT NOT NULL,
  PRIMARY KEY (human_loop_id, assignment_id)
) /* PARTITION BY HASH (human_loop_id) */;
CREATE UNIQUE INDEX answers_in_order ON answers (human_loop_id, sequence);

CREATE TABLE event_targets (
  id TEXT COLLATE "C" PRIMARY KEY,
  kind TEXT COLLATE "C" NOT NULL,
  url TEXT NOT NULL,
  secret TEXT NOT NULL,
  flow_definition_arn TEXT,
  statuses TEXT NOT NULL,
  bucket TEXT,
  prefix TEXT,
  suffix TEXT,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);

CREATE TABLE event_deliveries (
  id TEXT COLLATE "C" PRIMARY KEY,
  event_target_id TEXT COLLATE "C" NOT NULL,
  event TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  last_error TEXT,
  failed_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX event_deliveries_by_target ON event_deliveries (event_target_id, failed_at, created_at);

CREATE TABLE jobs (
  id TEXT COLLATE "C" PRIMARY KEY,
  kind TEXT COLLATE "C" NOT NULL,
  lane TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  due_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  last_error TEXT,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  -- Which node works on it, and until when at the latest; NULL: nobody.
  claimed_by TEXT COLLATE "C",
  claimed_until BIGINT
) /* PARTITION BY HASH (id) */;
CREATE INDEX jobs_by_due ON jobs (lane, due_at);
CREATE INDEX jobs_claimed ON jobs (claimed_by) WHERE claimed_by IS NOT NULL;

-- Nodes that live: claims of others end.
CREATE TABLE nodes (
  id TEXT COLLATE "C" PRIMARY KEY,
  seen_at TIMESTAMPTZ NOT NULL
);

-- What became of the batches of the last minutes, for a node that lost its connection before it heard.
CREATE TABLE save_batches (
  id TEXT COLLATE "C" PRIMARY KEY,
  verdicts TEXT,
  made_at TIMESTAMPTZ NOT NULL
);

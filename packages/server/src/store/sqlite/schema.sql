CREATE TABLE access_keys (
  access_key_id TEXT PRIMARY KEY,
  secret_access_key TEXT NOT NULL,
  description TEXT NOT NULL,
  kind TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
, owner TEXT) STRICT, WITHOUT ROWID;

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

CREATE TABLE answers (
  assignment_id TEXT PRIMARY KEY,
  human_loop_id TEXT NOT NULL,
  worker_id TEXT NOT NULL,
  answer_content TEXT NOT NULL,
  accepted_at INTEGER NOT NULL,
  submitted_at INTEGER NOT NULL,
  time_spent_in_seconds REAL NOT NULL,
  sequence INTEGER NOT NULL,
  worker_identity TEXT NOT NULL
, final_at INTEGER) STRICT;

CREATE TABLE assignments (
  id TEXT PRIMARY KEY,
  task_id TEXT NOT NULL,
  human_loop_id TEXT NOT NULL,
  worker_id TEXT NOT NULL,
  status TEXT NOT NULL,
  accepted_at INTEGER NOT NULL,
  deadline INTEGER NOT NULL,
  ended_at INTEGER,
  stopped_at INTEGER,
  paused_ms INTEGER NOT NULL,
  version INTEGER NOT NULL
, decline_reason TEXT, decline_note TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
  id TEXT PRIMARY KEY,
  human_loop_id TEXT NOT NULL,
  task_id TEXT NOT NULL,
  worker_id TEXT NOT NULL,
  content TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE event_deliveries (
  id TEXT PRIMARY KEY,
  event_target_id TEXT NOT NULL,
  event TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  last_error TEXT,
  failed_at INTEGER,
  version INTEGER NOT NULL
, order_key TEXT) STRICT;

CREATE TABLE event_targets (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  url TEXT NOT NULL,
  secret TEXT NOT NULL,
  flow_definition_arn TEXT,
  statuses TEXT NOT NULL,
  bucket TEXT,
  prefix TEXT,
  suffix TEXT,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
, service TEXT NOT NULL DEFAULT 'webhook', endpoint TEXT, region TEXT, source TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE flow_definitions (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL,
  human_task_ui_id TEXT NOT NULL,
  template_sha256 TEXT NOT NULL,
  workteam_id TEXT NOT NULL,
  config TEXT NOT NULL,
  tags TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
, invocation TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE gold_items (
  id TEXT PRIMARY KEY,
  flow_definition_id TEXT NOT NULL,
  input_content TEXT NOT NULL,
  expected_answer TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER,
  human_loop_id TEXT,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE gold_results (
  id TEXT PRIMARY KEY,
  gold_item_id TEXT NOT NULL,
  flow_definition_id TEXT NOT NULL,
  worker_id TEXT NOT NULL,
  score REAL NOT NULL,
  is_right INTEGER NOT NULL,
  answered_at INTEGER NOT NULL
) STRICT;

CREATE TABLE human_loop_events (
  id TEXT PRIMARY KEY,
  human_loop_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  happened_at INTEGER NOT NULL,
  subject TEXT,
  details TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE human_loop_inputs (
  human_loop_id TEXT PRIMARY KEY,
  input_content TEXT NOT NULL,
  data_attributes TEXT NOT NULL
, activation TEXT) STRICT;

CREATE TABLE human_loops (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  flow_definition_id TEXT NOT NULL,
  flow_definition_name TEXT NOT NULL,
  status TEXT NOT NULL,
  failure_code TEXT,
  failure_reason TEXT,
  input_sha256 TEXT NOT NULL,
  template_sha256 TEXT NOT NULL,
  output_s3_uri TEXT NOT NULL,
  extension_tags TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  version INTEGER NOT NULL
, requester TEXT, gold_item_id TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE human_task_uis (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  content_sha256 TEXT NOT NULL,
  tags TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
, invocation TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  lane TEXT NOT NULL,
  subject TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  last_error TEXT,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;

CREATE TABLE one_time_links (
  token_hash TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE passkeys (
  id TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL,
  credential_id TEXT NOT NULL,
  public_key TEXT NOT NULL,
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL,
  rp_id TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE push_subscriptions (
  id TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  p256dh TEXT NOT NULL,
  auth TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  pushed_at INTEGER,
  pushed_up_to INTEGER,
  warned_up_to INTEGER,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE second_factors (
  worker_id TEXT PRIMARY KEY,
  totp_secret TEXT,
  totp_last_step INTEGER NOT NULL,
  recovery_code_hashes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
  id_hash TEXT PRIMARY KEY,
  worker_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  version INTEGER NOT NULL
, sign_out_hint TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE spent_challenges (
  id_hash TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE statistics (
  id TEXT PRIMARY KEY,
  figures TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tasks (
  id TEXT PRIMARY KEY,
  human_loop_id TEXT NOT NULL UNIQUE,
  human_loop_name TEXT NOT NULL,
  flow_definition_id TEXT NOT NULL,
  flow_definition_name TEXT NOT NULL,
  workteam_id TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  keywords TEXT NOT NULL,
  status TEXT NOT NULL,
  answers_needed INTEGER NOT NULL,
  answers_done INTEGER NOT NULL,
  assignments_open INTEGER NOT NULL,
  slots_free INTEGER NOT NULL,
  time_limit_seconds INTEGER NOT NULL,
  available_until INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
, closed_to TEXT, open_to TEXT, group_rule TEXT, stage TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE templates (
  sha256 TEXT PRIMARY KEY,
  content TEXT NOT NULL
) STRICT;

CREATE TABLE worker_notices (
  worker_id TEXT PRIMARY KEY,
  settings TEXT NOT NULL,
  wanted INTEGER NOT NULL,
  mailed_at INTEGER,
  mailed_up_to INTEGER,
  tested_at INTEGER,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE workers (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  email_as_given TEXT NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  password_hash TEXT,
  groups TEXT NOT NULL,
  identity TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
, role TEXT NOT NULL DEFAULT 'worker', gold_standing TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE workforces (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  config TEXT NOT NULL,
  tags TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE workteams (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  workforce_id TEXT NOT NULL,
  description TEXT NOT NULL,
  member_definitions TEXT NOT NULL,
  groups TEXT NOT NULL,
  config TEXT NOT NULL,
  tags TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL
, invocation TEXT) STRICT, WITHOUT ROWID;

CREATE INDEX activities_by_actor ON activities (actor_id, id);

CREATE INDEX activities_by_resource ON activities (resource_type, resource_name, id);

CREATE INDEX activities_of_administration ON activities (at, id) WHERE resource_type <> 'human-loop';

CREATE INDEX answers_by_worker ON answers (worker_id, submitted_at, assignment_id);

CREATE UNIQUE INDEX answers_in_order ON answers (human_loop_id, sequence);

CREATE INDEX assignments_by_task ON assignments (task_id, worker_id);

CREATE UNIQUE INDEX assignments_once ON assignments (task_id, worker_id)
  WHERE status IN ('open', 'submitted', 'declined');

CREATE INDEX assignments_open ON assignments (worker_id) WHERE status = 'open';

CREATE INDEX drafts_by_loop ON drafts (human_loop_id);

CREATE INDEX event_deliveries_by_target ON event_deliveries (event_target_id, failed_at, created_at);

CREATE INDEX event_deliveries_in_order ON event_deliveries (event_target_id, order_key, created_at, id)
  WHERE order_key IS NOT NULL AND failed_at IS NULL;

CREATE INDEX flow_definitions_by_time ON flow_definitions (created_at, id);

CREATE INDEX gold_items_by_flow ON gold_items (flow_definition_id, created_at);

CREATE INDEX gold_results_by_item ON gold_results (gold_item_id);

CREATE INDEX gold_results_by_worker ON gold_results (flow_definition_id, worker_id, answered_at);

CREATE INDEX human_loop_events_by_loop ON human_loop_events (human_loop_id, happened_at, id);

CREATE INDEX human_loops_by_flow ON human_loops (flow_definition_id, created_at, id);

CREATE UNIQUE INDEX human_loops_by_name ON human_loops (name);

CREATE INDEX human_loops_by_time ON human_loops (created_at, id);

CREATE INDEX human_loops_finished ON human_loops (finished_at, id) WHERE finished_at IS NOT NULL;

CREATE INDEX human_loops_not_completed ON human_loops (status, created_at, id) WHERE status <> 'Completed';

CREATE INDEX human_loops_unfinished ON human_loops (flow_definition_id) WHERE finished_at IS NULL;

CREATE INDEX human_task_uis_by_time ON human_task_uis (created_at, id);

CREATE INDEX jobs_by_due ON jobs (lane, due_at);

CREATE INDEX one_time_links_by_worker ON one_time_links (worker_id);

CREATE INDEX passkeys_by_worker ON passkeys (worker_id);

CREATE INDEX push_subscriptions_by_worker ON push_subscriptions (worker_id, created_at);

CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE INDEX sessions_by_worker ON sessions (worker_id);

CREATE INDEX spent_challenges_by_end ON spent_challenges (expires_at);

CREATE INDEX tasks_offered ON tasks (workteam_id, created_at, id) WHERE status = 'open' AND slots_free > 0;

CREATE INDEX worker_notices_wanted ON worker_notices (worker_id) WHERE wanted = 1;

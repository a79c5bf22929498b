-- How a worker wants to hear of tasks, and of what the worker has been told.
CREATE TABLE worker_notices (
  worker_id TEXT PRIMARY KEY,
  settings TEXT NOT NULL,
  wanted INTEGER NOT NULL,
  mailed_at INTEGER,
  mailed_up_to INTEGER,
  tested_at INTEGER,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX worker_notices_wanted ON worker_notices (worker_id) WHERE wanted = 1;

-- Browsers that take push messages for a worker.
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
CREATE INDEX push_subscriptions_by_worker ON push_subscriptions (worker_id, created_at);

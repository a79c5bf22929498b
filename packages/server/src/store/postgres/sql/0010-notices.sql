-- oldest program: 2
-- How a worker wants to hear of tasks, and of what the worker has been told.
CREATE TABLE worker_notices (
  worker_id TEXT COLLATE "C" PRIMARY KEY,
  settings TEXT NOT NULL,
  wanted BIGINT NOT NULL,
  mailed_at BIGINT,
  mailed_up_to BIGINT,
  tested_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX worker_notices_wanted ON worker_notices (worker_id) WHERE wanted = 1;

-- Browsers that take push messages for a worker.
CREATE TABLE push_subscriptions (
  id TEXT COLLATE "C" PRIMARY KEY,
  worker_id TEXT COLLATE "C" NOT NULL,
  session_id TEXT COLLATE "C" NOT NULL,
  endpoint TEXT NOT NULL,
  p256dh TEXT NOT NULL,
  auth TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  pushed_at BIGINT,
  pushed_up_to BIGINT,
  warned_up_to BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX push_subscriptions_by_worker ON push_subscriptions (worker_id, created_at);

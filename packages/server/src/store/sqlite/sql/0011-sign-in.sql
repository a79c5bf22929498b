-- Passkeys of workers (Web Authentication); the id is the SHA-256 of the credential's id.
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
CREATE INDEX passkeys_by_worker ON passkeys (worker_id);

-- The authenticator app of a worker and what is left of the recovery codes, as hashes.
CREATE TABLE second_factors (
  worker_id TEXT PRIMARY KEY,
  totp_secret TEXT,
  totp_last_step INTEGER NOT NULL,
  recovery_code_hashes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;

-- Challenges that were answered, until they would be over anyway: none is answered twice.
CREATE TABLE spent_challenges (
  id_hash TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX spent_challenges_by_end ON spent_challenges (expires_at);

-- The ID token of a session that an identity provider began, readable with the session's cookie only.
ALTER TABLE sessions ADD COLUMN sign_out_hint TEXT;

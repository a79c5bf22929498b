-- oldest program: 2
-- Passkeys of workers (Web Authentication); the id is the SHA-256 of the credential's id. An older program that still runs
-- beside asks for no second factor.
CREATE TABLE passkeys (
  id TEXT COLLATE "C" PRIMARY KEY,
  worker_id TEXT COLLATE "C" NOT NULL,
  credential_id TEXT COLLATE "C" NOT NULL,
  public_key TEXT NOT NULL,
  counter BIGINT NOT NULL,
  transports TEXT NOT NULL,
  rp_id TEXT COLLATE "C" NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX passkeys_by_worker ON passkeys (worker_id);

-- The authenticator app of a worker and what is left of the recovery codes, as hashes.
CREATE TABLE second_factors (
  worker_id TEXT COLLATE "C" PRIMARY KEY,
  totp_secret TEXT,
  totp_last_step BIGINT NOT NULL,
  recovery_code_hashes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);

-- Challenges that were answered, until they would be over anyway: none is answered twice.
CREATE TABLE spent_challenges (
  id_hash TEXT COLLATE "C" PRIMARY KEY,
  expires_at BIGINT NOT NULL
);
CREATE INDEX spent_challenges_by_end ON spent_challenges (expires_at);

-- The ID token of a session that an identity provider began, readable with the session's cookie only.
ALTER TABLE sessions ADD COLUMN sign_out_hint TEXT;

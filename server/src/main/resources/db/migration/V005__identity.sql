-- How an account signs in. The hash is in PHC form: it names its algorithm and parameters. An account
-- without one signs in by a key or elsewhere.
ALTER TABLE accounts
  ADD COLUMN password_hash text,
  ADD COLUMN disabled_at   timestamptz,
  ADD COLUMN last_login_at timestamptz;

ALTER TABLE api_keys
  ADD COLUMN label      text NOT NULL DEFAULT '',
  ADD COLUMN scope      text NOT NULL DEFAULT 'full' CHECK (scope IN ('full', 'watch')),
  ADD COLUMN expires_at timestamptz;

CREATE INDEX api_keys_account ON api_keys (account_id, id);

-- A login is the family of refresh tokens that began with one sign-in. Its access tokens name it.
CREATE TABLE logins (
  id         uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts (id),
  label      text NOT NULL,
  address    text NOT NULL,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz
);

CREATE INDEX logins_account ON logins (account_id) WHERE revoked_at IS NULL;

-- Used ones are kept until they expire, so that a second use is seen.
CREATE TABLE refresh_tokens (
  prefix     text PRIMARY KEY,
  token_hash bytea NOT NULL,
  login_id   uuid NOT NULL REFERENCES logins (id) ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);

CREATE INDEX refresh_tokens_login ON refresh_tokens (login_id);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);

CREATE TABLE device_logins (
  device_code_hash bytea PRIMARY KEY,
  user_code        text NOT NULL UNIQUE,
  label            text NOT NULL,
  address          text NOT NULL,
  created_at       timestamptz NOT NULL,
  expires_at       timestamptz NOT NULL,
  state            text NOT NULL CHECK (state IN ('pending', 'approved', 'denied')),
  account_id       uuid REFERENCES accounts (id)
);

-- entry is the encoded clawlive.identity.v1.AuditEntry without its hash; the columns beside it serve
-- the filters and must say the same.
CREATE TABLE audit_log (
  number    bigint PRIMARY KEY,
  action    text NOT NULL,
  actor_id  text NOT NULL,
  target_id text NOT NULL,
  entry     bytea NOT NULL,
  hash      bytea NOT NULL
);

CREATE INDEX audit_log_actor ON audit_log (actor_id, number);
CREATE INDEX audit_log_target ON audit_log (target_id, number);

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is only ever added to';
END $$;

CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_log_is_never_emptied BEFORE TRUNCATE ON audit_log
  EXECUTE FUNCTION refuse_audit_change();

-- The end of the chain. Its row lock puts entries in order; it is always the last lock of a transaction.
CREATE TABLE audit_head (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  number bigint NOT NULL,
  hash   bytea NOT NULL
);

INSERT INTO audit_head (number, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

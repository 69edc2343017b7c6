-- Accounts of people, and the keys that speak for an account or for one of its agents.
CREATE TABLE accounts (
  id         uuid PRIMARY KEY,
  name       text NOT NULL UNIQUE,
  role       text NOT NULL CHECK (role IN ('admin', 'user')),
  created_at timestamptz NOT NULL
);

-- Only the SHA-256 of a key is kept: its secret has 190 random bits, so a slow hash would add nothing.
CREATE TABLE api_keys (
  id         uuid PRIMARY KEY,
  prefix     text NOT NULL UNIQUE,
  key_hash   bytea NOT NULL,
  account_id uuid NOT NULL REFERENCES accounts (id),
  agent_id   uuid,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz
);

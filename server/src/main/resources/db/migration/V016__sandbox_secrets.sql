-- What sandboxes get and nobody reads from here: values are sealed by the server's keyset for the account,
-- the agent, the name and the id of their row. Without an agent a secret is for every sandbox of the account.
CREATE TABLE sandbox_secrets (
  id         uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts (id),
  agent_id   uuid REFERENCES agents (id),
  name       text NOT NULL,
  -- The name of its file; none for an environment variable.
  file_name  text,
  sealed     bytea NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (account_id, agent_id, name)
);

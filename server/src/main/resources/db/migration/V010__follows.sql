CREATE TABLE follows (
  account_id uuid NOT NULL REFERENCES accounts (id),
  agent_id   uuid NOT NULL REFERENCES agents (id),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (account_id, agent_id)
);

-- How many follow an agent.
CREATE INDEX follows_agent ON follows (agent_id);

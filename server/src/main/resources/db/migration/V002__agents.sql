CREATE TABLE agents (
  id          uuid PRIMARY KEY,
  handle      text NOT NULL UNIQUE,
  name        text NOT NULL,
  bio         text NOT NULL,
  engine_type text NOT NULL CHECK (engine_type IN ('openclaw', 'claude', 'cursor', 'custom', 'human')),
  account_id  uuid NOT NULL REFERENCES accounts (id),
  created_at  timestamptz NOT NULL
);

ALTER TABLE api_keys ADD FOREIGN KEY (agent_id) REFERENCES agents (id);

CREATE TABLE projects (
  id          uuid PRIMARY KEY,
  agent_id    uuid NOT NULL REFERENCES agents (id),
  slug        text NOT NULL,
  title       text NOT NULL,
  description text NOT NULL,
  created_at  timestamptz NOT NULL,
  UNIQUE (agent_id, slug)
);

CREATE INDEX projects_slug ON projects (slug);

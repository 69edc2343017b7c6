-- A session's id is the id of its stream.
CREATE TABLE sessions (
  id                uuid PRIMARY KEY REFERENCES streams (id),
  project_id        uuid NOT NULL REFERENCES projects (id),
  agent_id          uuid NOT NULL REFERENCES agents (id),
  title             text NOT NULL,
  status            text NOT NULL CHECK (status IN ('live', 'paused', 'ended')),
  started_at        timestamptz NOT NULL,
  ended_at          timestamptz,
  last_heartbeat_at timestamptz NOT NULL,
  alerted           boolean NOT NULL DEFAULT false,
  viewers_peak      int NOT NULL DEFAULT 0,
  metadata          text NOT NULL,
  request_id        text,
  UNIQUE (agent_id, request_id)
);

CREATE INDEX sessions_running ON sessions (last_heartbeat_at) WHERE status <> 'ended';
CREATE INDEX sessions_agent ON sessions (agent_id, id);
CREATE INDEX sessions_project ON sessions (project_id, id);

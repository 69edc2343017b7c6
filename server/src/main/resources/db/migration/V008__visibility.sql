ALTER TABLE projects
  ADD COLUMN visibility text NOT NULL DEFAULT 'public' CHECK (visibility IN ('public', 'private'));

ALTER TABLE sessions
  ADD COLUMN visibility text NOT NULL DEFAULT 'public' CHECK (visibility IN ('public', 'private'));

CREATE TABLE project_members (
  project_id uuid NOT NULL REFERENCES projects (id),
  account_id uuid NOT NULL REFERENCES accounts (id),
  added_at   timestamptz NOT NULL,
  PRIMARY KEY (project_id, account_id)
);

-- Whom a stream belongs to and who may see it, whatever noun opened it.
CREATE VIEW stream_guards AS
SELECT s.id, s.kind, s.agent_id, a.account_id, e.project_id,
  coalesce(e.visibility = 'private' OR p.visibility = 'private', false) AS private
FROM streams s
  JOIN agents a ON a.id = s.agent_id
  LEFT JOIN sessions e ON e.id = s.id
  LEFT JOIN projects p ON p.id = e.project_id;

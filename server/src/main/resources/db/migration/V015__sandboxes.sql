-- A sandbox. content is the contract's Sandbox; what stands beside it is for finding it, and what only
-- the server needs.
CREATE TABLE sandboxes (
  id            uuid PRIMARY KEY REFERENCES streams (id),
  account_id    uuid NOT NULL REFERENCES accounts (id),
  agent_id      uuid REFERENCES agents (id),
  creator_id    uuid NOT NULL,
  request_id    text,
  name          text NOT NULL,
  -- Whose runtime has it: an installation keeps its id beside its sandboxes.
  installation  uuid NOT NULL,
  -- SandboxState of the contract.
  state         smallint NOT NULL,
  -- Whether it is to run.
  wanted        boolean NOT NULL,
  host_port     int CHECK (host_port BETWEEN 30000 AND 35000),
  lease_ends_at timestamptz,
  lease_warned  boolean NOT NULL,
  content       bytea NOT NULL
);

-- 7 is deleted: the row stays as long as its stream does.
CREATE UNIQUE INDEX sandboxes_name ON sandboxes (coalesce(agent_id, account_id), name)
  WHERE state <> 7;
CREATE UNIQUE INDEX sandboxes_port ON sandboxes (host_port) WHERE state <> 7;
CREATE UNIQUE INDEX sandboxes_request ON sandboxes (creator_id, request_id);
CREATE INDEX sandboxes_account ON sandboxes (account_id, id);
-- Work under way (1, 3, 5, 6), and what runs (4).
CREATE INDEX sandboxes_busy ON sandboxes (installation) WHERE state IN (1, 3, 4, 5, 6);

-- A sandbox's stream is its owner's alone.
DROP VIEW stream_guards;
CREATE VIEW stream_guards AS
SELECT s.id, s.kind, s.agent_id, coalesce(a.account_id, b.account_id) AS account_id,
  coalesce(e.visibility = 'private' OR p.visibility = 'private' OR r.visibility = 'private', false)
    OR b.id IS NOT NULL AS private
FROM streams s
  LEFT JOIN agents a ON a.id = s.agent_id
  LEFT JOIN sessions e ON e.id = s.id
  LEFT JOIN projects p ON p.id = e.project_id
  LEFT JOIN rooms r ON r.id = s.id
  LEFT JOIN sandboxes b ON b.id = s.id
WHERE NOT coalesce(r.deleted, false);

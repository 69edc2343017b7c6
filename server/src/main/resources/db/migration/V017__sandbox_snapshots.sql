-- Copies of sandboxes. content is the contract's Snapshot; the files are in the folder of the installation.
CREATE TABLE sandbox_snapshots (
  id           uuid PRIMARY KEY,
  account_id   uuid NOT NULL REFERENCES accounts (id),
  agent_id     uuid REFERENCES agents (id),
  creator_id   uuid NOT NULL,
  request_id   text,
  sandbox_id   uuid NOT NULL,
  installation uuid NOT NULL,
  -- SnapshotState of the contract.
  state        smallint NOT NULL,
  -- When whoever makes it gave a sign of life last.
  alive_at     timestamptz NOT NULL,
  content      bytea NOT NULL
);

CREATE INDEX sandbox_snapshots_account ON sandbox_snapshots (account_id, id);
CREATE UNIQUE INDEX sandbox_snapshots_request ON sandbox_snapshots (creator_id, request_id);
-- Those that are being made.
CREATE INDEX sandbox_snapshots_making ON sandbox_snapshots (sandbox_id) WHERE state = 1;

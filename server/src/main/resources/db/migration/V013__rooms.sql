-- A room's stream belongs to no agent: who may do what there is a matter of the room's members.
ALTER TABLE streams ALTER COLUMN agent_id DROP NOT NULL;

-- Each row holds a thing as the last event about it tells it: content is the message of that event, and
-- the columns beside it are what is asked for. All but the last two tables are made from the log alone,
-- and 'clawlive admin rebuild rooms' makes them again.

-- A room's id is the id of its stream. Whoever refers to a room is held against it at the commit, so that
-- a rebuild may take the row away and put it back.
CREATE TABLE rooms (
  id         uuid PRIMARY KEY REFERENCES streams (id),
  name       text NOT NULL,
  about      text NOT NULL,
  visibility text NOT NULL CHECK (visibility IN ('public', 'private')),
  state      smallint NOT NULL,
  deleted    boolean NOT NULL,
  creator_id uuid NOT NULL,
  creator    bytea NOT NULL,
  request_id text,
  created_at timestamptz NOT NULL,
  content    bytea NOT NULL,
  UNIQUE (creator_id, request_id)
);

-- actor_id is an agent's or an account's, as kind says: 1 or 2.
CREATE TABLE room_members (
  room_id        uuid NOT NULL REFERENCES rooms (id) DEFERRABLE INITIALLY DEFERRED,
  actor_id       uuid NOT NULL,
  kind           smallint NOT NULL,
  handle         text NOT NULL,
  role           smallint NOT NULL,
  presence       smallint NOT NULL,
  presence_since timestamptz NOT NULL,
  joined_at      timestamptz NOT NULL,
  content        bytea NOT NULL,
  PRIMARY KEY (room_id, actor_id)
);

CREATE INDEX room_members_actor ON room_members (actor_id);
-- Who may turn out to be gone.
CREATE INDEX room_members_present ON room_members (room_id) WHERE presence <> 3;

CREATE TABLE room_invitations (
  room_id     uuid NOT NULL REFERENCES rooms (id) DEFERRABLE INITIALLY DEFERRED,
  id          uuid NOT NULL,
  invitee_id  uuid,
  secret_hash bytea NOT NULL,
  expires_at  timestamptz NOT NULL,
  content     bytea NOT NULL,
  PRIMARY KEY (room_id, id)
);

CREATE INDEX room_invitations_invitee ON room_invitations (invitee_id);

CREATE TABLE room_tasks (
  room_id      uuid NOT NULL REFERENCES rooms (id) DEFERRABLE INITIALLY DEFERRED,
  task_id      bigint NOT NULL,
  state        smallint NOT NULL,
  assignee_id  uuid,
  producer_id  text NOT NULL,
  -- What its last event told, and whose deed that was; null for the server's.
  changed      smallint NOT NULL,
  changed_by   uuid,
  -- To whom the room's strategy gave it last, and by which event.
  given_to     uuid,
  given_at     bigint,
  content      bytea NOT NULL,
  PRIMARY KEY (room_id, task_id),
  UNIQUE (room_id, producer_id)
);

-- How many of somebody's were merged.
CREATE INDEX room_tasks_assignee ON room_tasks (assignee_id, state);
-- What waits for somebody, and what somebody has and has not handed in.
CREATE INDEX room_tasks_open ON room_tasks (room_id) WHERE state = 1;
CREATE INDEX room_tasks_held ON room_tasks (room_id, assignee_id) WHERE state IN (2, 3);

CREATE TABLE room_approvals (
  room_id     uuid NOT NULL REFERENCES rooms (id) DEFERRABLE INITIALLY DEFERRED,
  approval_id bigint NOT NULL,
  state       smallint NOT NULL,
  expires_at  timestamptz NOT NULL,
  producer_id text NOT NULL,
  content     bytea NOT NULL,
  PRIMARY KEY (room_id, approval_id),
  UNIQUE (room_id, producer_id)
);

-- What may come too late.
CREATE INDEX room_approvals_waiting ON room_approvals (expires_at) WHERE state IN (1, 4);

-- What became of messages after they were sent, in rooms and beside sessions.
CREATE TABLE chat_changes (
  stream_id  uuid NOT NULL REFERENCES streams (id),
  sequence   bigint NOT NULL,
  changed_at timestamptz NOT NULL,
  content    bytea NOT NULL,
  PRIMARY KEY (stream_id, sequence)
);

-- What no event tells: how far an agent has acknowledged a room, and the most who looked on.
CREATE TABLE room_cursors (
  room_id  uuid NOT NULL REFERENCES rooms (id) DEFERRABLE INITIALLY DEFERRED,
  agent_id uuid NOT NULL REFERENCES agents (id),
  sequence bigint NOT NULL,
  PRIMARY KEY (room_id, agent_id)
);

CREATE TABLE room_audiences (
  room_id         uuid PRIMARY KEY REFERENCES rooms (id) DEFERRABLE INITIALLY DEFERRED,
  spectators_peak int NOT NULL
);

-- What people say of themselves; agents say it where they are registered.
ALTER TABLE accounts ADD COLUMN display_name text NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN bio text NOT NULL DEFAULT '';

-- Whom a stream belongs to and whether everybody may see it, whatever noun opened it.
DROP VIEW stream_guards;
CREATE VIEW stream_guards AS
SELECT s.id, s.kind, s.agent_id, a.account_id,
  coalesce(e.visibility = 'private' OR p.visibility = 'private' OR r.visibility = 'private', false)
    AS private
FROM streams s
  LEFT JOIN agents a ON a.id = s.agent_id
  LEFT JOIN sessions e ON e.id = s.id
  LEFT JOIN projects p ON p.id = e.project_id
  LEFT JOIN rooms r ON r.id = s.id
WHERE NOT coalesce(r.deleted, false);

-- Which accounts may see a stream that not everybody may see, beside its owner.
CREATE VIEW stream_members AS
SELECT e.id AS stream_id, m.account_id
FROM sessions e JOIN project_members m ON m.project_id = e.project_id
UNION ALL
SELECT m.room_id, coalesce(a.account_id, m.actor_id)
FROM room_members m LEFT JOIN agents a ON a.id = m.actor_id;

-- A page of chat does not read the log, and neither does whoever follows a room's tasks: rooms' own
-- kinds are few among a session's log lines.
DROP INDEX stream_events_chat;
CREATE INDEX stream_events_chat ON stream_events (stream_id, sequence)
  WHERE kind IN (19, 22, 24, 25, 26, 27, 28, 29, 30, 31, 32);

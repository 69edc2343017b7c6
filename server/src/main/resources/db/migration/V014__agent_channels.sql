-- The newest channel of each agent, on whichever server: an older one ends itself when it sees a higher
-- number here.
CREATE TABLE agent_channels (
  agent_id     uuid PRIMARY KEY REFERENCES agents (id),
  number       bigint NOT NULL,
  connected_at timestamptz NOT NULL
);

CREATE SEQUENCE agent_channel_numbers;

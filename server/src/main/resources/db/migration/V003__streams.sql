-- The event log. A stream's row is its lock and its counter: whoever moves next_sequence owns the
-- numbers it moved over.
CREATE TABLE streams (
  id             uuid PRIMARY KEY,
  kind           text NOT NULL,
  agent_id       uuid NOT NULL REFERENCES agents (id),
  first_sequence bigint NOT NULL DEFAULT 1,
  next_sequence  bigint NOT NULL DEFAULT 1,
  ended          boolean NOT NULL DEFAULT false
) WITH (fillfactor = 50);

-- content is the encoded clawlive.streams.v1.Event without stream_id and sequence, which the columns
-- hold; kind is the number of its payload field. A row is never updated.
CREATE TABLE stream_events (
  stream_id   uuid NOT NULL,
  sequence    bigint NOT NULL,
  kind        smallint NOT NULL,
  recorded_at timestamptz NOT NULL,
  content     bytea NOT NULL,
  PRIMARY KEY (stream_id, sequence)
);
-- Payloads are small and already compact; compressing them costs more than it saves.
ALTER TABLE stream_events ALTER COLUMN content SET STORAGE EXTERNAL;

-- The highest committed number of each producer. A row changes only together with its stream's
-- next_sequence, so an unmoved stream proves an unmoved producer.
CREATE TABLE producers (
  stream_id     uuid NOT NULL,
  producer_id   text NOT NULL,
  last_sequence bigint NOT NULL,
  PRIMARY KEY (stream_id, producer_id)
) WITH (fillfactor = 50);

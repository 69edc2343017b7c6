-- How much an event matters, beside its kind: the level of a log line, 0 for everything else. Lines
-- stored before this column have 0 as well.
ALTER TABLE stream_events ADD COLUMN level smallint NOT NULL DEFAULT 0;

-- What a timeline marks: proofs (18), changes of status (20), artifacts (23) and errors. Few rows, so
-- it costs the log nothing; the queries repeat the condition word for word.
CREATE INDEX stream_events_marks ON stream_events (stream_id, sequence)
  WHERE kind IN (18, 20, 23) OR level = 4;

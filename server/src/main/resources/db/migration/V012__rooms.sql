-- What a room is made of: chat (19) and reactions (22). Few rows among many log lines, so that a
-- page of chat does not read the log.
CREATE INDEX stream_events_chat ON stream_events (stream_id, sequence) WHERE kind IN (19, 22);

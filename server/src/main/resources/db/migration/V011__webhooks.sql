-- A secret is sealed by the server's keyset; nobody reads it from here.
CREATE TABLE webhooks (
  id               uuid PRIMARY KEY,
  agent_id         uuid NOT NULL REFERENCES agents (id),
  name             text NOT NULL,
  secret           bytea NOT NULL,
  previous_secret  bytea,
  previous_until   timestamptz,
  created_at       timestamptz NOT NULL,
  last_delivery_at timestamptz,
  UNIQUE (agent_id, name)
);

-- Which body came first under a delivery's id. That a body is stored once, the log itself sees to.
CREATE TABLE webhook_deliveries (
  webhook_id   uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  delivery_key text NOT NULL,
  body_hash    bytea NOT NULL,
  received_at  timestamptz NOT NULL,
  PRIMARY KEY (webhook_id, delivery_key)
);

CREATE INDEX webhook_deliveries_age ON webhook_deliveries (received_at);

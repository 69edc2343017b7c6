-- Logins at a provider that have begun. A row is deleted by whoever finishes it, so it works once. The
-- state and the client's token are kept as SHA-256, the PKCE verifier sealed with the server's keyset.
CREATE TABLE oauth_logins (
  state_hash       bytea PRIMARY KEY,
  provider         text NOT NULL,
  redirect_uri     text NOT NULL,
  verifier_sealed  bytea NOT NULL,
  login_token_hash bytea NOT NULL,
  -- The account to link to; none for a login.
  account_id       uuid REFERENCES accounts (id),
  created_at       timestamptz NOT NULL
);

CREATE INDEX oauth_logins_age ON oauth_logins (created_at);

-- Which person at a provider is the owner of which account.
CREATE TABLE oauth_links (
  id         uuid PRIMARY KEY,
  provider   text NOT NULL,
  -- The provider's own id of the person: names there change hands.
  subject    text NOT NULL,
  login      text NOT NULL,
  account_id uuid NOT NULL REFERENCES accounts (id),
  linked_at  timestamptz NOT NULL,
  UNIQUE (provider, subject),
  UNIQUE (account_id, provider)
);

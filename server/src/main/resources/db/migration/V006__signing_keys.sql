-- The keys that access tokens are signed with. The private half is sealed with the server's keyset and
-- erased when the key no longer signs; the public half stays, to check what it signed.
CREATE TABLE signing_keys (
  kid                text PRIMARY KEY,
  public_jwk         text NOT NULL,
  private_key_sealed bytea,
  created_at         timestamptz NOT NULL,
  retired_at         timestamptz,
  revoked_at         timestamptz,
  CHECK ((private_key_sealed IS NULL) = (retired_at IS NOT NULL)),
  CHECK (revoked_at IS NULL OR retired_at IS NOT NULL)
);

-- One key signs.
CREATE UNIQUE INDEX signing_keys_current ON signing_keys ((true)) WHERE retired_at IS NULL;

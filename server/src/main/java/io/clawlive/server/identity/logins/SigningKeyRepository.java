package io.clawlive.server.identity.logins;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface SigningKeyRepository extends GenericRepository<SigningKeyRow, String> {

  /** The key that signs, then those that did since a time, newest first. */
  @Query(
      """
      SELECT kid, public_jwk, coalesce(private_key_sealed, '') AS private_key_sealed, created_at,
        retired_at, revoked_at
      FROM signing_keys WHERE retired_at IS NULL OR retired_at > :since
      ORDER BY (retired_at IS NULL) DESC, created_at DESC, kid LIMIT 100
      """)
  List<SigningKeyRow> since(Instant since);

  @Query("SELECT * FROM signing_keys WHERE retired_at IS NULL")
  Optional<SigningKeyRow> current();

  /** The key that signs, if it is that old, no longer does. Waits for another server's rotation. */
  @Query(
      """
      UPDATE signing_keys SET retired_at = :at, private_key_sealed = NULL
      WHERE retired_at IS NULL AND created_at <= :madeBefore
      """)
  void retire(Instant madeBefore, Instant at);

  @Query(
      """
      UPDATE signing_keys SET revoked_at = :at WHERE retired_at IS NOT NULL AND revoked_at IS NULL
      """)
  void revokeRetired(Instant at);

  /** Adds the key that signs, unless there is one: another server may have been faster. */
  @Query(
      """
      INSERT INTO signing_keys (kid, public_jwk, private_key_sealed, created_at)
      VALUES (:kid, :publicJwk, :privateKeySealed, :createdAt)
      ON CONFLICT DO NOTHING
      """)
  void insert(String kid, String publicJwk, byte[] privateKeySealed, Instant createdAt);
}

package io.clawlive.server.identity.oauth;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface OAuthLoginRepository extends GenericRepository<OAuthLoginRow, byte[]> {

  @Query(
      """
      INSERT INTO oauth_logins (state_hash, provider, redirect_uri, verifier_sealed,
        login_token_hash, account_id, created_at)
      VALUES (:stateHash, :provider, :redirectUri, :verifierSealed, :loginTokenHash, :accountId,
        :createdAt)
      """)
  void insert(
      byte[] stateHash,
      String provider,
      String redirectUri,
      byte[] verifierSealed,
      byte[] loginTokenHash,
      @Nullable UUID accountId,
      Instant createdAt);

  @Query("SELECT * FROM oauth_logins WHERE state_hash = :stateHash AND created_at > :since")
  Optional<OAuthLoginRow> find(byte[] stateHash, Instant since);

  /** Of all who finish a login one gets 1, the others 0. */
  @Query("DELETE FROM oauth_logins WHERE state_hash = :stateHash")
  int take(byte[] stateHash);

  @Query("DELETE FROM oauth_logins WHERE created_at <= :before")
  void forget(Instant before);
}

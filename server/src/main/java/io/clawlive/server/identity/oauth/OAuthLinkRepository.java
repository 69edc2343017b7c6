package io.clawlive.server.identity.oauth;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface OAuthLinkRepository extends GenericRepository<OAuthLinkRow, UUID> {

  @Query("SELECT * FROM oauth_links WHERE provider = :provider AND subject = :subject")
  Optional<OAuthLinkRow> find(String provider, String subject);

  @Query("SELECT * FROM oauth_links WHERE account_id = :accountId ORDER BY provider")
  List<OAuthLinkRow> of(UUID accountId);

  /** The links of an account, which nobody else changes until the transaction is over. */
  @Query("SELECT * FROM oauth_links WHERE account_id = :accountId ORDER BY provider FOR UPDATE")
  List<OAuthLinkRow> lock(UUID accountId);

  @Query(
      """
      INSERT INTO oauth_links (id, provider, subject, login, account_id, linked_at)
      VALUES (:id, :provider, :subject, :login, :accountId, :linkedAt)
      ON CONFLICT DO NOTHING
      """)
  int insert(
      UUID id, String provider, String subject, String login, UUID accountId, Instant linkedAt);

  @Query("DELETE FROM oauth_links WHERE id = :id")
  int delete(UUID id);
}

package io.clawlive.server.identity.logins;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface LoginRepository extends GenericRepository<LoginRepository.LoginRow, UUID> {

  /** A login with its account. */
  @MappedEntity("logins")
  record LoginRow(
      @Id UUID id,
      UUID accountId,
      String accountName,
      String role,
      String label,
      @Nullable Instant disabledAt,
      @Nullable Instant revokedAt) {}

  /** A refresh token with the login it goes on with. */
  @Introspected
  record RefreshRow(UUID loginId, byte[] tokenHash, Instant expiresAt, @Nullable Instant usedAt) {}

  String SELECT =
      """
      SELECT l.id, l.account_id, a.name AS account_name, a.role, l.label, a.disabled_at, l.revoked_at
      FROM logins l JOIN accounts a ON a.id = l.account_id
      """;

  @Query(SELECT + "WHERE l.id = :id")
  Optional<LoginRow> findById(UUID id);

  @Query(SELECT + "WHERE l.id = ANY (:ids) AND l.revoked_at IS NULL AND a.disabled_at IS NULL")
  List<LoginRow> holding(@TypeDef(type = DataType.OBJECT) UUID[] ids);

  @Query(
      """
      INSERT INTO logins (id, account_id, label, address, created_at)
      VALUES (:id, :accountId, :label, :address, :createdAt)
      """)
  void insert(UUID id, UUID accountId, String label, String address, Instant createdAt);

  @Query("UPDATE logins SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL")
  int revoke(UUID id, Instant at);

  @Query(
      """
      UPDATE logins SET revoked_at = :at
      WHERE account_id = :accountId AND revoked_at IS NULL
        AND (CAST(:except AS uuid) IS NULL OR id <> :except)
      """)
  void revokeAll(UUID accountId, @Nullable UUID except, Instant at);

  @Query(
      """
      INSERT INTO refresh_tokens (prefix, token_hash, login_id, expires_at)
      VALUES (:prefix, :tokenHash, :loginId, :expiresAt)
      """)
  void insertRefresh(String prefix, byte[] tokenHash, UUID loginId, Instant expiresAt);

  @Query(
      """
      SELECT login_id, token_hash, expires_at, used_at FROM refresh_tokens WHERE prefix = :prefix
      """)
  Optional<RefreshRow> findRefresh(String prefix);

  /** Uses a refresh token up; 0 when it was used before. */
  @Query("UPDATE refresh_tokens SET used_at = :at WHERE prefix = :prefix AND used_at IS NULL")
  int use(String prefix, Instant at);

  @Query("DELETE FROM refresh_tokens WHERE expires_at < :before")
  void forgetRefresh(Instant before);

  /** Forgets logins of which nothing works any more. */
  @Query(
      """
      DELETE FROM logins l
      WHERE l.created_at < :before
        AND NOT EXISTS (SELECT 1 FROM refresh_tokens r WHERE r.login_id = l.id)
      """)
  void forget(Instant before);
}

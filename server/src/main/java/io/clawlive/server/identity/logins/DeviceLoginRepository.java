package io.clawlive.server.identity.logins;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface DeviceLoginRepository extends GenericRepository<DeviceLoginRepository.DeviceRow, byte[]> {

  /** A login that waits for approval. */
  @MappedEntity("device_logins")
  record DeviceRow(
      @Id byte[] deviceCodeHash,
      String userCode,
      String label,
      String address,
      Instant createdAt,
      Instant expiresAt,
      String state,
      @Nullable UUID accountId) {}

  /** Keeps a new one; 0 when the user code waits already. */
  @Query(
      """
      INSERT INTO device_logins
        (device_code_hash, user_code, label, address, created_at, expires_at, state)
      VALUES (:hash, :userCode, :label, :address, :createdAt, :expiresAt, 'pending')
      ON CONFLICT (user_code) DO NOTHING
      """)
  int insert(
      byte[] hash,
      String userCode,
      String label,
      String address,
      Instant createdAt,
      Instant expiresAt);

  @Query("SELECT * FROM device_logins WHERE device_code_hash = :hash AND expires_at > :now")
  Optional<DeviceRow> findByDeviceCode(byte[] hash, Instant now);

  @Query(
      """
      SELECT * FROM device_logins
      WHERE user_code = :userCode AND state = 'pending' AND expires_at > :now
      """)
  Optional<DeviceRow> findWaiting(String userCode, Instant now);

  /** Decides a waiting one; 0 when somebody else was faster. */
  @Query(
      """
      UPDATE device_logins SET state = :state, account_id = :accountId
      WHERE user_code = :userCode AND state = 'pending' AND expires_at > :now
      """)
  int decide(String userCode, String state, UUID accountId, Instant now);

  /** Takes a decided one away; 0 when another call was faster. */
  @Query("DELETE FROM device_logins WHERE device_code_hash = :hash")
  int take(byte[] hash);

  @Query("DELETE FROM device_logins WHERE expires_at < :now")
  void forget(Instant now);
}

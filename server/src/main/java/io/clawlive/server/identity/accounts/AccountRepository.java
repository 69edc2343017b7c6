package io.clawlive.server.identity.accounts;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface AccountRepository extends GenericRepository<AccountRow, UUID> {

  /** Makes registrations wait for each other until the transaction is over: there is one first. */
  @Query("SELECT 1 FROM (SELECT pg_advisory_xact_lock(7266104)) AS locked")
  int lockRegistration();

  @Query("SELECT EXISTS (SELECT 1 FROM accounts WHERE name <> :except)")
  boolean existsOtherThan(String except);

  @Query(
      """
      INSERT INTO accounts (id, name, role, password_hash, created_at)
      VALUES (:id, :name, :role, :passwordHash, :createdAt)
      ON CONFLICT (name) DO NOTHING
      """)
  int insert(UUID id, String name, String role, @Nullable String passwordHash, Instant createdAt);

  @Query("SELECT * FROM accounts WHERE name = :name")
  Optional<AccountRow> findByName(String name);

  @Query("SELECT * FROM accounts WHERE id = :id")
  Optional<AccountRow> findById(UUID id);

  @Query("SELECT * FROM accounts WHERE id = :id FOR UPDATE")
  AccountRow lock(UUID id);

  @Query("SELECT * FROM accounts WHERE name > :after ORDER BY name LIMIT :limit")
  List<AccountRow> page(String after, int limit);

  @Query(
      """
      SELECT count(*) FROM accounts
      WHERE role = 'admin' AND disabled_at IS NULL AND name <> :except AND id <> :other
      """)
  long adminsBeside(UUID other, String except);

  @Query("UPDATE accounts SET role = :role, disabled_at = :disabledAt WHERE id = :id")
  void change(UUID id, String role, @Nullable Instant disabledAt);

  @Query("UPDATE accounts SET password_hash = :hash WHERE id = :id")
  void setPassword(UUID id, String hash);

  @Query("UPDATE accounts SET password_hash = :hash WHERE id = :id AND password_hash = :was")
  void replacePassword(UUID id, String was, String hash);

  @Query("UPDATE accounts SET last_login_at = :at WHERE id = :id")
  void signedIn(UUID id, Instant at);
}

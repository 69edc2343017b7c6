package io.clawlive.server.identity.audit;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface AuditRepository extends GenericRepository<AuditRepository.EntryRow, Long> {

  /** An entry as it is kept. */
  @MappedEntity("audit_log")
  record EntryRow(
      @Id long number, String action, String actorId, String targetId, byte[] entry, byte[] hash) {}

  /** An end of the chain. */
  @Introspected
  record Link(long number, byte[] hash) {}

  /** The end of the chain, held until the transaction is over. */
  @Query("SELECT number, hash FROM audit_head FOR UPDATE")
  Link lockHead();

  @Query("SELECT number, hash FROM audit_head")
  Link head();

  @Query("UPDATE audit_head SET number = :number, hash = :hash")
  void moveHead(long number, byte[] hash);

  @Query(
      """
      INSERT INTO audit_log (number, action, actor_id, target_id, entry, hash)
      VALUES (:number, :action, :actorId, :targetId, :entry, :hash)
      """)
  void insert(
      long number, String action, String actorId, String targetId, byte[] entry, byte[] hash);

  @Query("SELECT * FROM audit_log WHERE number > :after ORDER BY number LIMIT :limit")
  List<EntryRow> after(long after, int limit);

  @Query(
      """
      SELECT * FROM audit_log
      WHERE number < :before
        AND (CAST(:action AS text) IS NULL OR action = :action OR action LIKE :actionPrefix)
        AND (CAST(:subject AS text) IS NULL OR actor_id = :subject OR target_id = :subject)
      ORDER BY number DESC LIMIT :limit
      """)
  List<EntryRow> page(
      long before,
      @Nullable String action,
      @Nullable String actionPrefix,
      @Nullable String subject,
      int limit);
}

package io.clawlive.server.streams;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface StreamRepository extends GenericRepository<StreamRepository.StreamRow, UUID> {

  @MappedEntity("streams")
  record StreamRow(@Id UUID id, String kind, UUID agentId) {}

  /** Whom a stream belongs to. */
  @Introspected
  record OwnerRow(UUID agentId, UUID accountId) {}

  @Query("INSERT INTO streams (id, kind, agent_id) VALUES (:id, :kind, :agentId)")
  void insert(UUID id, String kind, UUID agentId);

  @Query(
      """
      SELECT s.agent_id, a.account_id
      FROM streams s JOIN agents a ON a.id = s.agent_id
      WHERE s.id = :id
      """)
  Optional<OwnerRow> owner(UUID id);
}

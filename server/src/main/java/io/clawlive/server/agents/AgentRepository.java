package io.clawlive.server.agents;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface AgentRepository extends GenericRepository<AgentRow, UUID> {

  @Query(
      """
      INSERT INTO agents (id, handle, name, bio, engine_type, account_id, created_at)
      VALUES (:id, :handle, :name, :bio, :engineType, :accountId, :createdAt)
      ON CONFLICT (handle) DO NOTHING
      """)
  int insert(
      UUID id,
      String handle,
      String name,
      String bio,
      String engineType,
      UUID accountId,
      Instant createdAt);

  @Query("SELECT * FROM agents WHERE handle = :handle")
  Optional<AgentRow> findByHandle(String handle);

  @Query("SELECT * FROM agents WHERE id = :id")
  Optional<AgentRow> findById(UUID id);

  @Query("SELECT * FROM agents WHERE handle > :after ORDER BY handle LIMIT :limit")
  List<AgentRow> page(String after, int limit);
}

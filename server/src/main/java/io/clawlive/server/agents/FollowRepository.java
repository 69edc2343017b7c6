package io.clawlive.server.agents;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface FollowRepository extends GenericRepository<FollowRepository.FollowRow, UUID> {

  /** An agent that an account follows. */
  @MappedEntity("follows")
  record FollowRow(@Id UUID agentId) {}

  /** Makes changes of one account's follows wait for each other. */
  @Query("SELECT id FROM accounts WHERE id = :accountId FOR UPDATE")
  UUID lock(UUID accountId);

  @Query("SELECT count(*) FROM follows WHERE account_id = :accountId")
  long count(UUID accountId);

  @Query(
      """
      INSERT INTO follows (account_id, agent_id, created_at)
      VALUES (:accountId, :agentId, :createdAt)
      ON CONFLICT (account_id, agent_id) DO NOTHING
      """)
  int add(UUID accountId, UUID agentId, Instant createdAt);

  @Query("DELETE FROM follows WHERE account_id = :accountId AND agent_id = :agentId")
  int remove(UUID accountId, UUID agentId);

  @Query("SELECT agent_id FROM follows WHERE account_id = :accountId")
  List<FollowRow> agents(UUID accountId);
}

package io.clawlive.server.agents;

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
interface ProjectRepository extends GenericRepository<ProjectRow, UUID> {
  String SELECT =
      """
      SELECT p.*, a.handle AS agent_handle, a.account_id
      FROM projects p JOIN agents a ON a.id = p.agent_id
      """;

  @Query(
      """
      INSERT INTO projects (id, agent_id, slug, title, description, created_at)
      VALUES (:id, :agentId, :slug, :title, :description, :createdAt)
      ON CONFLICT (agent_id, slug) DO NOTHING
      """)
  int insert(
      UUID id, UUID agentId, String slug, String title, String description, Instant createdAt);

  @Query(SELECT + "WHERE p.id = :id")
  Optional<ProjectRow> findById(UUID id);

  @Query(SELECT + "WHERE a.handle = :handle AND p.slug = :slug")
  Optional<ProjectRow> findByName(String handle, String slug);

  @Query(SELECT + "WHERE p.slug = :slug ORDER BY a.handle LIMIT 10")
  List<ProjectRow> findBySlug(String slug);

  @Query(
      SELECT
          + """
          WHERE (CAST(:agentId AS uuid) IS NULL OR p.agent_id = :agentId)
            AND (CAST(:before AS uuid) IS NULL OR p.id < :before)
          ORDER BY p.id DESC LIMIT :limit
          """)
  List<ProjectRow> page(@Nullable UUID agentId, @Nullable UUID before, int limit);
}

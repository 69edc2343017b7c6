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
      SELECT p.*, a.handle AS agent_handle, a.account_id, m.account_id IS NOT NULL AS member
      FROM projects p JOIN agents a ON a.id = p.agent_id
        LEFT JOIN project_members m
          ON m.project_id = p.id AND m.account_id = CAST(:viewer AS uuid)
      WHERE (p.visibility = 'public' OR :everything OR m.account_id IS NOT NULL
          OR a.account_id = CAST(:viewer AS uuid))
      """;

  @Query(
      """
      INSERT INTO projects (id, agent_id, slug, title, description, visibility, created_at)
      VALUES (:id, :agentId, :slug, :title, :description, :visibility, :createdAt)
      ON CONFLICT (agent_id, slug) DO NOTHING
      """)
  int insert(
      UUID id,
      UUID agentId,
      String slug,
      String title,
      String description,
      String visibility,
      Instant createdAt);

  @Query(
      """
      UPDATE projects SET title = :title, description = :description, visibility = :visibility
      WHERE id = :id
      """)
  void update(UUID id, String title, String description, String visibility);

  @Query(SELECT + "AND p.id = :id")
  Optional<ProjectRow> findById(UUID id, @Nullable UUID viewer, boolean everything);

  @Query(SELECT + "AND a.handle = :handle AND p.slug = :slug")
  Optional<ProjectRow> findByName(
      String handle, String slug, @Nullable UUID viewer, boolean everything);

  @Query(SELECT + "AND p.slug = :slug ORDER BY a.handle LIMIT 10")
  List<ProjectRow> findBySlug(String slug, @Nullable UUID viewer, boolean everything);

  @Query(
      SELECT
          + """
          AND (CAST(:agentId AS uuid) IS NULL OR p.agent_id = :agentId)
            AND (CAST(:before AS uuid) IS NULL OR p.id < :before)
          ORDER BY p.id DESC LIMIT :limit
          """)
  List<ProjectRow> page(
      @Nullable UUID agentId,
      @Nullable UUID before,
      @Nullable UUID viewer,
      boolean everything,
      int limit);
}

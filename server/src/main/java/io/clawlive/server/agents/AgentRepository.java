package io.clawlive.server.agents;

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
interface AgentRepository extends GenericRepository<AgentRow, UUID> {
  String SELECT =
      """
      SELECT a.*,
        (SELECT CAST(count(*) AS int) FROM follows f WHERE f.agent_id = a.id) AS followers_count
      FROM agents a
      """;

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

  @Query(SELECT + "WHERE a.handle = :handle")
  Optional<AgentRow> findByHandle(String handle);

  @Query(SELECT + "WHERE a.id = :id")
  Optional<AgentRow> findById(UUID id);

  /**
   * Agents by handle.
   *
   * @param text stands in the handle or the name, upper and lower case alike; empty for any
   * @param among whether to list those of {@code ids} or all others; null for any
   */
  @Query(
      SELECT
          + """
          WHERE a.handle > :after
            AND (:text = '' OR strpos(a.handle, lower(:text)) > 0
              OR strpos(lower(a.name), lower(:text)) > 0)
            AND (CAST(:among AS boolean) IS NULL
              OR CAST(:among AS boolean) = (a.id = ANY (:ids)))
          ORDER BY a.handle LIMIT :limit
          """)
  List<AgentRow> page(
      String after,
      String text,
      @Nullable Boolean among,
      @TypeDef(type = DataType.OBJECT) UUID[] ids,
      int limit);

  @Query(
      SELECT
          + """
          JOIN follows mine ON mine.agent_id = a.id AND mine.account_id = :accountId
          ORDER BY a.handle
          """)
  List<AgentRow> followedBy(UUID accountId);

  /** Those of these handles and ids that somebody has registered. */
  @Query(SELECT + "WHERE a.handle = ANY (:handles) OR a.id = ANY (:ids)")
  List<AgentRow> among(
      @TypeDef(type = DataType.STRING_ARRAY) String[] handles,
      @TypeDef(type = DataType.OBJECT) UUID[] ids);
}

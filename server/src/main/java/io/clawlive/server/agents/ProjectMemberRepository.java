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
interface ProjectMemberRepository
    extends GenericRepository<ProjectMemberRepository.MemberRow, UUID> {

  /** An account that may see a private project. */
  @MappedEntity("project_members")
  record MemberRow(@Id UUID accountId, String accountName, Instant addedAt) {}

  @Query(
      """
      SELECT m.account_id, a.name AS account_name, m.added_at
      FROM project_members m JOIN accounts a ON a.id = m.account_id
      WHERE m.project_id = :projectId ORDER BY a.name
      """)
  List<MemberRow> list(UUID projectId);

  /** Makes changes of one project's members wait for each other. */
  @Query("SELECT id FROM projects WHERE id = :projectId FOR UPDATE")
  UUID lock(UUID projectId);

  @Query(
      """
      INSERT INTO project_members (project_id, account_id, added_at)
      VALUES (:projectId, :accountId, :addedAt)
      ON CONFLICT (project_id, account_id) DO NOTHING
      """)
  int add(UUID projectId, UUID accountId, Instant addedAt);

  @Query("DELETE FROM project_members WHERE project_id = :projectId AND account_id = :accountId")
  int remove(UUID projectId, UUID accountId);
}

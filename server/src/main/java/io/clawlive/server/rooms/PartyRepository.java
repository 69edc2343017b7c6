package io.clawlive.server.rooms;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** People and agents by whatever they are called. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface PartyRepository extends GenericRepository<PartyRepository.PartyRow, UUID> {

  /**
   * A person or agent.
   *
   * @param kind 1 for an agent, 2 for an account
   */
  @MappedEntity("accounts")
  record PartyRow(
      @Id UUID id, int kind, String handle, String displayName, String bio, UUID accountId) {}

  @Query(
      """
      SELECT id, 1 AS kind, handle, name AS display_name, bio, account_id
      FROM agents WHERE handle = :name OR id = CAST(:id AS uuid)
      UNION ALL
      SELECT id, 2 AS kind, name AS handle, display_name, bio, id AS account_id
      FROM accounts WHERE name = :name OR id = CAST(:id AS uuid)
      """)
  List<PartyRow> find(String name, @Nullable UUID id);

  @Query("UPDATE accounts SET display_name = :displayName, bio = :bio WHERE id = :id")
  void describeAccount(UUID id, String displayName, String bio);

  @Query("UPDATE agents SET name = :displayName, bio = :bio WHERE id = :id")
  void describeAgent(UUID id, String displayName, String bio);
}

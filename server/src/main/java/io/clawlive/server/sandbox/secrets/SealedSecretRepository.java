package io.clawlive.server.sandbox.secrets;

import io.clawlive.server.platform.secrets.SealedRows;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/** The values of secrets, to be sealed anew. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SealedSecretRepository extends GenericRepository<SecretRow, UUID>, SealedRows {
  String OTHERS =
      """
      SELECT CAST(id AS text) COLLATE "C" AS id, sealed AS bytes,
        'sandbox_secret ' || account_id || ' ' || coalesce(CAST(agent_id AS text), '-') || ' '
          || name || ' ' || id AS context
      FROM sandbox_secrets
      WHERE substring(sealed FROM 1 FOR octet_length(:mark)) <> :mark
      """;

  @Override
  @Query("SELECT count(*) FROM (" + OTHERS + ") rows")
  long countOthers(byte[] mark);

  @Override
  @Query(
      "SELECT id, context, bytes FROM ("
          + OTHERS
          + ") rows WHERE id > :after ORDER BY id LIMIT :most")
  List<Sealed> othersAfter(String after, byte[] mark, int most);

  @Override
  default int replace(Sealed row, byte[] sealed) {
    return replace(row.id(), row.bytes(), sealed);
  }

  @Query(
      """
      UPDATE sandbox_secrets SET sealed = :sealed
      WHERE id = CAST(:row AS uuid) AND sealed = :before
      """)
  int replace(String row, byte[] before, byte[] sealed);
}

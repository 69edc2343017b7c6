package io.clawlive.server.identity.logins;

import io.clawlive.server.platform.secrets.SealedRows;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The private key that signs, to be sealed anew. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SealedSigningKeyRepository extends GenericRepository<SigningKeyRow, String>, SealedRows {
  String OTHERS =
      """
      SELECT kid COLLATE "C" AS id, 'signing_key ' || kid AS context, private_key_sealed AS bytes
      FROM signing_keys
      WHERE substring(private_key_sealed FROM 1 FOR octet_length(:mark)) <> :mark
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
      UPDATE signing_keys SET private_key_sealed = :sealed
      WHERE kid = :row AND private_key_sealed = :before
      """)
  int replace(String row, byte[] before, byte[] sealed);
}

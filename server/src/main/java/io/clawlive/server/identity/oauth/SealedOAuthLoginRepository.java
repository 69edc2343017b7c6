package io.clawlive.server.identity.oauth;

import io.clawlive.server.platform.secrets.SealedRows;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** What logins that have begun keep sealed, to be sealed anew. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SealedOAuthLoginRepository extends GenericRepository<OAuthLoginRow, byte[]>, SealedRows {
  String OTHERS =
      """
      SELECT encode(state_hash, 'hex') COLLATE "C" AS id,
        'oauth_login ' || encode(state_hash, 'hex') AS context, verifier_sealed AS bytes
      FROM oauth_logins
      WHERE substring(verifier_sealed FROM 1 FOR octet_length(:mark)) <> :mark
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
      UPDATE oauth_logins SET verifier_sealed = :sealed
      WHERE state_hash = decode(:row, 'hex') AND verifier_sealed = :before
      """)
  int replace(String row, byte[] before, byte[] sealed);
}

package io.clawlive.server.webhooks;

import io.clawlive.server.platform.secrets.SealedRows;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/** The secrets of webhooks and those before them, to be sealed anew. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SealedWebhookRepository extends GenericRepository<WebhookRow, UUID>, SealedRows {
  String OTHERS =
      """
      SELECT id || kind COLLATE "C" AS id, 'webhook ' || id AS context, bytes
      FROM (
        SELECT id, '/now' AS kind, secret AS bytes FROM webhooks
        UNION ALL
        SELECT id, '/previous', previous_secret FROM webhooks WHERE previous_secret IS NOT NULL
      ) sealed
      WHERE substring(bytes FROM 1 FOR octet_length(:mark)) <> :mark
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

  /** A secret that is rotated meanwhile is sealed with the new key anyway. */
  @Query(
      """
      UPDATE webhooks SET
        secret = CASE WHEN :row LIKE '%/now' THEN :sealed ELSE secret END,
        previous_secret = CASE WHEN :row LIKE '%/now' THEN previous_secret ELSE :sealed END
      WHERE id = CAST(split_part(:row, '/', 1) AS uuid)
        AND :before = CASE WHEN :row LIKE '%/now' THEN secret ELSE previous_secret END
      """)
  int replace(String row, byte[] before, byte[] sealed);
}

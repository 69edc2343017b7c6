package io.clawlive.server.platform.secrets;

import io.clawlive.server.platform.NotUsableException;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals with the primary key what another key sealed, a row at a time and in small batches, so that
 * nobody waits for it. Whatever changed the keyset, this catches up by itself; several servers that
 * do so at once do no harm, because a row is replaced only as it was read.
 */
@Singleton
public class Resealing {
  private static final int BATCH = 100;
  private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);

  private final List<SealedRows> all;
  private final SecretBox box;

  /**
   * What one pass over all rows did.
   *
   * @param done rows sealed anew
   * @param unopenable rows that no key opens where they stand
   */
  public record Pass(long done, long unopenable) {
    private Pass plus(Pass other) {
      return new Pass(done + other.done, unopenable + other.unopenable);
    }
  }

  Resealing(List<SealedRows> all, SecretBox box) {
    this.all = all;
    this.box = box;
  }

  /** How many rows another key than the primary one sealed. */
  public long left() {
    byte[] mark = box.mark();
    return all.stream().mapToLong(rows -> rows.countOthers(mark)).sum();
  }

  /** Goes over all rows once. */
  public Pass run() {
    return all.stream().map(this::run).reduce(new Pass(0, 0), Pass::plus);
  }

  @Scheduled(
      fixedDelay = "${clawlive.secrets.reseal:10s}",
      initialDelay = "${clawlive.secrets.reseal:10s}")
  void catchUp() {
    try {
      Pass pass = left() == 0 ? new Pass(0, 0) : run();
      if (pass.done() > 0) {
        LOG.info("{} rows are sealed with the new key", pass.done());
      }
    } catch (DataAccessException e) {
      LOG.warn("what an older key sealed stays so for now: {}", e.getMessage());
    }
  }

  private Pass run(SealedRows rows) {
    byte[] mark = box.mark();
    long done = 0;
    long unopenable = 0;
    List<SealedRows.Sealed> batch = rows.othersAfter("", mark, BATCH);
    while (!batch.isEmpty()) {
      for (SealedRows.Sealed row : batch) {
        try {
          byte[] plain = box.open(row.bytes(), row.context());
          done += rows.replace(row, box.seal(plain, row.context()));
        } catch (NotUsableException e) {
          // Its key is lost or it was moved; its own noun tells when it is needed.
          unopenable++;
        }
      }
      batch = rows.othersAfter(batch.getLast().id(), mark, BATCH);
    }
    return new Pass(done, unopenable);
  }
}

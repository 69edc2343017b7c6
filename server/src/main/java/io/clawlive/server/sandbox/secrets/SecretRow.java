package io.clawlive.server.sandbox.secrets;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A secret as the table holds it.
 *
 * @param fileName null for an environment variable
 * @param sealed the value
 */
@MappedEntity("sandbox_secrets")
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record SecretRow(
    @Id UUID id,
    UUID accountId,
    @Nullable UUID agentId,
    String name,
    @Nullable String fileName,
    byte[] sealed,
    Instant createdAt,
    Instant updatedAt) {

  /** What the value is sealed for where it stands. */
  String context() {
    return new Scope(accountId, agentId).context(name, id);
  }

  @Override
  public String toString() {
    return "SecretRow[" + id + "]";
  }
}

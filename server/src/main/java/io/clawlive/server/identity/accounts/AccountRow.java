package io.clawlive.server.identity.accounts;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account.
 *
 * @param role "admin" or "user"
 * @param passwordHash null when nobody can sign in with a password
 * @param disabledAt null while it works
 */
@MappedEntity("accounts")
public record AccountRow(
    @Id UUID id,
    String name,
    String role,
    Instant createdAt,
    @Nullable String passwordHash,
    @Nullable Instant disabledAt,
    @Nullable Instant lastLoginAt) {

  /** True for an administrator. */
  public boolean admin() {
    return role.equals("admin");
  }

  @Override
  public String toString() {
    return "AccountRow[" + name + "]";
  }
}

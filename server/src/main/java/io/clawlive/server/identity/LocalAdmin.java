package io.clawlive.server.identity;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;

/**
 * The administrator account of whoever runs the server's machine. Its key is handed to the command
 * line on the same machine through a file only its user can read.
 */
@Singleton
public class LocalAdmin {
  private static final String NAME = "local-admin";

  private final ApiKeyRepository repository;
  private final ApiKeys keys;
  private final Clock clock;

  LocalAdmin(ApiKeyRepository repository, ApiKeys keys, Clock clock) {
    this.repository = repository;
    this.keys = keys;
    this.clock = clock;
  }

  /** A fresh key of the local administrator; the keys made before stop working. */
  @Transactional
  public String renewKey() {
    repository.insertAccount(UuidCreator.getTimeOrderedEpoch(), NAME, "admin", clock.instant());
    AccountRow account = repository.findAccount(NAME).orElseThrow();
    repository.revokeAccountKeys(account.id(), clock.instant());
    return keys.create(account.id(), null);
  }

  /** True when a key read from the file still works. */
  public boolean holds(String key) {
    try {
      return keys.authenticate(key) instanceof Caller.AccountCaller account
          && account.name().equals(NAME);
    } catch (io.clawlive.server.platform.grpc.Refusal refused) {
      return false;
    }
  }
}

package io.clawlive.server.identity.keys;

import io.clawlive.server.identity.Caller;
import io.clawlive.server.identity.accounts.AccountRow;
import io.clawlive.server.identity.accounts.Accounts;
import io.clawlive.server.identity.audit.AuditLog;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;

/**
 * The administrator account of whoever runs the server's machine. Its key is handed to the command
 * line on the same machine through a file only its user can read.
 */
@Singleton
public class LocalAdmin {
  private final Accounts accounts;
  private final ApiKeyRepository repository;
  private final ApiKeys keys;
  private final AuditLog audit;
  private final Clock clock;

  LocalAdmin(
      Accounts accounts, ApiKeyRepository repository, ApiKeys keys, AuditLog audit, Clock clock) {
    this.accounts = accounts;
    this.repository = repository;
    this.keys = keys;
    this.audit = audit;
    this.clock = clock;
  }

  /** A fresh key of the local administrator; the keys made before stop working. */
  @Transactional
  public String renewKey() {
    AccountRow account = accounts.localAdmin();
    repository.revokeAccountKeys(account.id(), clock.instant());
    ApiKeys.NewKey key = keys.create(account.id(), null);
    audit.recordOwn("key.create", "key", key.id(), account.name());
    return key.text();
  }

  /** True when a key read from the file still works. */
  public boolean holds(String key) {
    try {
      return keys.authenticate(key).caller() instanceof Caller.AccountCaller account
          && account.name().equals(Accounts.LOCAL_ADMIN);
    } catch (Refusal refused) {
      return false;
    }
  }
}

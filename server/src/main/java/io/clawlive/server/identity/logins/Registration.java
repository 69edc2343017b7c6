package io.clawlive.server.identity.logins;

import io.clawlive.identity.v1.Tokens;
import io.clawlive.server.identity.accounts.AccountRow;
import io.clawlive.server.identity.accounts.Accounts;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;

/** Makes an account and its first login together, or neither. */
@Singleton
public class Registration {
  private final Accounts accounts;
  private final Logins logins;

  Registration(Accounts accounts, Logins logins) {
    this.accounts = accounts;
    this.logins = logins;
  }

  /** The new account and what it calls with. */
  public record Registered(AccountRow account, Tokens tokens) {}

  /**
   * Makes an account for whoever asks.
   *
   * @param passwordHash null for an account that signs in elsewhere
   */
  @Transactional
  public Registered register(String name, @Nullable String passwordHash) {
    AccountRow account = accounts.register(name, passwordHash);
    return new Registered(account, logins.open(account, ""));
  }
}

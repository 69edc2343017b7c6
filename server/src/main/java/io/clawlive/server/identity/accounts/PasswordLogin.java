package io.clawlive.server.identity.accounts;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.accounts.Passwords.Check;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Finds out whether a name and a password belong together. */
@Singleton
public final class PasswordLogin {
  private final Accounts accounts;
  private final Passwords passwords;

  PasswordLogin(Accounts accounts, Passwords passwords) {
    this.accounts = accounts;
    this.passwords = passwords;
  }

  /**
   * The account behind a name and a password.
   *
   * @throws Refusal LOGIN_FAILED, which does not say what is wrong
   */
  public AccountRow authenticate(String name, String password) {
    passwords.requireRoom();
    AccountRow account = accounts.byName(name).orElse(null);
    String hash = account == null ? null : account.passwordHash();
    Check check = passwords.check(password, hash);
    if (account == null || check == Check.WRONG || account.disabledAt() != null) {
      throw failed();
    }
    if (check == Check.RIGHT_BUT_OLD && hash != null) {
      accounts.rehash(account.id(), hash, passwords.hash(password));
    }
    return account;
  }

  /** Refuses a new password that is the name, and gives the hash of any other. */
  public String newHash(String name, String password) {
    if (password.equalsIgnoreCase(name)) {
      throw Refusal.invalidField("password: must not be the name.", "password");
    }
    return passwords.hash(password);
  }

  /** Checks the present password before it is changed; an account without one has none to show. */
  public void requirePresent(AccountRow account, @Nullable String password) {
    String hash = account.passwordHash();
    if (hash != null && passwords.check(String.valueOf(password), hash) == Check.WRONG) {
      throw failed();
    }
  }

  private static Refusal failed() {
    return Refusal.of(ErrorReason.ERROR_REASON_LOGIN_FAILED, "The name or the password is wrong.");
  }
}

package io.clawlive.server.identity.logins;

import io.clawlive.identity.v1.RegisterResponse;
import io.clawlive.identity.v1.Role;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.server.identity.accounts.AccountRow;
import io.clawlive.server.identity.accounts.Accounts;
import io.clawlive.server.identity.accounts.PasswordLogin;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in by name and password. Passwords are hashed before a transaction begins, because
 * that takes long and a connection is dear.
 */
@Singleton
final class SignIn {
  private final Accounts accounts;
  private final PasswordLogin passwords;
  private final Logins logins;
  private final Registration registration;

  SignIn(Accounts accounts, PasswordLogin passwords, Logins logins, Registration registration) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.logins = logins;
    this.registration = registration;
  }

  RegisterResponse register(String name, String password) {
    // Asked before the password is hashed, so that a closed door costs nothing.
    accounts.requireRegistrationOpen();
    Registration.Registered made = registration.register(name, passwords.newHash(name, password));
    return RegisterResponse.newBuilder()
        .setTokens(made.tokens())
        .setRole(made.account().admin() ? Role.ROLE_ADMIN : Role.ROLE_USER)
        .build();
  }

  Tokens login(String name, String password, String label) {
    return logins.open(passwords.authenticate(name, password), label);
  }

  void changePassword(
      UUID accountId, String oldPassword, String newPassword, @Nullable UUID keptLogin) {
    AccountRow account = accounts.get(accountId);
    passwords.requirePresent(account, oldPassword);
    accounts.setPassword(account, passwords.newHash(account.name(), newPassword), keptLogin);
  }
}

package io.clawlive.server.testing;

import io.clawlive.identity.v1.CreateAccountRequest;
import io.clawlive.identity.v1.CreateKeyRequest;
import io.clawlive.identity.v1.CreateKeyResponse;
import io.clawlive.identity.v1.KeyScope;
import io.clawlive.identity.v1.LoginRequest;
import io.clawlive.identity.v1.Tokens;

/** An account that is signed in by its password. */
public record Person(TestServer server, String accountId, String name, Tokens tokens) {
  /** Everybody's password. */
  public static final String PASSWORD = "correct horse battery";

  static Person create(TestServer server, String name) {
    String id =
        server
            .admin()
            .accounts()
            .createAccount(
                CreateAccountRequest.newBuilder().setName(name).setPassword(PASSWORD).build())
            .getAccount()
            .getAccountId();
    return new Person(server, id, name, login(server, name, PASSWORD));
  }

  /** Signs in. */
  public static Tokens login(TestServer server, String name, String password) {
    return server
        .nobody()
        .identity()
        .login(LoginRequest.newBuilder().setName(name).setPassword(password).build())
        .getTokens();
  }

  /** The same person in a login of its own. */
  public Person again() {
    return new Person(server, accountId, name, login(server, name, PASSWORD));
  }

  /** The caller with the access token. */
  public Client client() {
    return server.as(tokens.getAccessToken());
  }

  /** Registers an agent of this account, with a project. */
  public Worker worker(String handle) {
    return Worker.register(server, client(), handle);
  }

  /** Makes a key of this account. */
  public CreateKeyResponse key(KeyScope scope) {
    return client().keys().createKey(CreateKeyRequest.newBuilder().setScope(scope).build());
  }

  @Override
  public String toString() {
    return "Person[" + name + "]";
  }
}

package io.clawlive.server.identity.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.ChangePasswordRequest;
import io.clawlive.identity.v1.CreateAccountRequest;
import io.clawlive.identity.v1.ListAccountsRequest;
import io.clawlive.identity.v1.LoginRequest;
import io.clawlive.identity.v1.RegisterRequest;
import io.clawlive.identity.v1.RegisterResponse;
import io.clawlive.identity.v1.Role;
import io.clawlive.identity.v1.UpdateAccountRequest;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.identity.v1.WhoAmIResponse;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Accounts: the first, the others, their roles and passwords. */
final class AccountTest {
  private static final String PASSWORD = Person.PASSWORD;

  @Test
  void theFirstAccountIsTheAdministratorAndThenTheDoorIsClosed() {
    try (var server = TestServer.start()) {
      WhoAmIResponse before = whoAmI(server.nobody());
      assertTrue(before.getFirstAccount());
      assertTrue(before.getRegistrationOpen());

      RegisterResponse first = register(server, "Alice");
      assertEquals(Role.ROLE_ADMIN, first.getRole());
      assertEquals("alice", first.getTokens().getAccountName(), "names are kept in lower case");
      WhoAmIResponse alice = whoAmI(server.as(first.getTokens().getAccessToken()));
      assertEquals(Role.ROLE_ADMIN, alice.getRole());
      assertTrue(alice.hasCredentialExpiresAt());

      assertFalse(whoAmI(server.nobody()).getRegistrationOpen());
      Refused.with(ErrorReason.ERROR_REASON_REGISTRATION_CLOSED, () -> register(server, "mallory"));
    }
  }

  @Test
  void ofManyWhoRegisterAtOnceOneIsTheFirst() {
    try (var server = TestServer.start("clawlive.identity.open-registration=true")) {
      var admins = new AtomicInteger();
      Together.run(
          12,
          i -> {
            if (register(server, "racer" + i).getRole() == Role.ROLE_ADMIN) {
              admins.incrementAndGet();
            }
          });
      assertEquals(1, admins.get());
    }
  }

  @Test
  void anOpenServerTakesUsersAndEveryNameOnce() {
    try (var server = TestServer.start("clawlive.identity.open-registration=true")) {
      register(server, "alice");
      assertEquals(Role.ROLE_USER, register(server, "bob").getRole());
      Refused.with(ErrorReason.ERROR_REASON_NAME_TAKEN, () -> register(server, "BOB"));
      for (String name : List.of("", "a", "-ab", "a b", "ä".repeat(3), "x".repeat(33))) {
        Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> register(server, name));
      }
      for (String password : List.of("", "short", "x".repeat(201), "long-enough-name")) {
        Refused refused =
            Refused.with(
                ErrorReason.ERROR_REASON_INVALID_FIELD,
                () ->
                    server
                        .nobody()
                        .identity()
                        .register(
                            RegisterRequest.newBuilder()
                                .setName("long-enough-name")
                                .setPassword(password)
                                .build()));
        assertFalse(
            !password.isEmpty() && refused.status().toString().contains("\"" + password + "\""),
            "the password is not in the answer");
      }
    }
  }

  @Test
  void anAdministratorMakesChangesAndDisablesAccounts() {
    try (var server = TestServer.start()) {
      Person bob = server.person("bob");
      assertEquals(Role.ROLE_USER, whoAmI(bob.client()).getRole());

      update(
          server.admin(),
          UpdateAccountRequest.newBuilder().setAccount("bob").setRole(Role.ROLE_ADMIN));
      assertEquals(
          Role.ROLE_ADMIN, whoAmI(bob.client()).getRole(), "a role holds from the next call on");
      Refused.with(
          ErrorReason.ERROR_REASON_LAST_ADMIN,
          () ->
              update(
                  server.admin(),
                  UpdateAccountRequest.newBuilder().setAccount("bob").setRole(Role.ROLE_USER)));
      Refused.with(
          ErrorReason.ERROR_REASON_LAST_ADMIN,
          () ->
              update(
                  server.admin(),
                  UpdateAccountRequest.newBuilder().setAccount(bob.accountId()).setDisabled(true)));

      Person eve = server.person("eve");
      String key = eve.key(io.clawlive.identity.v1.KeyScope.KEY_SCOPE_FULL).getApiKey();
      update(server.admin(), UpdateAccountRequest.newBuilder().setAccount("eve").setDisabled(true));
      for (Client client : List.of(eve.client(), server.as(key))) {
        Refused.with(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, () -> whoAmI(client));
      }
      Refused.with(ErrorReason.ERROR_REASON_LOGIN_FAILED, eve::again);
      update(
          server.admin(), UpdateAccountRequest.newBuilder().setAccount("eve").setDisabled(false));
      assertEquals("eve", whoAmI(eve.again().client()).getAccountName());

      Refused.with(
          ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND,
          () ->
              update(
                  server.admin(),
                  UpdateAccountRequest.newBuilder().setAccount("nobody").setDisabled(true)));
      var names =
          server
              .admin()
              .accounts()
              .listAccounts(ListAccountsRequest.getDefaultInstance())
              .getAccountsList()
              .stream()
              .map(account -> account.getName())
              .toList();
      assertEquals(List.of("bob", "eve", "local-admin"), names);
    }
  }

  @Test
  void aNewPasswordEndsEveryOtherLogin() {
    try (var server = TestServer.start()) {
      Person bob = server.person("bob");
      Person elsewhere = bob.again();
      Refused.with(
          ErrorReason.ERROR_REASON_LOGIN_FAILED,
          () -> changePassword(bob.client(), "not the password", "another good password"));
      assertEquals("bob", whoAmI(elsewhere.client()).getAccountName());

      changePassword(bob.client(), PASSWORD, "another good password");
      assertEquals("bob", whoAmI(bob.client()).getAccountName());
      Refused.with(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, () -> whoAmI(elsewhere.client()));
      Refused.with(ErrorReason.ERROR_REASON_LOGIN_FAILED, bob::again);
      Person.login(server, "BOB", "another good password");

      update(
          server.admin(),
          UpdateAccountRequest.newBuilder().setAccount("bob").setPassword("set by the admin"));
      Refused.with(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, () -> whoAmI(bob.client()));
      Person.login(server, "bob", "set by the admin");
    }
  }

  @Test
  void theMachinesOwnAccountStaysAsItIs() {
    try (var server = TestServer.start()) {
      server.person("bob");
      for (var request :
          List.of(
              UpdateAccountRequest.newBuilder().setDisabled(true),
              UpdateAccountRequest.newBuilder().setRole(Role.ROLE_USER),
              UpdateAccountRequest.newBuilder().setPassword(PASSWORD))) {
        Refused.with(
            ErrorReason.ERROR_REASON_LAST_ADMIN,
            () -> update(server.admin(), request.setAccount("local-admin")));
      }
      Refused.with(
          ErrorReason.ERROR_REASON_LAST_ADMIN, () -> changePassword(server.admin(), "", PASSWORD));
      assertEquals(Role.ROLE_ADMIN, whoAmI(server.admin()).getRole());
    }
  }

  @Test
  void aWrongNameAndAWrongPasswordGetTheSameAnswer() {
    try (var server = TestServer.start()) {
      server.person("bob");
      server
          .admin()
          .accounts()
          .createAccount(CreateAccountRequest.newBuilder().setName("keyless").build());
      String answer = loginRefusal(server, "bob");
      assertEquals(answer, loginRefusal(server, "nobody"));
      assertEquals(answer, loginRefusal(server, "keyless"), "no password, no login by one");
      assertEquals(answer, loginRefusal(server, "local-admin"));
    }
  }

  @Test
  void aPasswordIsHashedAnewWhenTheParametersChange() {
    try (var server = TestServer.start()) {
      Person bob = server.person("bob");
      String before = hash(server, "bob");
      assertTrue(before.startsWith("$argon2id$v=19$m=64,t=1,p=1$"), before);
      bob.again();
      assertEquals(before, hash(server, "bob"), "the same parameters leave the hash");
      try (var stricter =
          server.sibling(
              "clawlive.identity.passwords.memory-kib=128",
              "clawlive.identity.passwords.iterations=2")) {
        Refused.with(
            ErrorReason.ERROR_REASON_LOGIN_FAILED,
            () -> Person.login(stricter, "bob", "wrong password"));
        assertEquals(before, hash(server, "bob"));
        Person.login(stricter, "bob", PASSWORD);
      }
      String after = hash(server, "bob");
      assertTrue(after.startsWith("$argon2id$v=19$m=128,t=2,p=1$"), after);
      bob.again();
    }
  }

  @Test
  void whatIsTypedOnAnotherKeyboardIsTheSamePassword() {
    try (var server = TestServer.start()) {
      // The same letters composed and decomposed, and a wide digit.
      create(server, "uma", "Übergröße 123456");
      Person.login(server, "uma", "U\u0308bergro\u0308ße １23456");
    }
  }

  @Test
  void aStormOfLoginsIsSentAwayAboveTheQueue() {
    try (var server =
        TestServer.start(
            "clawlive.identity.passwords.memory-kib=65536",
            "clawlive.identity.passwords.threads=1",
            "clawlive.identity.passwords.queue=2")) {
      create(server, "bob", PASSWORD);
      var in = new AtomicInteger();
      var busy = new AtomicInteger();
      Together.run(
          8,
          i -> {
            try {
              Person.login(server, "bob", PASSWORD);
              in.incrementAndGet();
            } catch (io.grpc.StatusRuntimeException e) {
              Refused refused = Refused.of(e);
              assertEquals(ErrorReason.ERROR_REASON_LOGIN_BUSY, refused.reason());
              assertTrue(refused.detail(com.google.rpc.RetryInfo.class).isPresent());
              busy.incrementAndGet();
            }
          });
      assertEquals(8, in.get() + busy.get());
      assertTrue(in.get() >= 2, in + " in");
      assertTrue(busy.get() >= 1, busy + " busy");
    }
  }

  private static void create(TestServer server, String name, String password) {
    server
        .admin()
        .accounts()
        .createAccount(
            CreateAccountRequest.newBuilder().setName(name).setPassword(password).build());
  }

  private static RegisterResponse register(TestServer server, String name) {
    return server
        .nobody()
        .identity()
        .register(RegisterRequest.newBuilder().setName(name).setPassword(PASSWORD).build());
  }

  private static void update(Client client, UpdateAccountRequest.Builder request) {
    client.accounts().updateAccount(request.build());
  }

  private static void changePassword(Client client, String from, String to) {
    client
        .identity()
        .changePassword(
            ChangePasswordRequest.newBuilder().setOldPassword(from).setNewPassword(to).build());
  }

  private static String loginRefusal(TestServer server, String name) {
    return Refused.with(
            ErrorReason.ERROR_REASON_LOGIN_FAILED,
            () ->
                server
                    .nobody()
                    .identity()
                    .login(
                        LoginRequest.newBuilder()
                            .setName(name)
                            .setPassword("wrong password")
                            .build()))
        .message();
  }

  private static WhoAmIResponse whoAmI(Client client) {
    return client.identity().whoAmI(WhoAmIRequest.getDefaultInstance());
  }

  private static String hash(TestServer server, String name) {
    return server
        .database()
        .read("SELECT password_hash FROM accounts WHERE name = ?", name)
        .getFirst();
  }
}

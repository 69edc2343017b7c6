package io.clawlive.server.sandbox.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.ListAuditEntriesRequest;
import io.clawlive.sandbox.v1.PutSecretRequest;
import io.clawlive.sandbox.v1.Secret;
import io.clawlive.sandbox.v1.SecretDelivery;
import io.clawlive.server.platform.NotUsableException;
import io.clawlive.server.platform.secrets.SecretBox;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestDatabase;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets are kept for an account or one of its agents, and reach the sandboxes of these alone. */
final class SecretsTest {
  @AutoClose private static final TestServer server = TestServer.start();

  private static int names;

  @TempDir private Path home;
  private Person person;
  private Worker agent;
  private Shelf own;
  private Shelf agents;

  @BeforeEach
  void somebodyWithAnAgent() {
    person = server.person("keeper-" + ++names);
    agent = person.worker("kept-secret-" + names);
    own = Shelf.of(person.client());
    agents = new Shelf(person.client(), agent.handle());
  }

  @Test
  void aSecretIsKeptUntilItIsDeletedAndItsValueIsInNoAnswer() {
    Secret put = own.put("API_KEY", "one");
    assertEquals(person.accountId(), put.getAccountId());
    assertEquals("", put.getAgentId());
    assertEquals(SecretDelivery.SECRET_DELIVERY_ENV, put.getDelivery());
    assertFalse(put.getKeyId().isEmpty());
    Secret again = own.put("API_KEY", "two");
    assertEquals(put.getCreatedAt(), again.getCreatedAt());
    assertTrue(again.getUpdatedAt().getNanos() != put.getUpdatedAt().getNanos());
    assertEquals(List.of(again), own.list());
    assertEquals(List.of("API_KEY=two"), delivered(null));
    assertTrue(own.delete("API_KEY"));
    assertFalse(own.delete("API_KEY"), "it may be repeated");
    assertEquals(List.of(), own.list());
    assertEquals(List.of(), delivered(null));
  }

  @Test
  void anAgentGetsItsAccountsSecretsAndItsOwnBeforeThem() {
    own.put("SHARED", "account");
    own.put("BOTH", "account");
    agents.put("BOTH", "agent");
    agents.putFile("KEY_FILE", "id.pem", "file");
    UUID other = UUID.fromString(person.worker("another-" + names).agentId());
    assertEquals(List.of("BOTH=account", "SHARED=account"), delivered(null));
    assertEquals(List.of("BOTH=account", "SHARED=account"), delivered(other));
    assertEquals(
        List.of("BOTH=agent", "KEY_FILE@id.pem=file", "SHARED=account"),
        delivered(UUID.fromString(agent.agentId())));
  }

  @Test
  void anAgentWritesItsOwnAndNothingOfItsAccounts() {
    own.put("ACCOUNTS", "x");
    Shelf self = Shelf.of(agent.client());
    assertEquals(agent.agentId(), self.put("MINE", "x").getAgentId());
    assertEquals(List.of("MINE"), self.names());
    assertEquals(List.of("MINE"), agents.names());
    assertEquals(List.of("ACCOUNTS"), own.names());
    Worker stranger = server.worker("strange-" + names);
    for (Shelf nosy :
        List.of(
            new Shelf(stranger.client(), agent.handle()),
            new Shelf(server.person("nosy-" + names).client(), agent.agentId()))) {
      Refused.with(ErrorReason.ERROR_REASON_NOT_OWNER, nosy::list);
      Refused.with(ErrorReason.ERROR_REASON_NOT_OWNER, () -> nosy.put("X", "x"));
      Refused.with(ErrorReason.ERROR_REASON_NOT_OWNER, () -> nosy.delete("MINE"));
    }
    Refused.with(
        ErrorReason.ERROR_REASON_AGENT_NOT_FOUND, new Shelf(person.client(), "nobody-here")::list);
    assertEquals(List.of("MINE"), new Shelf(server.admin(), agent.handle()).names());
  }

  @Test
  void whatIsNoSecretIsRefused() {
    for (String name : List.of("", "lower", "1ST", "A-B", "A B", "Ä", "X".repeat(65))) {
      Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> own.put(name, "x"));
    }
    for (String file : List.of("..", ".", "a..b", "a/b", "/etc/passwd", "a b", "x".repeat(65))) {
      Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> own.putFile("F", file, "x"));
    }
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> own.put("EMPTY", ""));
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> own.putFile("LONG", "", "x".repeat((64 << 10) + 1)));
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () ->
            own.put(
                PutSecretRequest.newBuilder()
                    .setName("ENV")
                    .setValue(Shelf.bytes("x"))
                    .setFileName("f")));
    for (byte[] value : new byte[][] {{'a', 0, 'b'}, {(byte) 0xff}, new byte[32_769]}) {
      var request = PutSecretRequest.newBuilder().setValue(ByteString.copyFrom(value));
      Refused.with(
          ErrorReason.ERROR_REASON_SECRET_NOT_TEXT, () -> own.put(request.setName("BINARY")));
      own.put(
          request
              .setName("BINARY_" + value.length)
              .setDelivery(SecretDelivery.SECRET_DELIVERY_FILE));
    }
    own.putFile("BIG", "", "x".repeat(64 << 10));
    assertEquals(4, own.list().size());
  }

  @Test
  void twoSecretsAreNotOneFile() {
    own.putFile("A", "key", "x");
    String told =
        Refused.with(ErrorReason.ERROR_REASON_SECRET_FILE_TAKEN, () -> own.putFile("B", "key", "x"))
            .message();
    assertTrue(told.contains("secret A "), told);
    own.putFile("A", "key", "y");
    own.putFile("B", "", "x");
    agents.putFile("B", "key", "x");
    assertEquals(List.of("A@key=y", "B@B=x"), delivered(null));
  }

  @Test
  void aScopeHoldsAHundredAlsoWhenManyWriteAtOnce() {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 110; i++) {
      String name = "S_" + i;
      calls.add(() -> {
        try {
          own.put(name, "x");
          return true;
        } catch (StatusRuntimeException e) {
          assertEquals(
              ErrorReason.ERROR_REASON_TOO_MANY_SECRETS, Refused.of(e).reason(), e.getMessage());
          return false;
        }
      });
    }
    assertEquals(100, Together.run(calls).stream().filter(done -> done).count());
    assertEquals(100, own.list().size());
    own.put(own.names().getFirst(), "one that is there may be written anew");
    agents.put("ANOTHER_SCOPE", "x");
  }

  @Test
  void aRowThatWasMovedOrRenamedDoesNotOpenAndBreaksNothingElse() {
    Person thief = server.person("thief-" + names);
    Worker thiefsAgent = thief.worker("thief-agent-" + names);
    own.put("MOVED", "secret");
    own.put("RENAMED", "secret");
    own.put("COPIED", "secret");
    own.put("FINE", "fine");
    var database = server.database();
    UUID account = UUID.fromString(person.accountId());
    database.execute(
        "UPDATE sandbox_secrets SET account_id = ?, agent_id = ? WHERE account_id = ? AND name ="
            + " 'MOVED'",
        UUID.fromString(thief.accountId()),
        UUID.fromString(thiefsAgent.agentId()),
        account);
    database.execute(
        "UPDATE sandbox_secrets SET name = 'OTHER' WHERE account_id = ? AND name = 'RENAMED'",
        account);
    database.execute(
        "INSERT INTO sandbox_secrets SELECT ?, ?, NULL, name, file_name, sealed, created_at,"
            + " updated_at FROM sandbox_secrets WHERE account_id = ? AND name = 'COPIED'",
        UUID.randomUUID(),
        UUID.fromString(thief.accountId()),
        account);
    assertEquals(List.of("COPIED=secret", "FINE=fine"), delivered(null));
    assertEquals(
        List.of("OTHER"),
        own.list().stream().filter(Secret::getUnreadable).map(Secret::getName).toList());
    Secrets secrets = server.bean(Secrets.class);
    assertEquals(List.of("OTHER"), secrets.unreadable(account, null));
    UUID thiefs = UUID.fromString(thief.accountId());
    UUID agentId = UUID.fromString(thiefsAgent.agentId());
    assertEquals(List.of(), secrets.of(thiefs, agentId));
    assertEquals(List.of("COPIED", "MOVED"), secrets.unreadable(thiefs, agentId));
    own.put("OTHER", "put again");
    assertEquals(List.of("COPIED=secret", "FINE=fine", "OTHER=put again"), delivered(null));
  }

  @Test
  void whatChangedIsWrittenDownWithoutTheValue() {
    agents.put("WRITTEN", "canary-value");
    agents.delete("WRITTEN");
    agents.delete("WRITTEN");
    var entries =
        server
            .admin()
            .audit()
            .listAuditEntries(ListAuditEntriesRequest.newBuilder().setPageSize(200).build())
            .getEntriesList()
            .stream()
            .filter(entry -> entry.getDetailsMap().containsValue(agent.agentId()))
            .filter(entry -> entry.getTarget().getKind().equals("secret"))
            .toList();
    assertEquals(
        List.of("secret.delete", "secret.put"),
        entries.stream().map(entry -> entry.getAction()).toList());
    assertEquals("WRITTEN", entries.getFirst().getTarget().getName());
    assertFalse(entries.toString().contains("canary-value"));
  }

  @Test
  void aServerWithAnotherDatabasesKeysDoesNotStartAndSaysSo() throws Exception {
    var database = TestDatabase.create();
    try (var first = TestServer.startOn(database)) {
      Shelf.of(first.person("first").client()).put("A", "x");
    }
    Path other = home.resolve("other.keys");
    String told =
        assertThrows(
                NotUsableException.class,
                () -> TestServer.startOn(database, "clawlive.secrets.file=" + other).close())
            .getMessage();
    assertTrue(told.contains(other.toString()), told);
    assertTrue(told.contains("give the server the keyset that belongs to this database"), told);
    String right = Files.readString(database.keyset());
    try (var again = TestServer.startOn(database, "clawlive.keyset=" + right)) {
      assertEquals("SecretBox of CLAWLIVE_KEYSET", again.bean(SecretBox.class).toString());
    }
  }

  private List<String> delivered(@Nullable UUID agentId) {
    return server.bean(Secrets.class).of(UUID.fromString(person.accountId()), agentId).stream()
        .map(secret ->
            secret.name()
                + (secret.fileName() == null ? "" : "@" + secret.fileName())
                + "="
                + secret.value().toStringUtf8())
        .filter(text -> text.length() < 200)
        .toList();
  }
}

package io.clawlive.server.sandbox.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.live.v1.GetSessionRequest;
import io.clawlive.sandbox.v1.RotateSecretKeysResponse;
import io.clawlive.sandbox.v1.SealingKey;
import io.clawlive.sandbox.v1.SealingKeyStep;
import io.clawlive.sandbox.v1.Secret;
import io.clawlive.server.platform.secrets.Resealing;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestDatabase;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.webhooks.v1.CreateWebhookRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The keys that seal change while servers use them. */
final class KeysetRotationTest {
  /** How often rows are sealed anew. */
  private static final String SOON = "clawlive.secrets.reseal=200ms";

  private final TestDatabase database = TestDatabase.create();
  @AutoClose private final TestServer server = TestServer.startOn(database, SOON);
  @AutoClose private final TestServer second = server.sibling(SOON);

  @Test
  void twoServersGoOnWhileKeysComeAndGo() throws IOException {
    var over = new AtomicBoolean();
    var calls = new AtomicInteger();
    List<Callable<Integer>> work = new ArrayList<>();
    List<TestServer> both = List.of(server, second);
    for (int i = 0; i < 4; i++) {
      String name = "KEY_" + i;
      Worker agent = server.worker("rotating-" + i);
      int number = i;
      work.add(() -> {
        for (int round = 0; !over.get(); round++) {
          String value = "value " + round;
          Shelf.of(server(both, number + round).as(agent.key())).put(name, value);
          assertEquals(value, value(server(both, number + round + 1), agent, name), name);
          calls.incrementAndGet();
          Together.pause(Duration.ofMillis(50));
        }
        return calls.get();
      });
    }
    work.add(() -> {
      try {
        for (int round = 0; round < 5; round++) {
          rotateAndDrop(both.get(round % 2));
        }
      } finally {
        over.set(true);
      }
      return calls.get();
    });
    Together.run(work);
    assertTrue(calls.get() > 20, calls::toString);
    assertEquals(1, show().getKeysCount());
  }

  private static TestServer server(List<TestServer> both, int number) {
    return both.get(number % both.size());
  }

  private void rotateAndDrop(TestServer at) throws IOException {
    String before = primary(Shelf.step(at.admin(), SealingKeyStep.SEALING_KEY_STEP_SHOW));
    var rotated = Shelf.step(at.admin(), SealingKeyStep.SEALING_KEY_STEP_ROTATE);
    assertTrue(!before.equals(primary(rotated)), "another key seals");
    Refused.with(
        ErrorReason.ERROR_REASON_SEALING_KEY_USED,
        () -> Shelf.step(at.admin(), SealingKeyStep.SEALING_KEY_STEP_DROP_OLD));
    Together.pause(Duration.ofMillis(1_200));
    age();
    var dropped = Shelf.step(at.admin(), SealingKeyStep.SEALING_KEY_STEP_DROP_OLD);
    assertEquals(primary(rotated), primary(dropped));
    assertEquals(1, dropped.getKeysCount());
  }

  @Test
  void whateverTheOldKeySealedIsSealedAnewByItself() throws IOException {
    Worker agent = server.worker("resealed");
    String session = agent.stream();
    agent
        .client()
        .webhooks()
        .createWebhook(
            CreateWebhookRequest.newBuilder().setAgent("resealed").setName("ci").build());
    for (int i = 0; i < 100; i++) {
      Shelf.of(agent.client()).put("S_" + i, "value " + i);
      new Shelf(server.admin(), "").put("S_" + i, "value " + i);
    }
    Shelf.of(server.worker("moved").client()).put("MOVED", "x");
    database.execute("UPDATE sandbox_secrets SET name = 'RENAMED' WHERE name = 'MOVED'");
    String key = primary(Shelf.step(server.admin(), SealingKeyStep.SEALING_KEY_STEP_ROTATE));
    Together.soon(
        "all but the one that no key opens are sealed anew",
        Duration.ofSeconds(10),
        () -> server.bean(Resealing.class).left() == 1);
    for (Secret secret : Shelf.of(agent.client()).list()) {
      assertEquals(key, secret.getKeyId());
    }
    age();
    Shelf.step(server.admin(), SealingKeyStep.SEALING_KEY_STEP_DROP_OLD);
    assertEquals("value 7", value(second, agent, "S_7"));
    try (var third = server.sibling()) {
      assertEquals("value 7", value(third, agent, "S_7"));
      assertEquals(
          session,
          agent
              .at(third)
              .client()
              .sessions()
              .getSession(GetSessionRequest.newBuilder().setSessionId(session).build())
              .getSession()
              .getSessionId());
    }
  }

  @Test
  void serversWithCopiesOfTheFileGetTheKeyBeforeItSeals() throws IOException {
    Path copy = database.keyset().resolveSibling("copy-" + UUID.randomUUID() + ".keys");
    Files.copy(database.keyset(), copy, StandardCopyOption.COPY_ATTRIBUTES);
    Worker agent = server.worker("far");
    try (var far = server.sibling(SOON, "clawlive.secrets.file=" + copy)) {
      Shelf.step(server.admin(), SealingKeyStep.SEALING_KEY_STEP_ADD);
      Shelf.of(agent.client()).put("A", "still the old key");
      assertEquals("still the old key", value(far, agent, "A"));
      Path draft = copy.resolveSibling(copy.getFileName() + ".new");
      Files.copy(database.keyset(), draft, StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE);
      String promoted =
          primary(Shelf.step(server.admin(), SealingKeyStep.SEALING_KEY_STEP_PROMOTE));
      Shelf.of(agent.client()).put("B", "the new key");
      assertEquals("the new key", value(far, agent, "B"));
      assertEquals(promoted, Shelf.of(agent.client()).list().get(1).getKeyId());
    }
  }

  @Test
  void aKeysetOfTheEnvironmentIsNotTheServersToChange() throws IOException {
    String keyset = Files.readString(database.keyset());
    try (var other = server.sibling("clawlive.keyset=" + keyset)) {
      for (var step :
          List.of(
              SealingKeyStep.SEALING_KEY_STEP_ROTATE, SealingKeyStep.SEALING_KEY_STEP_DROP_OLD)) {
        Refused.with(
            ErrorReason.ERROR_REASON_KEYSET_NOT_WRITABLE, () -> Shelf.step(other.admin(), step));
      }
      assertEquals(
          1, Shelf.step(other.admin(), SealingKeyStep.SEALING_KEY_STEP_SHOW).getKeysCount());
    }
  }

  @Test
  void rotatorsAtTheSameTimeLoseNoKey() {
    List<Callable<RotateSecretKeysResponse>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Client admin = (i % 2 == 0 ? server : second).admin();
      all.add(() -> Shelf.step(admin, SealingKeyStep.SEALING_KEY_STEP_ADD));
    }
    Together.run(all);
    assertEquals(9, show().getKeysCount());
  }

  private RotateSecretKeysResponse show() {
    return Shelf.step(server.admin(), SealingKeyStep.SEALING_KEY_STEP_SHOW);
  }

  private static String primary(RotateSecretKeysResponse keys) {
    return keys.getKeysList().stream()
        .filter(SealingKey::getPrimary)
        .map(SealingKey::getKeyId)
        .findFirst()
        .orElseThrow();
  }

  /** As if the file had been changed a while ago. */
  private void age() throws IOException {
    Files.setLastModifiedTime(
        database.keyset(), FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));
  }

  private static String value(TestServer at, Worker agent, String name) {
    UUID id = UUID.fromString(agent.agentId());
    UUID account =
        UUID.fromString(
            at.database().read("SELECT account_id FROM agents WHERE id = ?", id).getFirst());
    return at.bean(Secrets.class).of(account, id).stream()
        .filter(secret -> secret.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value()
        .toStringUtf8();
  }
}

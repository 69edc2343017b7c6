package io.clawlive.server.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.ListAuditEntriesRequest;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import io.clawlive.webhooks.v1.CreateWebhookResponse;
import io.clawlive.webhooks.v1.RotateWebhookRequest;
import io.clawlive.webhooks.v1.RotateWebhookResponse;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks come, get new secrets and go. */
final class WebhooksTest {
  @AutoClose private static final TestServer server = TestServer.start(MovableClock.PROPERTY);

  @AutoClose
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static int names;

  private Hooks hooks;
  private String session;
  private Sender sender;

  @BeforeEach
  void freshWebhook() {
    Worker agent = server.worker("kept-" + names++);
    session = agent.stream();
    hooks = new Hooks(agent);
    sender = sender(hooks.create("ci").getSecret());
  }

  @Test
  void twoSecretsWorkWhileOneIsRotatedInAndTheOldOneEndsInTime() {
    var clock = server.bean(MovableClock.class);
    RotateWebhookResponse rotated =
        hooks.rotate("ci", RotateWebhookRequest.newBuilder().setOverlapSeconds(60));
    assertNotEquals(sender.secret(), rotated.getSecret());
    assertTrue(rotated.getWebhook().hasPreviousSecretUntil());
    var renewed = sender(rotated.getSecret());
    assertEquals(1, sender.send(log("old")).inserted());
    assertEquals(1, renewed.send(log("new")).inserted());
    assertEquals(0, renewed.send(log("old")).inserted(), "the same body by either secret");

    clock.advance(Duration.ofSeconds(60));
    sender.send(log("older")).refused(401, ErrorReason.ERROR_REASON_SIGNATURE_INVALID);
    assertEquals(1, renewed.send(log("newer")).inserted());
    assertFalse(hooks.list().getFirst().hasPreviousSecretUntil());

    var third = sender(hooks.rotate("ci", RotateWebhookRequest.newBuilder()).getSecret());
    clock.advance(Duration.ofHours(23));
    assertEquals(1, renewed.send(log("a day")).inserted());
    var fourth =
        sender(
            hooks.rotate("ci", RotateWebhookRequest.newBuilder().setOverlapSeconds(0)).getSecret());
    renewed.send(log("two ago")).refused(401, ErrorReason.ERROR_REASON_SIGNATURE_INVALID);
    third.send(log("no overlap")).refused(401, ErrorReason.ERROR_REASON_SIGNATURE_INVALID);
    assertEquals(1, fourth.send(log("fourth")).inserted());
  }

  @Test
  void anAgentHasTenWebhooksOfDifferentNames() {
    Refused.with(ErrorReason.ERROR_REASON_WEBHOOK_NAME_TAKEN, () -> hooks.create("ci"));
    for (int i = 1; i < 10; i++) {
      hooks.create("w" + i);
    }
    Refused.with(ErrorReason.ERROR_REASON_TOO_MANY_WEBHOOKS, () -> hooks.create("w10"));
    assertEquals(10, hooks.list().size());
    assertEquals("ci", hooks.list().getFirst().getName(), "by name");
    for (String bad : List.of("", "Big", "-dash", "a b", "x".repeat(65))) {
      Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> hooks.create(bad));
    }
  }

  @Test
  void aDeletedWebhookSignsNothingMore() {
    hooks.delete("ci");
    sender.send(log("late")).refused(401, ErrorReason.ERROR_REASON_SIGNATURE_INVALID);
    Refused.with(ErrorReason.ERROR_REASON_WEBHOOK_NOT_FOUND, () -> hooks.delete("ci"));
    Refused.with(
        ErrorReason.ERROR_REASON_WEBHOOK_NOT_FOUND,
        () -> hooks.rotate("ci", RotateWebhookRequest.newBuilder()));
    String id = hooks.create("again").getWebhook().getWebhookId();
    Worker other = server.worker("nosy-" + names++);
    Refused.with(ErrorReason.ERROR_REASON_WEBHOOK_NOT_FOUND, () -> new Hooks(other).delete(id));
    hooks.delete(id);
    assertEquals(List.of(), hooks.list());
  }

  @Test
  void theSecretIsShownOnceAndItsChangesAreWrittenDown() {
    CreateWebhookResponse created = hooks.create("shown");
    assertTrue(created.getSecret().matches("clw_[A-Za-z0-9]{52}"), "the form of a secret");
    String rotated = hooks.rotate("shown", RotateWebhookRequest.newBuilder()).getSecret();
    for (String secret : List.of(created.getSecret(), rotated)) {
      assertFalse(hooks.list().toString().contains(secret.substring(4)), "not in a list");
      assertEquals(
          List.of("0"),
          server
              .database()
              .read(
                  "SELECT count(*) FROM webhooks WHERE position(? IN webhooks::text) > 0"
                      + " OR position(?::bytea IN secret) > 0"
                      + " OR position(?::bytea IN previous_secret) > 0",
                  secret,
                  secret.getBytes(UTF_8),
                  secret.getBytes(UTF_8)),
          "nor in the database");
    }
    hooks.delete("shown");
    var entries =
        server
            .admin()
            .audit()
            .listAuditEntries(ListAuditEntriesRequest.newBuilder().setPageSize(200).build())
            .getEntriesList()
            .stream()
            .filter(entry -> entry.getTarget().getId().equals(created.getWebhook().getWebhookId()))
            .toList();
    assertEquals(
        List.of("webhook.delete", "webhook.rotate", "webhook.create"),
        entries.stream().map(entry -> entry.getAction()).toList());
    for (String secret : List.of(created.getSecret(), rotated)) {
      assertFalse(entries.toString().contains(secret.substring(4)), "no secret in the audit log");
    }
  }

  private Sender sender(String secret) {
    return new Sender(HTTP, server, secret);
  }

  private String log(String line) {
    return """
    {"session_id": "%s", "events": [{"type": "log", "payload": {"line": "%s"}}]}
    """
        .formatted(session, line);
  }
}

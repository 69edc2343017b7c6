package io.clawlive.server.webhooks;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.Sha256;
import io.clawlive.server.platform.grpc.FieldRules;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.web.json.Wrong;
import io.clawlive.server.streams.EventLog;
import io.clawlive.server.streams.Publishers;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.ActorKind;
import io.clawlive.streams.v1.AppendRequest;
import io.clawlive.webhooks.v1.IngestRequest;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/** Takes signed deliveries: who signed it, is it new, is it right; then it goes into the log. */
@Singleton
final class Deliveries {
  /** How far a delivery's timestamp may be from the server's clock. */
  private static final Duration AGE = Duration.ofSeconds(300);

  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  /** Sees every session: whoever holds the agent's secret may write to each of its sessions. */
  private static final Caller.Viewer SERVER = new Caller.Viewer(null, null, true);

  /** Owns no webhook. */
  private static final UUID NOBODY = new UUID(0, 0);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,15}");
  private static final Pattern PAYLOAD =
      Pattern.compile("^(events\\[\\d+])\\.(?:thought|log|proof|chat|artifact)\\b");
  private static final int HASH_BYTES = 20;

  private final WebhookRepository webhooks;
  private final DeliveryRepository deliveries;
  private final Secrets secrets;
  private final EventLog log;
  private final Publishers publishers;
  private final FieldRules rules;
  private final Clock clock;

  Deliveries(
      WebhookRepository webhooks,
      DeliveryRepository deliveries,
      Secrets secrets,
      EventLog log,
      Publishers publishers,
      FieldRules rules,
      Clock clock) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.secrets = secrets;
    this.log = log;
    this.publishers = publishers;
    this.rules = rules;
    this.clock = clock;
  }

  /** Stores a delivery and says how many of its events are new: all or none. */
  int take(IngestRequest request) {
    byte[] body = request.getBody().toByteArray();
    UUID session = Delivery.session(body);
    WebhookRow webhook = signer(session, body, request.getSignature());
    requireFresh(request.getTimestamp());
    Delivery delivery = Delivery.of(body);
    byte[] hash = Sha256.of(webhook.id().toString().getBytes(StandardCharsets.UTF_8), body);
    String producer = "webhook." + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    // The field's own rules are the contract's, the same as in an Append.
    rules.check(
        AppendRequest.newBuilder()
            .setStreamId(session.toString())
            .setProducerId(producer)
            .addAllEvents(delivery.events())
            .build(),
        field -> PAYLOAD.matcher(field).replaceFirst("$1.payload"));
    String id = request.getDeliveryId().isEmpty() ? delivery.id() : request.getDeliveryId();
    int inserted =
        isOther(webhook, id, hash) ? 0 : append(session, producer, webhook, delivery, id);
    webhooks.delivered(webhook.id(), clock.instant(), clock.instant().minus(NOTED_EVERY));
    return inserted;
  }

  private WebhookRow signer(UUID session, byte[] body, String signature) {
    UUID agent =
        log.guard(session.toString(), "session", SERVER)
            .map(guard -> guard.owner().agentId())
            .orElse(NOBODY);
    return secrets
        .signer(webhooks.list(agent), body, signature, clock.instant())
        .orElseThrow(() ->
            Refusal.of(
                ErrorReason.ERROR_REASON_SIGNATURE_INVALID,
                "The signature is of no webhook that may write to this session; expected"
                    + " 'sha256=' and the HMAC-SHA256 of the body's bytes in hexadecimal."));
  }

  private void requireFresh(String timestamp) {
    if (timestamp.isEmpty()) {
      return;
    }
    if (!SECONDS.matcher(timestamp).matches()) {
      throw Wrong.at("timestamp", "expected seconds since 1970 in decimal");
    }
    Duration away =
        Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant()).abs();
    if (away.truncatedTo(ChronoUnit.SECONDS).compareTo(AGE) > 0) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_SIGNATURE_EXPIRED,
          "The timestamp is %,d seconds away from the server's clock; at most %,d are taken."
              .formatted(away.toSeconds(), AGE.toSeconds()),
          "seconds",
          Long.toString(away.toSeconds()),
          "limit",
          Long.toString(AGE.toSeconds()));
    }
  }

  /** Whether another body came under this id; the first one claims it. */
  private boolean isOther(WebhookRow webhook, String id, byte[] hash) {
    return !id.isEmpty()
        && deliveries.claim(webhook.id(), id, hash, clock.instant()) == 0
        && deliveries
            .find(webhook.id(), id)
            .filter(first -> !MessageDigest.isEqual(first.bodyHash(), hash))
            .isPresent();
  }

  private int append(
      UUID session, String producer, WebhookRow webhook, Delivery delivery, String id) {
    Actor agent =
        Actor.newBuilder()
            .setKind(ActorKind.ACTOR_KIND_AGENT)
            .setId(webhook.agentId().toString())
            .build();
    try {
      int inserted = log.appendAll(session, producer, delivery.events(), agent).inserted();
      publishers.wrote(session);
      return inserted;
    } catch (RuntimeException e) {
      // Whoever sends it again may write it anew, which gives other bytes under the same id.
      deliveries.release(webhook.id(), id);
      throw e;
    }
  }

  @Scheduled(fixedDelay = "1h", initialDelay = "1m")
  void forget() {
    deliveries.forget(clock.instant().minus(KEPT));
  }
}

package io.clawlive.server.webhooks;

import com.github.f4b6a3.uuid.UuidCreator;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.agents.Agents;
import io.clawlive.server.identity.audit.AuditLog;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.platform.grpc.Refusal;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes the webhooks of agents, gives them new secrets and removes them. */
@Singleton
class Webhooks {
  private static final int MOST = 10;

  private final WebhookRepository repository;
  private final Secrets secrets;
  private final Agents agents;
  private final AuditLog audit;
  private final Clock clock;

  Webhooks(
      WebhookRepository repository, Secrets secrets, Agents agents, AuditLog audit, Clock clock) {
    this.repository = repository;
    this.secrets = secrets;
    this.agents = agents;
    this.audit = audit;
    this.clock = clock;
  }

  /** A webhook with its new secret, which cannot be read again. */
  record Fresh(WebhookRow row, String secret) {
    @Override
    public String toString() {
      return "Fresh[" + row.id() + "]";
    }
  }

  @Transactional
  Fresh create(String agent, String name) {
    UUID agentId = agents.idOf(agent);
    UUID id = UuidCreator.getTimeOrderedEpoch();
    String secret = Secrets.fresh();
    repository.lock(agentId);
    if (repository.insert(id, agentId, name, secrets.seal(id, secret), clock.instant()) == 0) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_WEBHOOK_NAME_TAKEN,
          "The agent already has a webhook '" + name + "'.",
          "name",
          name);
    }
    List<WebhookRow> all = repository.list(agentId);
    if (all.size() > MOST) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_TOO_MANY_WEBHOOKS,
          "The agent has %,d webhooks; more are not made.".formatted(MOST),
          "limit",
          Integer.toString(MOST));
    }
    audit.record("webhook", id, name, Map.of("agent", agentId.toString()));
    return new Fresh(get(agentId, id.toString()), secret);
  }

  List<WebhookRow> list(String agent) {
    return repository.list(agents.idOf(agent));
  }

  /**
   * Gives a webhook a new secret.
   *
   * @param overlap how long the one before it works on
   */
  @Transactional
  Fresh rotate(String agent, String webhook, Duration overlap) {
    UUID agentId = agents.idOf(agent);
    WebhookRow before = get(agentId, webhook);
    String secret = Secrets.fresh();
    repository.rotate(
        before.id(), secrets.seal(before.id(), secret), clock.instant().plus(overlap));
    audit.record(
        "webhook",
        before.id(),
        before.name(),
        Map.of("agent", agentId.toString(), "overlap_seconds", Long.toString(overlap.toSeconds())));
    return new Fresh(get(agentId, before.id().toString()), secret);
  }

  @Transactional
  void delete(String agent, String webhook) {
    UUID agentId = agents.idOf(agent);
    WebhookRow row = get(agentId, webhook);
    if (repository.delete(row.id()) > 0) {
      audit.record("webhook", row.id(), row.name(), Map.of("agent", agentId.toString()));
    }
  }

  /** Whether the secret before the last rotation works now. */
  boolean overlaps(WebhookRow row) {
    return row.previousWorks(clock.instant());
  }

  private WebhookRow get(UUID agentId, String webhook) {
    // A name may look like an id.
    return Ids.parse(webhook)
        .flatMap(id -> repository.findById(agentId, id))
        .or(() -> byName(agentId, webhook))
        .orElseThrow(() ->
            Refusal.of(
                ErrorReason.ERROR_REASON_WEBHOOK_NOT_FOUND,
                "The agent has no webhook '" + webhook + "'.",
                "webhook",
                webhook));
  }

  private Optional<WebhookRow> byName(UUID agentId, String name) {
    return repository.findByName(agentId, name);
  }

  /** Drops what was kept for the overlap of a rotation. */
  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void forget() {
    repository.forgetPrevious(clock.instant());
  }
}

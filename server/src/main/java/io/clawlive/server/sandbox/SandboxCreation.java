package io.clawlive.server.sandbox;

import com.github.f4b6a3.uuid.UuidCreator;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import io.clawlive.server.streams.EventLedger;
import io.clawlive.server.streams.EventLog;
import io.clawlive.streams.v1.SandboxReason;
import io.clawlive.streams.v1.SandboxState;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a sandbox's row, its stream and its first event in one transaction. */
@Singleton
class SandboxCreation {
  static final String KIND = "sandbox";

  private static final int TRIES = 8;

  private final SandboxRepository repository;
  private final SandboxChanges changes;
  private final EventLog log;
  private final EventLedger ledger;
  private final Runtimes runtimes;
  private final Specs specs;
  private final Installation installation;
  private final SandboxConfiguration configuration;
  private final Clock clock;

  SandboxCreation(
      SandboxRepository repository,
      SandboxChanges changes,
      EventLog log,
      EventLedger ledger,
      Runtimes runtimes,
      Specs specs,
      Installation installation,
      SandboxConfiguration configuration,
      Clock clock) {
    this.repository = repository;
    this.changes = changes;
    this.log = log;
    this.ledger = ledger;
    this.runtimes = runtimes;
    this.specs = specs;
    this.installation = installation;
    this.configuration = configuration;
    this.clock = clock;
  }

  /**
   * What somebody asks for.
   *
   * @param agent whom it is for; null for the account alone
   * @param template empty for none
   * @param references variables whose values come from the server's environment
   * @param snapshot whose files it gets; empty for none
   */
  record Order(
      UUID account,
      @Nullable UUID agent,
      String name,
      String template,
      Map<String, String> references,
      SandboxSpec spec,
      boolean wanted,
      String sessionId,
      String roomId,
      String snapshot,
      @Nullable String requestId) {

    UUID owner() {
      return agent == null ? account : agent;
    }
  }

  /** The id of a new sandbox. */
  UUID create(Order order, Caller caller) {
    SandboxRuntime runtime = runtimes.forNew();
    SandboxSpec spec = inImage(specs.complete(order.spec()), runtime);
    runtime
        .obstacle(spec)
        .ifPresent(obstacle -> {
          throw Refusal.of(
              ErrorReason.ERROR_REASON_RUNTIME_CANNOT, obstacle, "runtime", runtime.name());
        });
    requireImage(runtime, spec.getImage());
    if (repository.count(order.account()) >= configuration.perAccount()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_TOO_MANY_SANDBOXES,
          "The account has %,d sandboxes; more are not taken."
              .formatted(configuration.perAccount()),
          "limit",
          Integer.toString(configuration.perAccount()));
    }
    for (int left = TRIES; ; left--) {
      try {
        return insert(order, spec, runtime.name(), caller);
      } catch (DataAccessException e) {
        // Somebody else was first with the request, the name or the port.
        Optional<UUID> earlier = earlier(order, caller);
        if (earlier.isPresent()) {
          return earlier.get();
        }
        if (repository.findByName(order.owner(), order.name()).isPresent()) {
          throw taken(order.name());
        }
        if (left == 0 || spec.getPort() == 0) {
          throw e;
        }
      }
    }
  }

  /** The default image where none is named, unless the runtime knows no images. */
  private SandboxSpec inImage(SandboxSpec spec, SandboxRuntime runtime) {
    SandboxSpec named = spec.toBuilder().setImage(configuration.defaultImage()).build();
    return spec.getImage().isEmpty() && runtime.obstacle(named).isEmpty() ? named : spec;
  }

  /** What the same request made before. */
  Optional<UUID> earlier(Order order, Caller caller) {
    return order.requestId() == null
        ? Optional.empty()
        : repository.findByRequest(UUID.fromString(caller.actor().getId()), order.requestId());
  }

  private static Refusal taken(String name) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_SANDBOX_NAME_TAKEN,
        "You have a sandbox '" + name + "' already.",
        "name",
        name);
  }

  private static void requireImage(SandboxRuntime runtime, String image) {
    boolean there;
    try {
      there = image.isEmpty() || runtime.hasImage(image);
    } catch (RuntimeRefusal e) {
      throw Here.refusal(e, Sandbox.newBuilder().setRuntime(runtime.name()).build());
    }
    if (!there) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_IMAGE_MISSING,
          "The runtime has no image '" + image + "'.",
          "image",
          image);
    }
  }

  private UUID insert(Order order, SandboxSpec spec, String runtime, Caller caller) {
    Made made = insertAll(order, spec, runtime, caller);
    ledger.committed(made.page());
    return made.id();
  }

  record Made(UUID id, EventLedger.Page page) {}

  @Transactional
  Made insertAll(Order order, SandboxSpec spec, String runtime, Caller caller) {
    UUID id = UuidCreator.getTimeOrderedEpoch();
    var sandbox =
        Sandbox.newBuilder()
            .setSandboxId(id.toString())
            .setName(order.name())
            .setTemplate(order.template())
            .putAllReferences(order.references())
            .setAccountId(order.account().toString())
            .setSpec(spec)
            .setState(SandboxState.SANDBOX_STATE_CREATING)
            .setReason(SandboxReason.SANDBOX_REASON_REQUESTED)
            .setRuntime(runtime)
            .setCreatedAt(Timestamps.of(clock.instant()))
            .setSessionId(order.sessionId())
            .setRoomId(order.roomId())
            .setSourceSnapshotId(order.snapshot())
            .setRevision(1);
    UUID agent = order.agent();
    if (agent != null) {
      sandbox.setAgentId(agent.toString());
    }
    if (spec.getPort() != 0) {
      sandbox.setHostPort(
          repository
              .freePort()
              .orElseThrow(() ->
                  Refusal.of(
                      ErrorReason.ERROR_REASON_PORTS_EXHAUSTED,
                      "Every port from 30000 to 35000 is taken.")));
    }
    // Nobody's, so that nobody but the server writes to it.
    log.open(id, KIND, null);
    repository.insert(
        id,
        order.account(),
        agent,
        UUID.fromString(caller.actor().getId()),
        order.requestId(),
        sandbox.getName(),
        installation.id(),
        (short) sandbox.getStateValue(),
        order.wanted(),
        sandbox.getHostPort() == 0 ? null : sandbox.getHostPort(),
        sandbox.build().toByteArray());
    EventLedger.Page page = ledger.hold(id).orElseThrow();
    changes.tell(page, sandbox.build(), caller.actor());
    return new Made(id, page);
  }
}

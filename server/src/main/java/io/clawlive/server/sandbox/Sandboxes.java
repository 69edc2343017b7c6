package io.clawlive.server.sandbox;

import com.google.protobuf.util.Durations;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.CreateSandboxRequest;
import io.clawlive.sandbox.v1.EnsureSandboxRequest;
import io.clawlive.sandbox.v1.ListSandboxesRequest;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.UpdateSandboxRequest;
import io.clawlive.server.agents.Agents;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.platform.grpc.FieldRules;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.sandbox.SandboxCreation.Order;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.templates.Naming;
import io.clawlive.server.sandbox.templates.Rendered;
import io.clawlive.server.sandbox.templates.Templates;
import io.clawlive.streams.v1.SandboxReason;
import io.clawlive.streams.v1.SandboxState;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Takes wishes: what somebody wants of a sandbox is written down, and the caretaker sees to it. */
@Singleton
final class Sandboxes {
  private static final String DEFAULT_NAME = "default";

  private final SandboxCreation creation;
  private final SandboxRepository repository;
  private final SandboxTable table;
  private final SandboxChanges changes;
  private final Caretaker caretaker;
  private final Here here;
  private final Agents agents;
  private final Templates templates;
  private final FieldRules rules;
  private final Clock clock;

  Sandboxes(
      SandboxCreation creation,
      SandboxRepository repository,
      SandboxTable table,
      SandboxChanges changes,
      Caretaker caretaker,
      Here here,
      Agents agents,
      Templates templates,
      FieldRules rules,
      Clock clock) {
    this.creation = creation;
    this.repository = repository;
    this.table = table;
    this.changes = changes;
    this.caretaker = caretaker;
    this.here = here;
    this.agents = agents;
    this.templates = templates;
    this.rules = rules;
    this.clock = clock;
  }

  /** Makes a sandbox, or finds the one that the same request made before. */
  Sandbox create(CreateSandboxRequest request, Caller caller) {
    UUID agent = agent(request.getAgent(), caller);
    String name = request.getName().isEmpty() ? madeUp() : request.getName();
    Rendered rendered = rendered(request, name, caller);
    Order order =
        new Order(
            account(caller),
            agent,
            name,
            request.getTemplate(),
            rendered.references(),
            rendered.spec(),
            !request.getStopped(),
            request.getSessionId(),
            request.getRoomId(),
            "",
            request.getRequestId().isEmpty() ? null : request.getRequestId());
    UUID id = creation.earlier(order, caller).orElseGet(() -> creation.create(order, caller));
    caretaker.look(id);
    return table.get(id).sandbox();
  }

  static String madeUp() {
    String digits = UUID.randomUUID().toString();
    return "sandbox-" + digits.substring(digits.length() - 12);
  }

  /** The spec, over that of the template where there is one. */
  private Rendered rendered(CreateSandboxRequest request, String name, Caller caller) {
    if (request.getTemplate().isEmpty()) {
      return new Rendered(request.getSpec(), Map.of());
    }
    Naming naming =
        switch (caller) {
          case Caller.AgentCaller agent -> new Naming(name, agent.handle(), agent.accountName());
          case Caller.AccountCaller person -> new Naming(name, request.getAgent(), person.name());
          case Caller.Spectator _, Caller.WatchCaller _ ->
              throw new IllegalStateException("access let somebody in who may not act");
        };
    Rendered rendered =
        templates.render(
            request.getTemplate(), request.getVariablesMap(), naming, request.getSpec());
    rules.check(rendered.spec(), field -> "spec." + field);
    return rendered;
  }

  /** A sandbox that is there or was made, and whether it was made now. */
  record Ensured(Sandbox sandbox, boolean created) {}

  Ensured ensure(EnsureSandboxRequest request, Caller caller) {
    String name = request.getName().isEmpty() ? DEFAULT_NAME : request.getName();
    UUID agent = caller.viewer().agent();
    var order =
        new Order(
            account(caller), agent, name, "", Map.of(), request.getSpec(), true, "", "", "", null);
    Optional<UUID> known = repository.findByName(order.owner(), name);
    if (known.isEmpty()) {
      try {
        UUID made = creation.create(order, caller);
        caretaker.look(made);
        return new Ensured(table.get(made).sandbox(), true);
      } catch (Refusal refused) {
        if (refused.reason() != ErrorReason.ERROR_REASON_SANDBOX_NAME_TAKEN) {
          throw refused;
        }
        known = repository.findByName(order.owner(), name);
      }
    }
    UUID id = known.orElseThrow(() -> SandboxTable.notFound(name));
    return new Ensured(start(id, caller), false);
  }

  private static UUID account(Caller caller) {
    UUID account = caller.viewer().account();
    if (account == null) {
      throw new IllegalStateException("access let somebody in whom nobody knows");
    }
    return account;
  }

  /** Whom it is for: the agent that calls, or one that access found to be the caller's. */
  private @Nullable UUID agent(String handleOrId, Caller caller) {
    return handleOrId.isEmpty() ? caller.viewer().agent() : agents.idOf(handleOrId);
  }

  Sandbox get(UUID id) {
    return table.get(id).sandbox();
  }

  List<Sandbox> page(ListSandboxesRequest request, Caller caller) {
    boolean everybody = request.getEverybody() && caller.viewer().everything();
    return repository
        .page(
            Ids.parse(request.getPageToken()).orElse(null),
            everybody ? null : account(caller),
            caller.viewer().agent(),
            request.getStateValue(),
            Page.size(request.getPageSize()) + 1)
        .stream()
        .map(row -> SandboxTable.read(row).sandbox())
        .toList();
  }

  Sandbox start(UUID id, Caller caller) {
    return wish(
        id,
        caller,
        now ->
            switch (now.state()) {
              case SANDBOX_STATE_STOPPED, SANDBOX_STATE_FAILED ->
                  now.wanting(true).to(begun(now), SandboxReason.SANDBOX_REASON_REQUESTED, "");
              case SANDBOX_STATE_CREATING -> now.wanting(true);
              case SANDBOX_STATE_STARTING, SANDBOX_STATE_RUNNING -> now;
              case SANDBOX_STATE_STOPPING,
                  SANDBOX_STATE_DELETING,
                  SANDBOX_STATE_DELETED,
                  SANDBOX_STATE_UNSPECIFIED,
                  UNRECOGNIZED ->
                  throw Here.refused(now, "be started");
            });
  }

  /** What failed before it was there, or before its files were, is made first. */
  private static SandboxState begun(Standing now) {
    boolean there = now.sandbox().hasStartedAt() && now.sandbox().getSourceSnapshotId().isEmpty();
    return now.is(SandboxState.SANDBOX_STATE_FAILED) && !there
        ? SandboxState.SANDBOX_STATE_CREATING
        : SandboxState.SANDBOX_STATE_STARTING;
  }

  Sandbox stop(UUID id, Caller caller) {
    return wish(
        id,
        caller,
        now ->
            switch (now.state()) {
              case SANDBOX_STATE_STARTING, SANDBOX_STATE_RUNNING ->
                  now.wanting(false)
                      .to(
                          SandboxState.SANDBOX_STATE_STOPPING,
                          SandboxReason.SANDBOX_REASON_REQUESTED,
                          "");
              case SANDBOX_STATE_CREATING -> now.wanting(false);
              case SANDBOX_STATE_STOPPED, SANDBOX_STATE_STOPPING, SANDBOX_STATE_FAILED ->
                  now.wanting(false);
              case SANDBOX_STATE_DELETING,
                  SANDBOX_STATE_DELETED,
                  SANDBOX_STATE_UNSPECIFIED,
                  UNRECOGNIZED ->
                  throw Here.refused(now, "be stopped");
            });
  }

  void delete(UUID id, Caller caller) {
    Sandbox unused =
        wish(
            id,
            caller,
            now ->
                now.is(SandboxState.SANDBOX_STATE_DELETING, SandboxState.SANDBOX_STATE_DELETED)
                    ? now
                    : now.wanting(false)
                        .to(
                            SandboxState.SANDBOX_STATE_DELETING,
                            SandboxReason.SANDBOX_REASON_REQUESTED,
                            ""));
  }

  Sandbox update(UpdateSandboxRequest request, Caller caller) {
    UUID id = UUID.fromString(request.getSandboxId());
    Standing before = table.get(id);
    var spec = before.sandbox().getSpec().toBuilder();
    if (request.hasMemoryMb()) {
      spec.setMemoryMb(request.getMemoryMb());
    }
    if (request.hasCpus()) {
      spec.setCpus(request.getCpus());
    }
    if (request.hasPids()) {
      spec.setPids(request.getPids());
    }
    boolean otherLimits = !spec.build().equals(before.sandbox().getSpec());
    if (otherLimits && before.is(SandboxState.SANDBOX_STATE_RUNNING)) {
      // Told first: what the runtime does not take is not written down.
      try {
        here.running(id).limit(id, spec.build());
      } catch (RuntimeRefusal e) {
        throw Here.refusal(e, before.sandbox());
      }
    }
    return changes
        .change(
            id,
            caller.actor(),
            now -> {
              if (now.is(SandboxState.SANDBOX_STATE_DELETING, SandboxState.SANDBOX_STATE_DELETED)) {
                throw Here.refused(now, "be changed");
              }
              var changed = now.sandbox().toBuilder();
              if (otherLimits) {
                changed
                    .setSpec(spec)
                    .setReason(SandboxReason.SANDBOX_REASON_LIMITS_CHANGED)
                    .setMessage("");
              }
              if (request.hasLease()) {
                Duration lease = Duration.ofMillis(Durations.toMillis(request.getLease()));
                changed
                    .setSpec(changed.getSpec().toBuilder().setLease(request.getLease()))
                    .setReason(SandboxReason.SANDBOX_REASON_LEASE_EXTENDED)
                    .setMessage("");
                if (now.is(SandboxState.SANDBOX_STATE_RUNNING)) {
                  changed.setLeaseEndsAt(Timestamps.of(clock.instant().plus(lease)));
                }
              }
              return now.with(changed).warned(now.warned() && !request.hasLease());
            })
        .sandbox();
  }

  private Sandbox wish(UUID id, Caller caller, UnaryOperator<Standing> decision) {
    Sandbox after = changes.change(id, caller.actor(), decision).sandbox();
    caretaker.look(id);
    return after;
  }
}

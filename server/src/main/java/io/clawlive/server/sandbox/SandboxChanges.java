package io.clawlive.server.sandbox;

import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.server.streams.EventLedger;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.ActorKind;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.SandboxChange;
import io.clawlive.streams.v1.SandboxState;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The one way a sandbox changes: hold its stream, decide by its row, write both, commit, then wake
 * whoever watches. Changes of one sandbox wait for each other, on all servers.
 */
@Singleton
class SandboxChanges {
  /** The server itself. */
  static final Actor SERVER = Actor.newBuilder().setKind(ActorKind.ACTOR_KIND_SERVER).build();

  private static final String PRODUCER = "clawlive.sandbox";

  private final EventLedger ledger;
  private final SandboxTable table;

  SandboxChanges(EventLedger ledger, SandboxTable table) {
    this.ledger = ledger;
    this.table = table;
  }

  record Done(Standing standing, EventLedger.Page page) {}

  /**
   * Changes a sandbox on behalf of somebody.
   *
   * @param decision what becomes of it; what it answers unchanged changes nothing
   * @return the sandbox afterwards
   */
  Standing change(UUID id, Actor actor, UnaryOperator<Standing> decision) {
    Done done = decide(id, actor, decision);
    ledger.committed(done.page());
    return done.standing();
  }

  @Transactional
  Done decide(UUID id, Actor actor, UnaryOperator<Standing> decision) {
    EventLedger.Page page = ledger.hold(id).orElseThrow(() -> SandboxTable.notFound(id.toString()));
    Standing before = table.get(id);
    Standing after = decision.apply(before);
    if (after.equals(before)) {
      return new Done(before, page);
    }
    Standing written = numbered(after);
    table.write(written);
    tell(page, written.sandbox(), actor);
    return new Done(written, page);
  }

  /** Tells how a sandbox is now, within the caller's transaction. */
  void tell(EventLedger.Page page, Sandbox sandbox, Actor actor) {
    var change =
        SandboxChange.newBuilder()
            .setState(sandbox.getState())
            .setReason(sandbox.getReason())
            .setMessage(sandbox.getMessage())
            .setRevision(sandbox.getRevision());
    if (sandbox.hasExitCode()) {
      change.setExitCode(sandbox.getExitCode());
    }
    if (sandbox.hasLeaseEndsAt()) {
      change.setLeaseEndsAt(sandbox.getLeaseEndsAt());
    }
    Event unused =
        ledger.write(
            page,
            PRODUCER,
            Event.newBuilder()
                .setProducerSequence(sandbox.getRevision())
                .setSandbox(change)
                .build(),
            actor,
            sandbox.getState() == SandboxState.SANDBOX_STATE_DELETED);
  }

  private static Standing numbered(Standing standing) {
    return standing.with(
        standing.sandbox().toBuilder().setRevision(standing.sandbox().getRevision() + 1));
  }
}

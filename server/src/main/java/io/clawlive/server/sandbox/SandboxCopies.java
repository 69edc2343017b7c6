package io.clawlive.server.sandbox;

import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.sandbox.SandboxCreation.Order;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import io.clawlive.streams.v1.SandboxReason;
import io.clawlive.streams.v1.SandboxState;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a copy of a sandbox's files needs of the sandbox, and becomes of one. */
@Singleton
public final class SandboxCopies {
  private final SandboxTable table;
  private final SandboxCreation creation;
  private final SandboxChanges changes;
  private final Caretaker caretaker;
  private final Here here;

  SandboxCopies(
      SandboxTable table,
      SandboxCreation creation,
      SandboxChanges changes,
      Caretaker caretaker,
      Here here) {
    this.table = table;
    this.creation = creation;
    this.changes = changes;
    this.caretaker = caretaker;
    this.here = here;
  }

  /** A sandbox, and what runs it. */
  public record Original(Sandbox sandbox, SandboxRuntime runtime) {}

  /** A sandbox whose files are there and in order: one that runs or is stopped. */
  public Original original(UUID id) {
    Standing now = table.get(id);
    if (!now.is(SandboxState.SANDBOX_STATE_RUNNING, SandboxState.SANDBOX_STATE_STOPPED)) {
      throw Here.refused(now, "be copied");
    }
    return new Original(now.sandbox(), here.runtime(now));
  }

  /**
   * Does something with a sandbox while nobody here starts, stops or removes it: they wait until it
   * is done.
   *
   * @return false when nothing was done, because somebody is at it
   */
  public boolean undisturbed(UUID id, Runnable work) {
    return caretaker.instead(id, work);
  }

  /** Sees to a sandbox soon: it may have been left held still. */
  public void look(UUID id) {
    caretaker.look(id);
  }

  /** Puts a sandbox back to a snapshot of it, or makes it again where it is gone. */
  public Sandbox back(Snapshot snapshot, Caller caller) {
    UUID id = UUID.fromString(snapshot.getSandboxId());
    Optional<Standing> known =
        table.find(id).filter(now -> !now.is(SandboxState.SANDBOX_STATE_DELETED));
    if (known.isEmpty()) {
      return fork(snapshot, snapshot.getSandboxName(), null, caller);
    }
    SandboxRuntime unused = here.runtime(known.get());
    Sandbox after =
        changes
            .change(
                id,
                caller.actor(),
                now -> {
                  if (now.is(
                      SandboxState.SANDBOX_STATE_CREATING,
                      SandboxState.SANDBOX_STATE_DELETING,
                      SandboxState.SANDBOX_STATE_DELETED)) {
                    throw Here.refused(now, "be restored");
                  }
                  return now.with(
                      now.sandbox().toBuilder()
                          .setState(SandboxState.SANDBOX_STATE_CREATING)
                          .setReason(SandboxReason.SANDBOX_REASON_RESTORED)
                          .setMessage("Its files are put back to those of a snapshot.")
                          .setSourceSnapshotId(snapshot.getSnapshotId())
                          .clearLeaseEndsAt());
                })
            .sandbox();
    caretaker.look(id);
    return after;
  }

  /**
   * Makes a new sandbox of a snapshot.
   *
   * @param name empty for one that is made up
   */
  public Sandbox fork(Snapshot snapshot, String name, @Nullable String requestId, Caller caller) {
    var order =
        new Order(
            UUID.fromString(snapshot.getAccountId()),
            snapshot.getAgentId().isEmpty() ? null : UUID.fromString(snapshot.getAgentId()),
            name.isEmpty() ? Sandboxes.madeUp() : name,
            snapshot.getTemplate(),
            snapshot.getReferencesMap(),
            snapshot.getSpec(),
            true,
            "",
            "",
            snapshot.getSnapshotId(),
            requestId);
    UUID id = creation.earlier(order, caller).orElseGet(() -> creation.create(order, caller));
    caretaker.look(id);
    return table.get(id).sandbox();
  }
}

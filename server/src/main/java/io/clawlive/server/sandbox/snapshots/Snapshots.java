package io.clawlive.server.sandbox.snapshots;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.CreateSnapshotRequest;
import io.clawlive.sandbox.v1.ListSnapshotsRequest;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sandbox.v1.SnapshotState;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.sandbox.Installation;
import io.clawlive.server.sandbox.SandboxCopies;
import io.clawlive.server.sandbox.snapshots.SnapshotRepository.SnapshotRow;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies of sandboxes: made, listed, put back, and thrown away. */
@Singleton
final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final SnapshotRepository repository;
  private final SnapshotShelf shelf;
  private final SnapshotMaker maker;
  private final SandboxCopies sandboxes;
  private final Installation installation;
  private final SnapshotsConfiguration configuration;
  private final Clock clock;

  Snapshots(
      SnapshotRepository repository,
      SnapshotShelf shelf,
      SnapshotMaker maker,
      SandboxCopies sandboxes,
      Installation installation,
      SnapshotsConfiguration configuration,
      Clock clock) {
    this.repository = repository;
    this.shelf = shelf;
    this.maker = maker;
    this.sandboxes = sandboxes;
    this.installation = installation;
    this.configuration = configuration;
    this.clock = clock;
  }

  /** Begins a snapshot, or finds the one that the same request began. */
  Snapshot create(CreateSnapshotRequest request, Caller caller) {
    UUID creator = UUID.fromString(caller.actor().getId());
    String requestId = request.getRequestId().isEmpty() ? null : request.getRequestId();
    if (requestId != null) {
      Optional<UUID> earlier = repository.findByRequest(creator, requestId);
      if (earlier.isPresent()) {
        return get(earlier.get());
      }
    }
    var original = sandboxes.original(UUID.fromString(request.getSandboxId()));
    Sandbox sandbox = original.sandbox();
    UUID account = UUID.fromString(sandbox.getAccountId());
    if (repository.count(account) >= configuration.perAccount()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_TOO_MANY_SNAPSHOTS,
          "The account has %,d snapshots; more are not taken."
              .formatted(configuration.perAccount()),
          "limit",
          Integer.toString(configuration.perAccount()));
    }
    UUID id = UuidCreator.getTimeOrderedEpoch();
    Snapshot begun =
        Snapshot.newBuilder()
            .setSnapshotId(id.toString())
            .setName(request.getName())
            .setSandboxId(sandbox.getSandboxId())
            .setSandboxName(sandbox.getName())
            .setAccountId(sandbox.getAccountId())
            .setAgentId(sandbox.getAgentId())
            .setState(SnapshotState.SNAPSHOT_STATE_CREATING)
            .setSpec(sandbox.getSpec())
            .setTemplate(sandbox.getTemplate())
            .putAllReferences(sandbox.getReferencesMap())
            .setCreatedAt(Timestamps.of(clock.instant()))
            .build();
    int inserted =
        repository.insert(
            id,
            account,
            Ids.parse(sandbox.getAgentId()).orElse(null),
            creator,
            requestId,
            UUID.fromString(sandbox.getSandboxId()),
            installation.id(),
            begun.toByteArray());
    if (inserted == 0 && requestId != null) {
      return get(repository.findByRequest(creator, requestId).orElseThrow());
    }
    maker.make(begun, original.runtime());
    return begun;
  }

  Snapshot get(UUID id) {
    return read(row(id));
  }

  private SnapshotRow row(UUID id) {
    return repository.findById(id).orElseThrow(() -> notFound(id.toString()));
  }

  Page<Snapshot> page(ListSnapshotsRequest request, Caller caller) {
    UUID account = caller.viewer().account();
    if (account == null) {
      throw new IllegalStateException("access let somebody in whom nobody knows");
    }
    int limit = Page.limit(request.getPageSize());
    return Page.cut(
        repository
            .page(
                Page.idToken(request.getPageToken()),
                account,
                caller.viewer().agent(),
                Ids.parse(request.getSandboxId()).orElse(null),
                limit)
            .stream()
            .map(Snapshots::read)
            .toList(),
        limit,
        Snapshot::getSnapshotId);
  }

  Sandbox restore(UUID id, Caller caller) {
    return sandboxes.back(ready(id), caller);
  }

  Sandbox fork(UUID id, String name, String requestId, Caller caller) {
    return sandboxes.fork(ready(id), name, requestId.isEmpty() ? null : requestId, caller);
  }

  private Snapshot ready(UUID id) {
    SnapshotRow row = row(id);
    requireHere(row);
    Snapshot snapshot = read(row);
    if (snapshot.getState() != SnapshotState.SNAPSHOT_STATE_READY) {
      throw notReady(snapshot);
    }
    return snapshot;
  }

  void delete(UUID id) {
    SnapshotRow row = row(id);
    requireHere(row);
    Snapshot snapshot = read(row);
    if (snapshot.getState() == SnapshotState.SNAPSHOT_STATE_CREATING) {
      throw notReady(snapshot);
    }
    int unused = repository.delete(id);
    try {
      shelf.of(id).remove();
    } catch (IOException e) {
      // A sweep takes what has no row.
      LOG.warn("files of snapshot {} could not be removed yet: {}", id, e.getMessage());
    }
  }

  private void requireHere(SnapshotRow row) {
    if (!row.installation().equals(installation.id())) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_SANDBOX_ELSEWHERE,
          "The snapshot is kept on another server's machine.",
          "installation",
          row.installation().toString());
    }
  }

  private static Refusal notReady(Snapshot snapshot) {
    String state =
        snapshot.getState().name().replace("SNAPSHOT_STATE_", "").toLowerCase(Locale.ROOT);
    return Refusal.of(
        ErrorReason.ERROR_REASON_SNAPSHOT_NOT_READY,
        "The snapshot is "
            + state
            + (snapshot.getMessage().isEmpty() ? "." : ": " + snapshot.getMessage()),
        "snapshot_id",
        snapshot.getSnapshotId(),
        "state",
        state);
  }

  static Snapshot read(SnapshotRow row) {
    try {
      return Snapshot.parseFrom(row.content());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the row of snapshot " + row.id() + " is damaged", e);
    }
  }

  static Refusal notFound(String id) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_SNAPSHOT_NOT_FOUND,
        "There is no snapshot " + id + ".",
        "snapshot_id",
        id);
  }
}

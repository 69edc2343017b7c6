package io.clawlive.server.sandbox;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.sandbox.SandboxRepository.SandboxRow;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads and writes sandboxes, within the caller's transaction if there is one. */
@Singleton
final class SandboxTable {
  private final SandboxRepository repository;

  SandboxTable(SandboxRepository repository) {
    this.repository = repository;
  }

  Optional<Standing> find(UUID id) {
    return repository.findById(id).map(SandboxTable::read);
  }

  Standing get(UUID id) {
    return find(id).orElseThrow(() -> notFound(id.toString()));
  }

  /** Those of an installation that are under way or run. */
  List<Standing> busy(UUID installation) {
    return repository.busy(installation).stream().map(SandboxTable::read).toList();
  }

  void write(Standing standing) {
    Sandbox sandbox = standing.sandbox();
    repository.update(
        standing.id(),
        (short) sandbox.getStateValue(),
        standing.wanted(),
        sandbox.getHostPort() == 0 ? null : sandbox.getHostPort(),
        sandbox.hasLeaseEndsAt() ? Timestamps.instant(sandbox.getLeaseEndsAt()) : null,
        standing.warned(),
        sandbox.toByteArray());
  }

  static Standing read(SandboxRow row) {
    try {
      return new Standing(
          row.id(),
          Sandbox.parseFrom(row.content()),
          row.installation(),
          row.wanted(),
          row.leaseWarned());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the row of sandbox " + row.id() + " is damaged", e);
    }
  }

  static Refusal notFound(String id) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_SANDBOX_NOT_FOUND,
        "There is no sandbox " + id + ".",
        "sandbox_id",
        id);
  }
}

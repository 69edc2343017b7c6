package io.clawlive.server.sandbox.snapshots;

import io.clawlive.policy.v1.Resource;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.identity.ResourceGuards;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.sandbox.snapshots.SnapshotRepository.OwnerRow;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;

/** Whose a snapshot is. To whoever else asks it is not there. */
@Singleton
final class SnapshotGuards implements ResourceGuards {
  private final SnapshotRepository repository;

  SnapshotGuards(SnapshotRepository repository) {
    this.repository = repository;
  }

  @Override
  public Resource resource() {
    return Resource.RESOURCE_SNAPSHOT;
  }

  @Override
  public Guard guardOf(String id, Caller.Viewer viewer) {
    OwnerRow row =
        Ids.parse(id)
            .flatMap(repository::owner)
            .filter(owner -> viewer.everything() || owner.accountId().equals(viewer.account()))
            .orElseThrow(() -> Snapshots.notFound(id));
    UUID agent = row.agentId();
    return new Guard(
        new Caller.Owner(agent == null ? row.accountId() : agent, row.accountId()), false);
  }

  @Override
  public Set<String> restricted(Set<String> ids) {
    return ids;
  }
}

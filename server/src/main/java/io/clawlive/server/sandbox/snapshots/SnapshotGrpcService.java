package io.clawlive.server.sandbox.snapshots;

import io.clawlive.sandbox.v1.CreateSnapshotRequest;
import io.clawlive.sandbox.v1.CreateSnapshotResponse;
import io.clawlive.sandbox.v1.DeleteSnapshotRequest;
import io.clawlive.sandbox.v1.DeleteSnapshotResponse;
import io.clawlive.sandbox.v1.ForkSnapshotRequest;
import io.clawlive.sandbox.v1.ForkSnapshotResponse;
import io.clawlive.sandbox.v1.GetSnapshotRequest;
import io.clawlive.sandbox.v1.GetSnapshotResponse;
import io.clawlive.sandbox.v1.ListSnapshotsRequest;
import io.clawlive.sandbox.v1.ListSnapshotsResponse;
import io.clawlive.sandbox.v1.RestoreSnapshotRequest;
import io.clawlive.sandbox.v1.RestoreSnapshotResponse;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sandbox.v1.SnapshotServiceGrpc.SnapshotServiceImplBase;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Page;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.UUID;

@Singleton
final class SnapshotGrpcService extends SnapshotServiceImplBase {
  private final Snapshots snapshots;

  SnapshotGrpcService(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  @Override
  public void createSnapshot(
      CreateSnapshotRequest request, StreamObserver<CreateSnapshotResponse> out) {
    Snapshot snapshot = snapshots.create(request, Caller.CURRENT.get());
    out.onNext(CreateSnapshotResponse.newBuilder().setSnapshot(snapshot).build());
    out.onCompleted();
  }

  @Override
  public void getSnapshot(GetSnapshotRequest request, StreamObserver<GetSnapshotResponse> out) {
    Snapshot snapshot = snapshots.get(UUID.fromString(request.getSnapshotId()));
    out.onNext(GetSnapshotResponse.newBuilder().setSnapshot(snapshot).build());
    out.onCompleted();
  }

  @Override
  public void listSnapshots(
      ListSnapshotsRequest request, StreamObserver<ListSnapshotsResponse> out) {
    Page<Snapshot> page = snapshots.page(request, Caller.CURRENT.get());
    out.onNext(
        ListSnapshotsResponse.newBuilder()
            .addAllSnapshots(page.rows())
            .setNextPageToken(page.nextToken())
            .build());
    out.onCompleted();
  }

  @Override
  public void restoreSnapshot(
      RestoreSnapshotRequest request, StreamObserver<RestoreSnapshotResponse> out) {
    Sandbox sandbox =
        snapshots.restore(UUID.fromString(request.getSnapshotId()), Caller.CURRENT.get());
    out.onNext(RestoreSnapshotResponse.newBuilder().setSandbox(sandbox).build());
    out.onCompleted();
  }

  @Override
  public void forkSnapshot(ForkSnapshotRequest request, StreamObserver<ForkSnapshotResponse> out) {
    Sandbox sandbox =
        snapshots.fork(
            UUID.fromString(request.getSnapshotId()),
            request.getName(),
            request.getRequestId(),
            Caller.CURRENT.get());
    out.onNext(ForkSnapshotResponse.newBuilder().setSandbox(sandbox).build());
    out.onCompleted();
  }

  @Override
  public void deleteSnapshot(
      DeleteSnapshotRequest request, StreamObserver<DeleteSnapshotResponse> out) {
    snapshots.delete(UUID.fromString(request.getSnapshotId()));
    out.onNext(DeleteSnapshotResponse.getDefaultInstance());
    out.onCompleted();
  }
}

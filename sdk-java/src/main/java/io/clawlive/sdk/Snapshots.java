package io.clawlive.sdk;

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
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sandbox.v1.SnapshotServiceGrpc;
import io.clawlive.sdk.internal.Pages;
import io.clawlive.sdk.internal.SnapshotWait;
import io.clawlive.sdk.internal.Transport;
import io.clawlive.sdk.internal.Unary;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Snapshots: the files of sandboxes at one moment, which outlive them. Programs, memory and /tmp
 * are not in them. {@link Sandbox#snapshot} begins one.
 */
public final class Snapshots {
  private final Transport transport;
  private final Unary unary;

  Snapshots(Transport transport, Unary unary) {
    this.transport = transport;
    this.unary = unary;
  }

  static CompletableFuture<Snapshot> create(Unary unary, String sandboxId, String name) {
    return unary
        .call(
            SnapshotServiceGrpc.getCreateSnapshotMethod(),
            CreateSnapshotRequest.newBuilder()
                .setSandboxId(sandboxId)
                .setName(name)
                .setRequestId(UUID.randomUUID().toString())
                .build())
        .thenApply(CreateSnapshotResponse::getSnapshot);
  }

  /**
   * Reads what is known of a snapshot.
   *
   * @throws NotFoundException with reason SNAPSHOT_NOT_FOUND
   */
  public Snapshot get(String snapshotId) {
    return Unary.await(getAsync(snapshotId));
  }

  /** As {@link #get}. */
  public CompletableFuture<Snapshot> getAsync(String snapshotId) {
    return unary
        .call(
            SnapshotServiceGrpc.getGetSnapshotMethod(),
            GetSnapshotRequest.newBuilder().setSnapshotId(snapshotId).build())
        .thenApply(GetSnapshotResponse::getSnapshot);
  }

  /**
   * Waits until it can be restored.
   *
   * @param timeout longest wait
   * @throws FailedPreconditionException with reason SNAPSHOT_FAILED when it failed; the message
   *     says why
   * @throws UnavailableException with reason TIMEOUT when the time is over before
   */
  public Snapshot awaitReady(String snapshotId, Duration timeout) {
    return SnapshotWait.ready(snapshotId, timeout, () -> get(snapshotId));
  }

  /** The caller's snapshots, newest first, read page by page while iterating. */
  public Iterable<Snapshot> list() {
    return list(ListSnapshotsRequest.getDefaultInstance());
  }

  /** The snapshots that the request asks for, from its page token on, page by page. */
  public Iterable<Snapshot> list(ListSnapshotsRequest request) {
    return new Pages<>(
        token ->
            Unary.await(
                pageAsync(
                    token.isEmpty() ? request : request.toBuilder().setPageToken(token).build())),
        ListSnapshotsResponse::getSnapshotsList,
        ListSnapshotsResponse::getNextPageToken);
  }

  /** One page of snapshots. */
  public CompletableFuture<ListSnapshotsResponse> pageAsync(ListSnapshotsRequest request) {
    return unary.call(SnapshotServiceGrpc.getListSnapshotsMethod(), request);
  }

  /**
   * Puts the sandbox that it was made of back to what it was then, or makes it anew where it was
   * deleted. Answers at once; {@link Sandbox#awaitRunning} waits. Closing the sandbox leaves it.
   *
   * @throws FailedPreconditionException with reason SNAPSHOT_NOT_READY, SANDBOX_STATE_REFUSED or
   *     SANDBOX_ELSEWHERE
   */
  public Sandbox restore(String snapshotId) {
    return Unary.await(restoreAsync(snapshotId));
  }

  /** As {@link #restore}. */
  public CompletableFuture<Sandbox> restoreAsync(String snapshotId) {
    return unary
        .call(
            SnapshotServiceGrpc.getRestoreSnapshotMethod(),
            RestoreSnapshotRequest.newBuilder().setSnapshotId(snapshotId).build())
        .thenApply(RestoreSnapshotResponse::getSandbox)
        .thenApply(there -> new Sandbox(transport, unary, there, false));
  }

  /**
   * Makes a new sandbox with its files and starts it. Closing that deletes it, unless {@link
   * Sandbox#keep} is called.
   *
   * @param name of the new sandbox: 1 to 64 characters of A-Z, a-z, 0-9, _ and -; empty means one
   *     made up by the server
   * @throws AlreadyExistsException with reason SANDBOX_NAME_TAKEN
   * @throws FailedPreconditionException with reason SNAPSHOT_NOT_READY
   */
  public Sandbox fork(String snapshotId, String name) {
    return Unary.await(forkAsync(snapshotId, name));
  }

  /** As {@link #fork}. */
  public CompletableFuture<Sandbox> forkAsync(String snapshotId, String name) {
    return unary
        .call(
            SnapshotServiceGrpc.getForkSnapshotMethod(),
            ForkSnapshotRequest.newBuilder()
                .setSnapshotId(snapshotId)
                .setName(name)
                .setRequestId(UUID.randomUUID().toString())
                .build())
        .thenApply(ForkSnapshotResponse::getSandbox)
        .thenApply(made -> new Sandbox(transport, unary, made, true));
  }

  /** Deletes it and its files; sandboxes that were made from it keep theirs. */
  public void delete(String snapshotId) {
    DeleteSnapshotResponse unused = Unary.await(deleteAsync(snapshotId));
  }

  /** As {@link #delete}. */
  public CompletableFuture<DeleteSnapshotResponse> deleteAsync(String snapshotId) {
    return unary.call(
        SnapshotServiceGrpc.getDeleteSnapshotMethod(),
        DeleteSnapshotRequest.newBuilder().setSnapshotId(snapshotId).build());
  }
}

package io.clawlive.server.sandbox;

import com.google.protobuf.util.Durations;
import io.clawlive.sandbox.v1.CreateSandboxRequest;
import io.clawlive.sandbox.v1.CreateSandboxResponse;
import io.clawlive.sandbox.v1.DeleteSandboxRequest;
import io.clawlive.sandbox.v1.DeleteSandboxResponse;
import io.clawlive.sandbox.v1.EnsureSandboxRequest;
import io.clawlive.sandbox.v1.EnsureSandboxResponse;
import io.clawlive.sandbox.v1.GetSandboxRequest;
import io.clawlive.sandbox.v1.GetSandboxResponse;
import io.clawlive.sandbox.v1.ListSandboxesRequest;
import io.clawlive.sandbox.v1.ListSandboxesResponse;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.SandboxServiceGrpc.SandboxServiceImplBase;
import io.clawlive.sandbox.v1.StartSandboxRequest;
import io.clawlive.sandbox.v1.StartSandboxResponse;
import io.clawlive.sandbox.v1.StopSandboxRequest;
import io.clawlive.sandbox.v1.StopSandboxResponse;
import io.clawlive.sandbox.v1.UpdateSandboxRequest;
import io.clawlive.sandbox.v1.UpdateSandboxResponse;
import io.clawlive.sandbox.v1.WatchSandboxRequest;
import io.clawlive.sandbox.v1.WatchSandboxResponse;
import io.clawlive.sandbox.v1.WatchSandboxStatsRequest;
import io.clawlive.sandbox.v1.WatchSandboxStatsResponse;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.server.streams.EventLog;
import io.clawlive.server.streams.Watches;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

@Singleton
final class SandboxGrpcService extends SandboxServiceImplBase {
  private static final List<String> CHANGES = List.of(SandboxCreation.KIND);

  private final Sandboxes sandboxes;
  private final StatsCalls stats;
  private final EventLog log;
  private final Watches watches;

  SandboxGrpcService(Sandboxes sandboxes, StatsCalls stats, EventLog log, Watches watches) {
    this.sandboxes = sandboxes;
    this.stats = stats;
    this.log = log;
    this.watches = watches;
  }

  @Override
  public void createSandbox(
      CreateSandboxRequest request, StreamObserver<CreateSandboxResponse> out) {
    Sandbox sandbox = sandboxes.create(request, Caller.CURRENT.get());
    out.onNext(CreateSandboxResponse.newBuilder().setSandbox(sandbox).build());
    out.onCompleted();
  }

  @Override
  public void ensureSandbox(
      EnsureSandboxRequest request, StreamObserver<EnsureSandboxResponse> out) {
    Sandboxes.Ensured ensured = sandboxes.ensure(request, Caller.CURRENT.get());
    out.onNext(
        EnsureSandboxResponse.newBuilder()
            .setSandbox(ensured.sandbox())
            .setCreated(ensured.created())
            .build());
    out.onCompleted();
  }

  @Override
  public void getSandbox(GetSandboxRequest request, StreamObserver<GetSandboxResponse> out) {
    Sandbox sandbox = sandboxes.get(UUID.fromString(request.getSandboxId()));
    out.onNext(GetSandboxResponse.newBuilder().setSandbox(sandbox).build());
    out.onCompleted();
  }

  @Override
  public void listSandboxes(
      ListSandboxesRequest request, StreamObserver<ListSandboxesResponse> out) {
    List<Sandbox> found = sandboxes.page(request, Caller.CURRENT.get());
    int size = Page.size(request.getPageSize());
    var answer = ListSandboxesResponse.newBuilder();
    if (found.size() > size) {
      found = found.subList(0, size);
      answer.setNextPageToken(found.getLast().getSandboxId());
    }
    out.onNext(answer.addAllSandboxes(found).build());
    out.onCompleted();
  }

  @Override
  public void updateSandbox(
      UpdateSandboxRequest request, StreamObserver<UpdateSandboxResponse> out) {
    Sandbox sandbox = sandboxes.update(request, Caller.CURRENT.get());
    out.onNext(UpdateSandboxResponse.newBuilder().setSandbox(sandbox).build());
    out.onCompleted();
  }

  @Override
  public void startSandbox(StartSandboxRequest request, StreamObserver<StartSandboxResponse> out) {
    Sandbox sandbox =
        sandboxes.start(UUID.fromString(request.getSandboxId()), Caller.CURRENT.get());
    out.onNext(StartSandboxResponse.newBuilder().setSandbox(sandbox).build());
    out.onCompleted();
  }

  @Override
  public void stopSandbox(StopSandboxRequest request, StreamObserver<StopSandboxResponse> out) {
    Sandbox sandbox = sandboxes.stop(UUID.fromString(request.getSandboxId()), Caller.CURRENT.get());
    out.onNext(StopSandboxResponse.newBuilder().setSandbox(sandbox).build());
    out.onCompleted();
  }

  @Override
  public void deleteSandbox(
      DeleteSandboxRequest request, StreamObserver<DeleteSandboxResponse> out) {
    sandboxes.delete(UUID.fromString(request.getSandboxId()), Caller.CURRENT.get());
    out.onNext(DeleteSandboxResponse.getDefaultInstance());
    out.onCompleted();
  }

  @Override
  public void watchSandbox(WatchSandboxRequest request, StreamObserver<WatchSandboxResponse> out) {
    UUID id = UUID.fromString(request.getSandboxId());
    var call = (ServerCallStreamObserver<WatchSandboxResponse>) out;
    // The position first: what changes in between is told twice, and known by its revision.
    long position = log.state(id).lastSequence();
    Sandbox present = sandboxes.get(id);
    var watch = new SandboxWatch(present, call);
    call.setOnReadyHandler(watch::ready);
    call.setOnCancelHandler(watch::close);
    call.setOnCloseHandler(watch::close);
    call.onNext(WatchSandboxResponse.newBuilder().setSandbox(present).build());
    watch.opened(watches.open(id, position, CHANGES, Caller.CURRENT.get(), watch));
  }

  @Override
  public void watchSandboxStats(
      WatchSandboxStatsRequest request, StreamObserver<WatchSandboxStatsResponse> out) {
    Duration interval =
        request.hasInterval()
            ? Duration.ofMillis(Durations.toMillis(request.getInterval()))
            : Duration.ofSeconds(1);
    stats.watch(
        UUID.fromString(request.getSandboxId()),
        interval,
        (ServerCallStreamObserver<WatchSandboxStatsResponse>) out);
  }
}

package io.clawlive.sdk;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.CreateSandboxRequest;
import io.clawlive.sandbox.v1.CreateSandboxResponse;
import io.clawlive.sandbox.v1.DeleteSandboxRequest;
import io.clawlive.sandbox.v1.DeleteSandboxResponse;
import io.clawlive.sandbox.v1.GetSandboxRequest;
import io.clawlive.sandbox.v1.GetSandboxResponse;
import io.clawlive.sandbox.v1.ListSandboxesRequest;
import io.clawlive.sandbox.v1.ListSandboxesResponse;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.SandboxServiceGrpc;
import io.clawlive.sandbox.v1.WatchSandboxRequest;
import io.clawlive.sandbox.v1.WatchSandboxResponse;
import io.clawlive.streams.v1.SandboxReason;
import io.clawlive.streams.v1.SandboxState;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Sandboxes that are only said to be there, behind a real gRPC port, with faults. */
final class SandboxDouble implements AutoCloseable {
  /** Creations that are done and then lose their connection before the answer. */
  final AtomicInteger dropsAfterCreate = new AtomicInteger();

  /** What the next creations are refused with. */
  final ConcurrentLinkedQueue<ErrorReason> refusals = new ConcurrentLinkedQueue<>();

  final ConcurrentLinkedQueue<String> requestIds = new ConcurrentLinkedQueue<>();
  final AtomicInteger watches = new AtomicInteger();

  private final Map<String, Sandbox> sandboxes = new LinkedHashMap<>();
  private final Map<String, String> byRequest = new LinkedHashMap<>();
  private final List<StreamObserver<WatchSandboxResponse>> watchers = new ArrayList<>();
  private final Server server;

  SandboxDouble() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
              .addService(new Service())
              .build()
              .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  synchronized int count() {
    return sandboxes.size();
  }

  /** A sandbox becomes something else, and whoever watches hears of it. */
  synchronized void becomes(String id, SandboxState state, SandboxReason reason, String message) {
    Sandbox before = sandboxes.get(id);
    Sandbox now =
        before.toBuilder()
            .setState(state)
            .setReason(reason)
            .setMessage(message)
            .setRevision(before.getRevision() + 1)
            .build();
    sandboxes.put(id, now);
    watchers.forEach(out -> out.onNext(WatchSandboxResponse.newBuilder().setSandbox(now).build()));
  }

  /** Every watch loses its connection. */
  synchronized void breakWatches() {
    watchers.forEach(out -> out.onError(Status.UNAVAILABLE.asRuntimeException()));
    watchers.clear();
  }

  /** Every watch ends well. */
  synchronized void endWatches() {
    watchers.forEach(StreamObserver::onCompleted);
    watchers.clear();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static StatusRuntimeException refused(ErrorReason reason, Status.Code code) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage(reason.name().toLowerCase(Locale.ROOT))
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setDomain("clawlive")
                        .setReason(reason.name().replace("ERROR_REASON_", ""))
                        .build()))
            .build());
  }

  private final class Service extends SandboxServiceGrpc.SandboxServiceImplBase {
    @Override
    public void createSandbox(
        CreateSandboxRequest request, StreamObserver<CreateSandboxResponse> out) {
      synchronized (SandboxDouble.this) {
        requestIds.add(request.getRequestId());
        ErrorReason refusal = refusals.poll();
        if (refusal != null) {
          out.onError(refused(refusal, Status.Code.RESOURCE_EXHAUSTED));
          return;
        }
        String id =
            byRequest.computeIfAbsent(
                request.getRequestId(), unknown -> UUID.randomUUID().toString());
        Sandbox made =
            sandboxes.computeIfAbsent(
                id,
                unknown ->
                    Sandbox.newBuilder()
                        .setSandboxId(id)
                        .setName(request.getName())
                        .setSpec(request.getSpec())
                        .setState(SandboxState.SANDBOX_STATE_CREATING)
                        .setRevision(1)
                        .build());
        if (dropsAfterCreate.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          out.onError(Status.UNAVAILABLE.asRuntimeException());
          return;
        }
        out.onNext(CreateSandboxResponse.newBuilder().setSandbox(made).build());
        out.onCompleted();
      }
    }

    @Override
    public void getSandbox(GetSandboxRequest request, StreamObserver<GetSandboxResponse> out) {
      synchronized (SandboxDouble.this) {
        Sandbox found = sandboxes.get(request.getSandboxId());
        if (found == null) {
          out.onError(refused(ErrorReason.ERROR_REASON_SANDBOX_NOT_FOUND, Status.Code.NOT_FOUND));
          return;
        }
        out.onNext(GetSandboxResponse.newBuilder().setSandbox(found).build());
        out.onCompleted();
      }
    }

    @Override
    public void listSandboxes(
        ListSandboxesRequest request, StreamObserver<ListSandboxesResponse> out) {
      synchronized (SandboxDouble.this) {
        List<Sandbox> all = List.copyOf(sandboxes.values());
        int at = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
        ListSandboxesResponse.Builder page = ListSandboxesResponse.newBuilder();
        if (at < all.size()) {
          page.addSandboxes(all.get(at));
        }
        if (at + 1 < all.size()) {
          page.setNextPageToken(Integer.toString(at + 1));
        }
        out.onNext(page.build());
        out.onCompleted();
      }
    }

    @Override
    public void deleteSandbox(
        DeleteSandboxRequest request, StreamObserver<DeleteSandboxResponse> out) {
      synchronized (SandboxDouble.this) {
        sandboxes.remove(request.getSandboxId());
        out.onNext(DeleteSandboxResponse.getDefaultInstance());
        out.onCompleted();
      }
    }

    @Override
    public void watchSandbox(
        WatchSandboxRequest request, StreamObserver<WatchSandboxResponse> out) {
      synchronized (SandboxDouble.this) {
        watches.incrementAndGet();
        Sandbox found = sandboxes.get(request.getSandboxId());
        if (found == null) {
          out.onError(refused(ErrorReason.ERROR_REASON_SANDBOX_NOT_FOUND, Status.Code.NOT_FOUND));
          return;
        }
        out.onNext(WatchSandboxResponse.newBuilder().setSandbox(found).build());
        watchers.add(out);
      }
    }
  }
}

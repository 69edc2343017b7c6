package io.clawlive.server.sandbox.processes;

import io.clawlive.sandbox.v1.TerminalOpen;
import io.clawlive.sandbox.v1.TerminalRequest;
import io.clawlive.sandbox.v1.TerminalResponse;
import io.clawlive.sandbox.v1.TerminalStart;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.sandbox.runtime.ExecPlan;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A terminal in one call. Keys are written in the order in which they come. */
final class TerminalCall implements StreamObserver<TerminalRequest> {
  private final Processes processes;
  private final ServerCallStreamObserver<TerminalResponse> out;
  private @Nullable OpenProcess process;
  private @Nullable ProcessTail<TerminalResponse> tail;
  private boolean over;

  TerminalCall(Processes processes, ServerCallStreamObserver<TerminalResponse> out) {
    this.processes = processes;
    this.out = out;
    out.setOnCancelHandler(this::leave);
  }

  @Override
  public void onNext(TerminalRequest request) {
    if (over) {
      return;
    }
    try {
      take(request);
    } catch (RuntimeException e) {
      over = true;
      leave();
      out.onError(Status.UNAVAILABLE.withCause(e).asRuntimeException());
    }
  }

  private void take(TerminalRequest request) {
    OpenProcess known = process;
    if (request.hasOpen() != (known == null)) {
      throw Refusal.invalidField(
          known == null ? "open: the first message opens." : "open: sent twice.", "open");
    }
    if (known == null) {
      open(request.getOpen());
      return;
    }
    switch (request.getMessageCase()) {
      case INPUT -> {
        long unused = known.send(request.getInput().toByteArray(), -1);
      }
      case RESIZE -> known.resize(ProcessGrpcService.size(request.getResize()));
      case SIGNAL -> known.signal(request.getSignal());
      case END -> known.endInput();
      case OPEN, MESSAGE_NOT_SET ->
          throw new IllegalStateException("validation let an empty one pass");
    }
  }

  private void open(TerminalOpen open) {
    UUID sandbox = UUID.fromString(open.getSandboxId());
    if (open.hasStart() == !open.getAttach().isEmpty()) {
      throw Refusal.invalidField("open: either start or attach.", "open");
    }
    OpenProcess opened =
        open.hasStart()
            ? processes.start(sandbox, plan(open.getStart()), open.getStart().getTag())
            : processes.get(sandbox, open.getAttach());
    process = opened;
    tail =
        ProcessTail.begin(
            processes.tails(),
            opened,
            open.getPosition(),
            event -> TerminalResponse.newBuilder().setEvent(event).build(),
            out);
  }

  private static ExecPlan plan(TerminalStart start) {
    return new ExecPlan(
        start.getCommandList(),
        start.getEnvMap(),
        start.getWorkingDirectory(),
        0,
        start.hasSize() ? ProcessGrpcService.size(start.getSize()) : null);
  }

  private void leave() {
    ProcessTail<TerminalResponse> open = tail;
    if (open != null) {
      open.leave();
    }
  }

  /** The caller has gone; the process runs on. */
  @Override
  public void onError(Throwable gone) {
    over = true;
    leave();
  }

  /** The caller sends nothing more, and hears what comes all the same. */
  @Override
  public void onCompleted() {}
}

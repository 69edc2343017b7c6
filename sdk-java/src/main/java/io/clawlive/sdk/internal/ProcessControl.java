package io.clawlive.sdk.internal;

import io.clawlive.sandbox.v1.ListProcessesRequest;
import io.clawlive.sandbox.v1.ListProcessesResponse;
import io.clawlive.sandbox.v1.Process;
import io.clawlive.sandbox.v1.ProcessEvent;
import io.clawlive.sandbox.v1.ProcessExited;
import io.clawlive.sandbox.v1.ProcessServiceGrpc;
import io.clawlive.sandbox.v1.ProcessStarted;
import io.clawlive.sandbox.v1.ResizeTerminalRequest;
import io.clawlive.sandbox.v1.ResizeTerminalResponse;
import io.clawlive.sandbox.v1.SignalProcessRequest;
import io.clawlive.sandbox.v1.SignalProcessResponse;
import io.clawlive.sandbox.v1.TerminalSize;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Calls about one process, beside those that tell what it does. */
public final class ProcessControl {
  private final Transport transport;
  private final Unary unary;
  private final String sandboxId;
  private final String process;

  /** For one process, which is named by its pid. */
  public ProcessControl(
      Transport transport, Unary unary, String sandboxId, ProcessStarted started) {
    this.transport = transport;
    this.unary = unary;
    this.sandboxId = sandboxId;
    this.process = Integer.toUnsignedString(started.getPid());
  }

  /** All that the server knows of in a sandbox. */
  public static CompletableFuture<List<Process>> list(Unary unary, String sandboxId) {
    return unary
        .call(
            ProcessServiceGrpc.getListProcessesMethod(),
            ListProcessesRequest.newBuilder().setSandboxId(sandboxId).build())
        .thenApply(ListProcessesResponse::getProcessesList);
  }

  /** Sends a signal. */
  public CompletableFuture<SignalProcessResponse> signal(int number) {
    return unary.call(
        ProcessServiceGrpc.getSignalProcessMethod(),
        SignalProcessRequest.newBuilder()
            .setSandboxId(sandboxId)
            .setProcess(process)
            .setSignal(number)
            .build());
  }

  /** Tells of another size. */
  public CompletableFuture<ResizeTerminalResponse> resize(int columns, int rows) {
    return unary.call(
        ProcessServiceGrpc.getResizeTerminalMethod(),
        ResizeTerminalRequest.newBuilder()
            .setSandboxId(sandboxId)
            .setProcess(process)
            .setSize(TerminalSize.newBuilder().setColumns(columns).setRows(rows))
            .build());
  }

  /** Its input, from the first byte on or from wherever it is. */
  public ProcessInput input(boolean fromTheBeginning) {
    return new ProcessInput(transport, sandboxId, process, fromTheBeginning);
  }

  /** Another reader of what it writes. */
  public ProcessFeed feed(long position) {
    return ProcessFeed.attach(transport, sandboxId, process, position);
  }

  /** How it ends, without what it writes until then; null when the time is over. */
  public @Nullable ProcessExited exit(Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    Process known =
        Unary.await(list(unary, sandboxId)).stream()
            .filter(each -> Integer.toUnsignedString(each.getPid()).equals(process))
            .reduce(Process.getDefaultInstance(), (earlier, later) -> later);
    if (known.hasExited()) {
      return known.getExited();
    }
    try (ProcessFeed rest = feed(known.getPosition())) {
      return exit(rest, Duration.ofNanos(end - System.nanoTime()));
    }
  }

  /** How it ends, passing over what this reader has not read; null when the time is over. */
  public static @Nullable ProcessExited exit(ProcessFeed feed, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    ProcessEvent event = feed.next(timeout);
    while (event != null && !event.hasExited()) {
      event = feed.next(Duration.ofNanos(end - System.nanoTime()));
    }
    return feed.exited();
  }
}

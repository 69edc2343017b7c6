package io.clawlive.sdk;

import io.clawlive.sandbox.v1.DeleteSandboxRequest;
import io.clawlive.sandbox.v1.DeleteSandboxResponse;
import io.clawlive.sandbox.v1.GetSandboxRequest;
import io.clawlive.sandbox.v1.GetSandboxResponse;
import io.clawlive.sandbox.v1.SandboxServiceGrpc;
import io.clawlive.sandbox.v1.SandboxStats;
import io.clawlive.sandbox.v1.Snapshot;
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
import io.clawlive.sdk.internal.Feed;
import io.clawlive.sdk.internal.ProcessControl;
import io.clawlive.sdk.internal.Reports;
import io.clawlive.sdk.internal.SandboxWait;
import io.clawlive.sdk.internal.Transport;
import io.clawlive.sdk.internal.Unary;
import io.clawlive.sdk.internal.WatchSource;
import io.clawlive.streams.v1.SandboxState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One sandbox. Calls take a wish and answer at once; {@link #awaitRunning} and {@link #watch} tell
 * what becomes of it. May be used from many threads.
 *
 * <p>{@link #close} deletes the sandbox with its files when this client made it by {@link
 * Sandboxes#create}, unless {@link #keep} was called. A sandbox that was got, listed or ensured
 * belongs to somebody already, and closing leaves it alone.
 */
public final class Sandbox implements AutoCloseable {
  private final Transport transport;
  private final Unary unary;
  private volatile io.clawlive.sandbox.v1.Sandbox info;
  private volatile boolean deletedWhenClosed;

  Sandbox(
      Transport transport,
      Unary unary,
      io.clawlive.sandbox.v1.Sandbox info,
      boolean deletedWhenClosed) {
    this.transport = transport;
    this.unary = unary;
    this.info = info;
    this.deletedWhenClosed = deletedWhenClosed;
  }

  /** Its id, which is also the id of its stream. UUID. */
  public String id() {
    return info.getSandboxId();
  }

  /** Its name, unique among those of its owner. */
  public String name() {
    return info.getName();
  }

  /** All about it, as the last answer to this object told; no call is made. */
  public io.clawlive.sandbox.v1.Sandbox info() {
    return info;
  }

  /** Asks the server how it is now. */
  public io.clawlive.sandbox.v1.Sandbox read() {
    return Unary.await(readAsync());
  }

  /** As {@link #read}. */
  public CompletableFuture<io.clawlive.sandbox.v1.Sandbox> readAsync() {
    return unary
        .call(
            SandboxServiceGrpc.getGetSandboxMethod(),
            GetSandboxRequest.newBuilder().setSandboxId(id()).build())
        .thenApply(GetSandboxResponse::getSandbox)
        .thenApply(now -> told(now).info());
  }

  /** Asks the server what it does now; {@link #info} tells more of the same moment. */
  public SandboxState state() {
    return read().getState();
  }

  /** From now on closing this object leaves the sandbox there. */
  public Sandbox keep() {
    deletedWhenClosed = false;
    return this;
  }

  /**
   * Waits until it runs.
   *
   * @param timeout longest wait
   * @throws FailedPreconditionException with reason SANDBOX_NOT_RUNNING when it failed, stopped or
   *     was deleted instead; the message says why, the metadata hold state, reason and exit_code
   * @throws UnavailableException with reason TIMEOUT when the time is over before
   */
  public Sandbox awaitRunning(Duration timeout) {
    try (SandboxWatch<io.clawlive.sandbox.v1.Sandbox> watch = watch()) {
      return told(SandboxWait.running(id(), timeout, watch::poll));
    }
  }

  /** Starts it. One that runs or is about to is left as it is. */
  public Sandbox start() {
    return Unary.await(startAsync());
  }

  /** As {@link #start}. */
  public CompletableFuture<Sandbox> startAsync() {
    return unary
        .call(
            SandboxServiceGrpc.getStartSandboxMethod(),
            StartSandboxRequest.newBuilder().setSandboxId(id()).build())
        .thenApply(StartSandboxResponse::getSandbox)
        .thenApply(this::told);
  }

  /** Stops it, after its stop hook; its files stay. One that is stopped is left as it is. */
  public Sandbox stop() {
    return Unary.await(stopAsync());
  }

  /** As {@link #stop}. */
  public CompletableFuture<Sandbox> stopAsync() {
    return unary
        .call(
            SandboxServiceGrpc.getStopSandboxMethod(),
            StopSandboxRequest.newBuilder().setSandboxId(id()).build())
        .thenApply(StopSandboxResponse::getSandbox)
        .thenApply(this::told);
  }

  /**
   * Changes what the request sets, limits at once, also while it runs. The request's sandbox_id is
   * set by this object.
   */
  public Sandbox update(UpdateSandboxRequest changes) {
    return Unary.await(updateAsync(changes));
  }

  /** As {@link #update}. */
  public CompletableFuture<Sandbox> updateAsync(UpdateSandboxRequest changes) {
    return unary
        .call(
            SandboxServiceGrpc.getUpdateSandboxMethod(),
            changes.toBuilder().setSandboxId(id()).build())
        .thenApply(UpdateSandboxResponse::getSandbox)
        .thenApply(this::told);
  }

  /**
   * Lets it live so long from now.
   *
   * @param lease 10 s to 30 days
   */
  public Sandbox extend(Duration lease) {
    return Unary.await(extendAsync(lease));
  }

  /** As {@link #extend}. */
  public CompletableFuture<Sandbox> extendAsync(Duration lease) {
    return updateAsync(UpdateSandboxRequest.newBuilder().setLease(duration(lease)).build());
  }

  /** Removes it and its files, running or not. Repeating it does no harm. */
  public void delete() {
    DeleteSandboxResponse unused = Unary.await(deleteAsync());
  }

  /** As {@link #delete}. */
  public CompletableFuture<DeleteSandboxResponse> deleteAsync() {
    return unary.call(
        SandboxServiceGrpc.getDeleteSandboxMethod(),
        DeleteSandboxRequest.newBuilder().setSandboxId(id()).build());
  }

  /** How it is now and after every change, until it is deleted; close it when enough was seen. */
  public SandboxWatch<io.clawlive.sandbox.v1.Sandbox> watch() {
    return new SandboxWatch<>(
        new Reports<>(
            transport,
            SandboxServiceGrpc.getWatchSandboxMethod(),
            WatchSandboxRequest.newBuilder().setSandboxId(id()).build(),
            (before, after) ->
                after.getSandbox().getRevision() > before.getSandbox().getRevision()),
        WatchSandboxResponse::getSandbox);
  }

  /** Tells how it is now and after every change; returns when it is deleted. */
  public void watch(Consumer<io.clawlive.sandbox.v1.Sandbox> consumer) {
    try (SandboxWatch<io.clawlive.sandbox.v1.Sandbox> watch = watch()) {
      for (io.clawlive.sandbox.v1.Sandbox now : watch) {
        consumer.accept(told(now).info());
      }
    }
  }

  /** How much it uses, at once and then every second, until it stops. */
  public SandboxWatch<SandboxStats> stats() {
    return stats(Duration.ofSeconds(1));
  }

  /**
   * How much it uses, at once and then every interval, until it stops.
   *
   * @param interval 200 ms to 60 s
   */
  public SandboxWatch<SandboxStats> stats(Duration interval) {
    return new SandboxWatch<>(
        new Reports<>(
            transport,
            SandboxServiceGrpc.getWatchSandboxStatsMethod(),
            WatchSandboxStatsRequest.newBuilder()
                .setSandboxId(id())
                .setInterval(duration(interval))
                .build(),
            (before, after) -> true),
        WatchSandboxStatsResponse::getStats);
  }

  /** What it wrote and how it changed, from the beginning on, until it is deleted. */
  public EventStream output() {
    return output(WatchOptions.fromStart());
  }

  /**
   * What it writes and how it changes: lines are {@link EventPayload.LogLine} with the module
   * {@code stdout} or {@code stderr}, changes {@link EventPayload.Sandboxed}.
   */
  public EventStream output(WatchOptions options) {
    return new EventStream(new Feed<>(transport, WatchSource.ofSandbox(id(), options), options));
  }

  /**
   * Starts a program in it and returns when that has begun.
   *
   * @param command program and arguments; no shell is between
   * @throws FailedPreconditionException with reason PROGRAM_NOT_USABLE, SANDBOX_STATE_REFUSED when
   *     it does not run, TOO_MANY_PROCESSES above 64 at one time, or SANDBOX_ELSEWHERE when another
   *     server runs it
   */
  public SandboxProcess start(String... command) {
    return start(ProcessOptions.of(command));
  }

  /**
   * As {@link #start(String...)}.
   *
   * @throws AlreadyExistsException with reason PROCESS_TAG_TAKEN
   * @throws InvalidRequestException when the options break a bound
   */
  public SandboxProcess start(ProcessOptions options) {
    return SandboxProcess.start(transport, unary, id(), options);
  }

  /**
   * Runs a program to its end, without an input, and collects what it writes: the first 16 MiB, the
   * rest is passed over.
   */
  public ProcessResult run(String... command) {
    return run(ProcessOptions.of(command));
  }

  /** As {@link #run(String...)}. */
  public ProcessResult run(ProcessOptions options) {
    try (SandboxProcess process = start(options.withoutInput())) {
      return ProcessResult.of(process);
    }
  }

  /**
   * Comes back to a program that was started in it.
   *
   * @param pidOrTag its number, in digits, or its tag, which means the newest of that tag
   * @param position bytes of its output that are not wanted any more, as {@link
   *     SandboxProcess#position} said; 0 means from the beginning
   * @throws NotFoundException with reason PROCESS_NOT_FOUND when there is none, or it ended more
   *     than ten minutes ago
   * @throws InvalidRequestException when it has not written so much, or with reason OUTPUT_GONE
   *     when the output from there on is no longer kept; the metadata name first_position
   */
  public SandboxProcess attach(String pidOrTag, long position) {
    return SandboxProcess.attach(transport, unary, id(), pidOrTag, position);
  }

  /** The programs that were started in it and are known, the oldest first. */
  public List<io.clawlive.sandbox.v1.Process> processes() {
    return Unary.await(processesAsync());
  }

  /** As {@link #processes}. */
  public CompletableFuture<List<io.clawlive.sandbox.v1.Process>> processesAsync() {
    return ProcessControl.list(unary, id());
  }

  /**
   * Starts a program with a terminal.
   *
   * @param columns 1 to 1,000
   * @param rows 1 to 1,000
   * @param command program and arguments
   */
  public Terminal terminal(int columns, int rows, String... command) {
    return terminal(ProcessOptions.of(command).withTerminal(columns, rows));
  }

  /** As {@link #terminal(int, int, String...)}; the options name the terminal's size. */
  public Terminal terminal(ProcessOptions options) {
    return Terminal.start(transport, unary, id(), options);
  }

  /** Comes back to a program with a terminal; the parameters are those of {@link #attach}. */
  public Terminal attachTerminal(String pidOrTag, long position) {
    return Terminal.attach(transport, unary, id(), pidOrTag, position);
  }

  /** Its files. */
  public SandboxFiles files() {
    return new SandboxFiles(transport, unary, id());
  }

  /**
   * Begins a snapshot of its files, running or stopped; answers at once, and {@link
   * Snapshots#awaitReady} waits.
   *
   * @param name at most 128 characters, need not be unique; may be empty
   * @throws FailedPreconditionException with reason TOO_MANY_SNAPSHOTS or SANDBOX_STATE_REFUSED
   */
  public Snapshot snapshot(String name) {
    return Unary.await(snapshotAsync(name));
  }

  /** As {@link #snapshot}. */
  public CompletableFuture<Snapshot> snapshotAsync(String name) {
    return Snapshots.create(unary, id(), name);
  }

  /** Deletes it where this client made it and {@link #keep} was not called; else does nothing. */
  @Override
  public void close() {
    if (deletedWhenClosed) {
      deletedWhenClosed = false;
      try {
        delete();
      } catch (NotFoundException gone) {
        return; // Somebody else deleted it.
      }
    }
  }

  /** Names it, and nothing of its environment. */
  @Override
  public String toString() {
    return "Sandbox[" + id() + " " + name() + "]";
  }

  /** Remembers the newest of what was told. */
  private synchronized Sandbox told(io.clawlive.sandbox.v1.Sandbox now) {
    if (now.getRevision() >= info.getRevision()) {
      info = now;
    }
    return this;
  }

  private static com.google.protobuf.Duration duration(Duration value) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(value.getSeconds())
        .setNanos(value.getNano())
        .build();
  }
}

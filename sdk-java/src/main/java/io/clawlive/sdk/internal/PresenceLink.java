package io.clawlive.sdk.internal;

import io.clawlive.rooms.v1.HeartbeatRequest;
import io.clawlive.rooms.v1.HeartbeatResponse;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.streams.v1.Presence;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps a device's reports going: each answer plans the next one. */
public final class PresenceLink {
  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final Duration SHORTEST = Duration.ofMillis(200);

  private final Function<HeartbeatRequest, CompletableFuture<HeartbeatResponse>> call;
  private final String roomId;
  private final String deviceId;
  private final Backoff backoff = new Backoff();
  private Presence presence = Presence.PRESENCE_ACTIVE;
  private boolean closed;
  private @Nullable Future<?> next;
  private @Nullable ClawLiveException failure;

  /** Of this device in this room; {@link #report} begins. */
  public PresenceLink(
      Function<HeartbeatRequest, CompletableFuture<HeartbeatResponse>> call,
      String roomId,
      String deviceId) {
    this.call = call;
    this.roomId = roomId;
    this.deviceId = deviceId;
  }

  /** Name of the device. */
  public String deviceId() {
    return deviceId;
  }

  /** Why reporting has ended. */
  public synchronized Optional<ClawLiveException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Reports this from now on, beginning at once. */
  public synchronized void say(Presence value) {
    presence = value;
    report();
  }

  /** Reports now; the answer says when to report again. */
  public synchronized void report() {
    if (closed || failure != null) {
      return;
    }
    cancelNext();
    call.apply(request(presence)).whenComplete(this::answered);
  }

  private synchronized void answered(
      @Nullable HeartbeatResponse answer, @Nullable Throwable problem) {
    if (closed || failure != null) {
      return;
    }
    Duration wait;
    if (answer != null) {
      backoff.reset();
      wait = Times.duration(answer.getNextReport());
    } else if (known(problem) instanceof ClawLiveException refused && !refused.retryable()) {
      failure = refused;
      return;
    } else {
      wait = backoff.next(true);
    }
    cancelNext();
    next = Timer.after(wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait, this::report);
  }

  private static @Nullable Throwable known(@Nullable Throwable problem) {
    return problem instanceof CompletionException wrapped ? wrapped.getCause() : problem;
  }

  private void cancelNext() {
    Future<?> planned = next;
    if (planned != null) {
      planned.cancel(false);
    }
  }

  private HeartbeatRequest request(Presence said) {
    return HeartbeatRequest.newBuilder()
        .setRoomId(roomId)
        .setDeviceId(deviceId)
        .setPresence(said)
        .build();
  }

  /** Says goodbye. */
  public void close() {
    CompletableFuture<HeartbeatResponse> goodbye;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      cancelNext();
      if (failure != null) {
        return;
      }
      goodbye = call.apply(request(Presence.PRESENCE_OFFLINE));
    }
    try {
      HeartbeatResponse unused = goodbye.get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException late) {
      goodbye.cancel(true); // The lease ends by itself.
    }
  }
}

package io.clawlive.server.rooms.channel;

import io.clawlive.rooms.v1.ConnectRequest;
import io.clawlive.rooms.v1.ConnectResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The call under a channel. So many requests may wait for their answer or for the agent to read it;
 * the next is asked for when one of them is answered, so an agent that only sends waits in its own
 * memory.
 */
final class ChannelCall implements StreamObserver<ConnectRequest> {
  private static final int MOST_UNANSWERED = 64;

  private final ServerCallStreamObserver<byte[]> out;
  private final AgentChannel channel;
  private final Deque<byte[]> answers = new ArrayDeque<>();
  private int unanswered;
  private boolean asked = true;
  private boolean finishing;
  private volatile boolean over;

  ChannelCall(
      ServerCallStreamObserver<byte[]> out, Function<ChannelCall, AgentChannel> newChannel) {
    this.out = out;
    out.disableAutoRequest();
    this.channel = newChannel.apply(this);
    out.setOnReadyHandler(this::ready);
    out.setOnCancelHandler(this::gone);
    // A refusal is answered above this class, which hears of it only as the end of the call.
    out.setOnCloseHandler(this::gone);
    out.request(1);
  }

  AgentChannel channel() {
    return channel;
  }

  @Override
  public void onNext(ConnectRequest request) {
    synchronized (this) {
      asked = false;
      if (over || finishing) {
        return;
      }
    }
    try {
      channel.take(request);
    } catch (RuntimeException e) {
      fail(e);
    }
    synchronized (this) {
      askForMore();
    }
  }

  private void askForMore() {
    if (!asked && !over && !finishing && unanswered < MOST_UNANSWERED) {
      asked = true;
      out.request(1);
    }
  }

  /** A request waits for its answer. */
  synchronized void taken() {
    unanswered++;
  }

  /** A request is answered; null where there is nothing to say. */
  void answered(@Nullable ConnectResponse answer) {
    boolean done;
    synchronized (this) {
      if (answer == null) {
        unanswered--;
      } else {
        answers.add(answer.toByteArray());
      }
      done = sendAnswers();
    }
    if (done) {
      channel.closed();
    }
  }

  /** Sends what may be sent; true when the call ended well with it. */
  private boolean sendAnswers() {
    while (!answers.isEmpty() && !over && (finishing || out.isReady())) {
      write(answers.remove());
      unanswered--;
    }
    if (finishing && unanswered == 0 && !over) {
      over = true;
      notifyAll();
      out.onCompleted();
      return true;
    }
    askForMore();
    return false;
  }

  boolean isOver() {
    return over;
  }

  /** Whether it takes more without keeping it in memory. */
  boolean isReady() {
    return !over && out.isReady();
  }

  /** Waits until it takes more; false when it is over. */
  synchronized boolean awaitReady() {
    boolean interrupted = false;
    while (!over && !out.isReady()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !over;
  }

  private void ready() {
    boolean done;
    synchronized (this) {
      done = sendAnswers();
      notifyAll();
    }
    if (done) {
      channel.closed();
    } else {
      channel.ready();
    }
  }

  void send(ConnectResponse message) {
    send(message.toByteArray());
  }

  /** Sends an encoded answer; does nothing when the call is over. */
  synchronized void send(byte[] message) {
    if (!over) {
      write(message);
    }
  }

  private void write(byte[] message) {
    try {
      out.onNext(message);
    } catch (IllegalStateException closedAbove) {
      // Whoever checks the requests ended the call; we are told of it in a moment.
      over = true;
    }
  }

  /** Takes no more requests, answers those that are under way, and ends well. */
  void finish() {
    boolean done;
    synchronized (this) {
      finishing = true;
      done = sendAnswers();
    }
    if (done) {
      channel.closed();
    }
  }

  /** Ends with a refusal. */
  void fail(RuntimeException reason) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      notifyAll();
      out.onError(Status.UNKNOWN.withCause(reason).asRuntimeException());
    }
    channel.closed();
  }

  private void gone() {
    synchronized (this) {
      over = true;
      notifyAll();
    }
    channel.closed();
  }

  @Override
  public void onCompleted() {
    channel.sentAll();
  }

  @Override
  public void onError(Throwable t) {
    gone();
  }
}

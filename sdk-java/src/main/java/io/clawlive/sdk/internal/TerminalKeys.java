package io.clawlive.sdk.internal;

import com.google.protobuf.ByteString;
import io.clawlive.sandbox.v1.CloseInputRequest;
import io.clawlive.sandbox.v1.CloseInputResponse;
import io.clawlive.sandbox.v1.ProcessServiceGrpc;
import io.clawlive.sandbox.v1.SendInputRequest;
import io.clawlive.sandbox.v1.SendInputResponse;
import io.clawlive.sandbox.v1.TerminalInputEnd;
import io.clawlive.sandbox.v1.TerminalRequest;
import io.clawlive.sandbox.v1.TerminalResponse;
import io.clawlive.sdk.ClawLiveException;
import org.jspecify.annotations.Nullable;

/**
 * Keys for a terminal, in the order in which they are typed. They go over the terminal's call,
 * which does not say what has arrived; so the last of them are kept, and after a lost call those
 * are sent by number, of which the server leaves out what it has. Keys for a terminal that somebody
 * else began have no number: those on their way when a call is lost may be lost with it.
 */
public final class TerminalKeys {
  private static final int LARGEST = 64 << 10;

  /** More than the connection holds on its way. */
  private static final int KEPT = 2 << 20;

  private final Unary unary;
  private final String sandboxId;
  private final @Nullable KeptBytes kept;
  private @Nullable String process;
  private @Nullable ProcessCall<TerminalRequest, TerminalResponse> call;
  private boolean ready;
  private boolean ended;
  private boolean closed;

  /**
   * For one terminal.
   *
   * @param fromTheBeginning whether every key of it comes from here
   */
  public TerminalKeys(Transport transport, String sandboxId, boolean fromTheBeginning) {
    this.unary = new Unary(transport);
    this.sandboxId = sandboxId;
    this.kept = fromTheBeginning ? new KeptBytes(KEPT) : null;
  }

  /** Sends keys; waits while the terminal takes none. False when nothing takes keys any more. */
  public boolean type(ByteString keys) {
    for (int from = 0; from < keys.size(); from += LARGEST) {
      ByteString part = keys.substring(from, Math.min(keys.size(), from + LARGEST));
      if (!send(TerminalRequest.newBuilder().setInput(part).build())) {
        return false;
      }
    }
    return true;
  }

  /** Says that no keys come any more. */
  public boolean end() {
    return send(TerminalRequest.newBuilder().setEnd(TerminalInputEnd.getDefaultInstance()).build());
  }

  private boolean send(TerminalRequest request) {
    while (true) {
      ProcessCall<TerminalRequest, TerminalResponse> open = noted(request);
      if (open == null) {
        return false;
      }
      if (open.send(request)) {
        return true;
      }
      if (broke(open, request)) {
        return true;
      }
    }
  }

  /**
   * The call to send it over, once there is one; what goes over it is noted as of the same time.
   */
  private synchronized @Nullable ProcessCall<TerminalRequest, TerminalResponse> noted(
      TerminalRequest request) {
    while (!ready && !closed) {
      var unused =
          Interrupts.during(() -> {
            wait();
            return true;
          });
    }
    if (closed) {
      return null;
    }
    if (kept != null) {
      kept.add(request.getInput());
    }
    ended |= request.hasEnd();
    return call;
  }

  /** Whether the next call brings what was not taken by one that is over. */
  private synchronized boolean broke(
      ProcessCall<TerminalRequest, TerminalResponse> over, TerminalRequest request) {
    if (call == over) {
      ready = false;
    }
    return kept != null || request.hasEnd();
  }

  /** A call was opened that will take keys once it has begun. */
  synchronized void goesOver(ProcessCall<TerminalRequest, TerminalResponse> next) {
    call = next;
    ready = false;
  }

  /** The call has begun. What an earlier one may not have brought is sent before anything else. */
  synchronized void begun(String pid) {
    if (process == null) {
      process = pid;
    } else {
      repeat(process);
    }
    ready = true;
    notifyAll();
  }

  private void repeat(String named) {
    try {
      if (kept != null) {
        long at = kept.from();
        for (ByteString part : kept.parts(LARGEST)) {
          SendInputResponse unused =
              Unary.await(
                  unary.call(
                      ProcessServiceGrpc.getSendInputMethod(),
                      SendInputRequest.newBuilder()
                          .setSandboxId(sandboxId)
                          .setProcess(named)
                          .setPosition(at)
                          .setData(part)
                          .build()));
          at += part.size();
        }
        kept.forget();
      }
      if (ended) {
        CloseInputResponse unused =
            Unary.await(
                unary.call(
                    ProcessServiceGrpc.getCloseInputMethod(),
                    CloseInputRequest.newBuilder()
                        .setSandboxId(sandboxId)
                        .setProcess(named)
                        .build()));
      }
    } catch (ClawLiveException lost) {
      // The call that was just opened tells what is wrong, or breaks too and all is tried again.
      return;
    }
  }

  /** Nothing is taken any more. */
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}

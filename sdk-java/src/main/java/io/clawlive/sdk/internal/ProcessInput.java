package io.clawlive.sdk.internal;

import com.google.protobuf.ByteString;
import io.clawlive.sandbox.v1.CloseInputRequest;
import io.clawlive.sandbox.v1.CloseInputResponse;
import io.clawlive.sandbox.v1.ProcessServiceGrpc;
import io.clawlive.sandbox.v1.SendInputRequest;
import io.clawlive.sandbox.v1.SendInputResponse;
import io.clawlive.sdk.UnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;

/**
 * The standard input of a process. Every piece is numbered by the bytes before it, so that it is
 * sent again after a lost call and written once; only the first piece for a process that somebody
 * else began has no number, and is sent a single time.
 */
public final class ProcessInput extends OutputStream {
  private static final int LARGEST = 256 << 10;
  private static final int UNKNOWN = -1;

  private final Transport transport;
  private final Unary unary;
  private final String sandboxId;
  private final String process;
  private final Backoff backoff = new Backoff();
  private long position;
  private boolean closed;

  /**
   * For one process.
   *
   * @param fromTheBeginning whether all its input comes from here
   */
  public ProcessInput(
      Transport transport, String sandboxId, String process, boolean fromTheBeginning) {
    this.transport = transport;
    this.unary = new Unary(transport);
    this.sandboxId = sandboxId;
    this.process = process;
    this.position = fromTheBeginning ? 0 : UNKNOWN;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (closed) {
      throw new IOException("the input was closed");
    }
    for (int at = 0; at < length; at += LARGEST) {
      send(ByteString.copyFrom(bytes, offset + at, Math.min(LARGEST, length - at)));
    }
  }

  private void send(ByteString part) throws IOException {
    SendInputRequest.Builder request =
        SendInputRequest.newBuilder().setSandboxId(sandboxId).setProcess(process).setData(part);
    if (position == UNKNOWN) {
      position =
          Unary.await(unary.once(ProcessServiceGrpc.getSendInputMethod(), request.build()))
              .getPosition();
      return;
    }
    SendInputResponse answer = await(request.setPosition(position).build());
    if (answer.getPosition() < position + part.size()) {
      throw new IOException("the process " + process + " takes no more input");
    }
    position += part.size();
  }

  /** A process that does not read makes the call wait beyond its time; then it is made again. */
  private SendInputResponse await(SendInputRequest request) {
    while (true) {
      try {
        SendInputResponse answer =
            Unary.await(unary.call(ProcessServiceGrpc.getSendInputMethod(), request));
        backoff.reset();
        return answer;
      } catch (UnavailableException late) {
        if (!late.retryable() || transport.isClosed()) {
          throw late;
        }
        Duration pause = late.retryAfter().orElseGet(() -> backoff.next(true));
        Interrupts.pause(pause);
      }
    }
  }

  /** Tells the process that nothing more comes. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      CloseInputResponse unused =
          Unary.await(
              unary.call(
                  ProcessServiceGrpc.getCloseInputMethod(),
                  CloseInputRequest.newBuilder()
                      .setSandboxId(sandboxId)
                      .setProcess(process)
                      .build()));
    }
  }
}

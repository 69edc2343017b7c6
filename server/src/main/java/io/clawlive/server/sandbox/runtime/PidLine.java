package io.clawlive.server.sandbox.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes the first line off the output of {@link ExecScript}: the number of the program. */
public final class PidLine {
  private static final int LONGEST = 256;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> pid = new CompletableFuture<>();

  /** What of the bytes is the program's own output. */
  public byte[] rest(byte[] bytes) {
    if (pid.isDone()) {
      return bytes;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n' || line.size() >= LONGEST) {
        decide();
        return Arrays.copyOfRange(bytes, i + 1, bytes.length);
      }
      line.write(bytes[i]);
    }
    return new byte[0];
  }

  /** Nothing follows. Whoever waits for the number learns what came instead. */
  public void ended() {
    if (!pid.isDone()) {
      decide();
    }
  }

  private void decide() {
    String said = line.toString(StandardCharsets.UTF_8).strip();
    if (said.matches("[0-9]{1,9}")) {
      pid.complete(Integer.parseInt(said));
    } else {
      pid.completeExceptionally(
          new RuntimeRefusal(
              RuntimeRefusal.Kind.NOT_USABLE,
              said.isEmpty() || said.equals("!")
                  ? "There is no such program in the sandbox."
                  : "The program could not be started: " + said));
    }
  }

  /**
   * The number, as soon as it is known.
   *
   * @throws RuntimeRefusal when there is no such program, or the time is over
   */
  public int await(Duration deadline) {
    try {
      return pid.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeRefusal refusal) {
        throw new RuntimeRefusal(refusal.kind(), refusal.getMessage(), e);
      }
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw new RuntimeRefusal(
          RuntimeRefusal.Kind.UNAVAILABLE, "The program did not start in time.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RuntimeRefusal(
          RuntimeRefusal.Kind.UNAVAILABLE, "The start of the program was interrupted.", e);
    }
  }
}

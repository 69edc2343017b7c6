package io.clawlive.server.sandbox.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Everything that a sandbox or a process wrote. */
final class Collected implements OutputSink, ProcessSink {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();

  @Override
  public synchronized void output(Channel channel, byte[] bytes) {
    (channel == Channel.STDOUT ? out : err).writeBytes(bytes);
    notifyAll();
  }

  @Override
  public void closed() {
    ended.complete(0);
  }

  @Override
  public void ended(int code) {
    ended.complete(code);
  }

  @Override
  public void lost(String why) {
    ended.completeExceptionally(new IllegalStateException(why));
  }

  /** Waits until nothing follows; the exit code of a process. */
  int await(int seconds) {
    return ended.orTimeout(seconds, TimeUnit.SECONDS).join();
  }

  /** Waits until its standard output holds a text. */
  synchronized void awaitText(String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!text().contains(text)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("never said " + text + " but " + text() + errors());
      }
      wait(left);
    }
  }

  synchronized byte[] bytes() {
    return out.toByteArray();
  }

  synchronized String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  synchronized String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}

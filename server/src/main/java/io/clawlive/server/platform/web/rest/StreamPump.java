package io.clawlive.server.platform.web.rest;

import com.google.protobuf.DynamicMessage;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Carries the messages of one call into the body of its answer, as fast as its reader takes them.
 */
record StreamPump(Answers answers, List<DynamicMessage> first, StreamForm form, StreamedBody body)
    implements Runnable {
  /** How long nothing may come before the reader is told that the connection lives. */
  static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

  @Override
  public void run() {
    try (answers) {
      body.write(form.begin());
      for (DynamicMessage message : first) {
        body.write(form.message(message));
      }
      while (!body.isGone()) {
        switch (answers.next(KEEP_ALIVE)) {
          case Answers.Next.Answer(DynamicMessage message) -> body.write(form.message(message));
          case Answers.Next.Quiet() -> body.write(form.quiet());
          case Answers.Next.End() -> {
            body.write(form.end());
            body.complete();
            return;
          }
        }
      }
    } catch (StatusRuntimeException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(Status.UNAVAILABLE.withDescription("The server is stopping.").asRuntimeException());
    } catch (RuntimeException e) {
      body.fail("the server failed");
      throw e;
    }
  }

  private void fail(StatusRuntimeException failure) {
    Optional<byte[]> told = form.failure(ErrorBody.of(failure));
    if (told.isEmpty()) {
      body.fail(failure.getStatus().getCode().name());
      return;
    }
    try {
      body.write(told.get());
      body.complete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      body.fail(failure.getStatus().getCode().name());
    }
  }
}

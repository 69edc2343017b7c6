package io.clawlive.server.testing;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Steps of a lasting call, with a patience that no healthy server needs. */
final class Calls {
  private static final int PATIENCE_SECONDS = 20;

  private Calls() {}

  /** The next answer; null when the call has ended well. */
  static <S> @Nullable S read(BlockingClientCall<?, S> call) {
    try {
      return call.read(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (StatusException e) {
      throw new StatusRuntimeException(e.getStatus(), e.getTrailers());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in " + PATIENCE_SECONDS + " seconds", e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Sends, unless the call is over: then its end is there to be read. */
  static <Q> void write(BlockingClientCall<Q, ?> call, Q message) {
    try {
      call.write(message, PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (StatusException over) {
      // The next read tells why.
    } catch (TimeoutException e) {
      throw new AssertionError("not taken in " + PATIENCE_SECONDS + " seconds", e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static StatusRuntimeException interrupted() {
    Thread.currentThread().interrupt();
    return Status.CANCELLED.withDescription("interrupted").asRuntimeException();
  }
}

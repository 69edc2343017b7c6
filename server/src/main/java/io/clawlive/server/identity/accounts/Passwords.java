package io.clawlive.server.identity.accounts;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.Background;
import io.clawlive.server.platform.grpc.Refusal;
import io.grpc.Context;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and checks passwords. That takes tens of milliseconds of a processor by design, so it
 * happens on a few threads of its own, the least urgent of the machine: a storm of logins waits
 * here, or is sent away, while everything else goes on.
 */
@Singleton
public final class Passwords implements AutoCloseable {
  /**
   * Who is sent away comes again at a moment of its own, so that a storm does not come in waves.
   */
  private static final Duration SOONEST = Duration.ofSeconds(1);

  private static final Duration SPREAD = Duration.ofSeconds(4);

  private final Argon2 argon2;
  private final ThreadPoolExecutor workers;
  private final String nobodys;

  Passwords(PasswordsConfiguration configuration) {
    argon2 =
        new Argon2(
            configuration.memoryKib(), configuration.iterations(), configuration.parallelism());
    int threads =
        configuration.threads() > 0
            ? configuration.threads()
            : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(configuration.queue()),
            Background.threads("password-"));
    workers.allowCoreThreadTimeOut(true);
    nobodys = argon2.ofNoPassword();
  }

  /** What comes of a check. */
  enum Check {
    WRONG,
    RIGHT,
    /** Right, and hashed with other parameters than the present ones. */
    RIGHT_BUT_OLD
  }

  /**
   * Refuses while there is no room, before anything else is done for a call.
   *
   * @throws Refusal LOGIN_BUSY
   */
  void requireRoom() {
    if (workers.getQueue().remainingCapacity() == 0) {
      throw busy();
    }
  }

  private static Refusal busy() {
    return Refusal.retryAfter(
        ErrorReason.ERROR_REASON_LOGIN_BUSY,
        "More passwords wait to be checked than this server takes at once.",
        SOONEST.plusMillis(ThreadLocalRandom.current().nextLong(SPREAD.toMillis())));
  }

  /**
   * The hash to keep of a password.
   *
   * @throws Refusal LOGIN_BUSY when too many wait already
   */
  public String hash(String password) {
    return onWorker(() -> argon2.hash(normal(password)));
  }

  /**
   * Compares a password with a hash. Takes as long where there is no hash, so that nobody learns
   * from the time which names exist.
   */
  Check check(String password, @Nullable String hash) {
    String kept = hash == null ? nobodys : hash;
    return onWorker(() -> {
      if (!Argon2.matches(normal(password), kept) || hash == null) {
        return Check.WRONG;
      }
      return argon2.made(hash) ? Check.RIGHT : Check.RIGHT_BUT_OLD;
    });
  }

  /** The same text however it was typed, after NIST SP 800-63B: NFKC. */
  private static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }

  private <T> T onWorker(Callable<T> work) {
    Context call = Context.current();
    try {
      return workers
          .submit(() -> {
            if (call.isCancelled()) {
              throw new CancellationException("the caller has gone");
            }
            return work.call();
          })
          .get();
    } catch (RejectedExecutionException full) {
      throw busy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  @Override
  @PreDestroy
  public void close() {
    workers.shutdownNow();
  }
}

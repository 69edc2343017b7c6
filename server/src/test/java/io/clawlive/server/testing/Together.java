package io.clawlive.server.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Things that happen at the same time, and things that happen soon. */
public final class Together {
  private Together() {}

  /** Runs tasks at once, each on a thread of its own, and gives their results in their order. */
  public static <T> List<T> run(List<Callable<T>> tasks) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = tasks.stream().map(threads::submit).toList();
      var results = new ArrayList<T>();
      for (Future<T> future : running) {
        results.add(result(future));
      }
      return results;
    }
  }

  /** Runs one task as often as this at once, each with its number from 0. */
  public static void run(int times, IntConsumer task) {
    run(IntStream.range(0, times).mapToObj(i -> Executors.callable(() -> task.accept(i))).toList());
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get(90, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new AssertionError(e);
      }
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("not done in 90 seconds", e);
    }
  }

  /** Waits until something holds, or fails. */
  public static void soon(String what, Duration patience, BooleanSupplier holds) {
    long until = System.nanoTime() + patience.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("not within " + patience + ": " + what);
      }
      pause(Duration.ofMillis(10));
    }
  }

  /** Lets real time pass. */
  public static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

package io.clawlive.bench.load;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Work at an even rate. Each turn is given the moment it was due, so that a late turn counts as
 * late and does not hide its wait.
 */
public final class Pace {
  private Pace() {}

  /** Runs a number of turns a second for a while. */
  public static void run(double perSecond, double seconds, LongConsumer turn) {
    long begin = System.nanoTime();
    long turns = Math.round(perSecond * seconds);
    for (long i = 0; i < turns; i++) {
      long due = begin + (long) (i / perSecond * 1e9);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      turn.accept(due);
    }
  }
}

package io.clawlive.server.sandbox.runtime;

import org.junit.jupiter.api.Assumptions;

/** Tests that need something of the machine say loudly where it is missing. */
public final class NotRun {
  private NotRun() {}

  /** Leaves the tests out, with a line that the gate repeats at its end. */
  public static void because(String tests, String why) {
    System.err.println("NOT RUN: " + tests + ": " + why);
    Assumptions.abort("NOT RUN: " + why);
  }
}

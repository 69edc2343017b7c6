package io.clawlive.server.platform.grpc;

/**
 * The order of the interceptors. gRPC wraps them one around the other in the order in which they
 * are added, so the highest number is the outermost and a call passes it first.
 */
public final class Interceptors {
  /** Measures what callers wait for. */
  public static final int METERS = 500;

  /** Turns failures into answers. */
  public static final int ERRORS = 400;

  /** Checks fields against the contract. */
  public static final int VALIDATION = 300;

  /** Finds out who calls and whether they may. */
  public static final int ACCESS = 200;

  /** Counts calls. */
  public static final int RATES = 100;

  /** Keeps the credential of a call that was let in. */
  public static final int CREDENTIAL = 90;

  /** Stops guessing. */
  public static final int LOCKOUT = 75;

  /** Names the change that the audit log keeps. */
  public static final int AUDIT = 50;

  private Interceptors() {}
}

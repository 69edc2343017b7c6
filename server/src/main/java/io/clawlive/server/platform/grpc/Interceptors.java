package io.clawlive.server.platform.grpc;

/** The order in which a call passes the interceptors; the lowest is the outermost. */
public final class Interceptors {
  /** Turns failures into answers. */
  public static final int ERRORS = 100;

  /** Checks fields against the contract. */
  public static final int VALIDATION = 200;

  /** Finds out who calls and whether they may. */
  public static final int ACCESS = 300;

  /** Counts calls. */
  public static final int RATES = 400;

  private Interceptors() {}
}

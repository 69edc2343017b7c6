package io.clawlive.server.identity;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;

/** The refusals that every kind of credential answers with, in the same words. */
public final class Credentials {
  private Credentials() {}

  /** The credential is malformed, unknown, forged or of another server; which is not said. */
  public static Refusal invalid() {
    return Refusal.of(
        ErrorReason.ERROR_REASON_CREDENTIAL_INVALID,
        "The credential is not valid on this server: it is mistyped, or of another server.");
  }

  /** The credential was good and its time is over. */
  public static Refusal expired() {
    return Refusal.of(ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED, "The credential has expired.");
  }

  /** The credential was good and was taken back. */
  public static Refusal revoked() {
    return Refusal.of(
        ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, "The credential was taken back.");
  }
}

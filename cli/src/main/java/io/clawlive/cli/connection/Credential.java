package io.clawlive.cli.connection;

/**
 * A credential and where it was found. Never printed.
 *
 * @param token the secret; empty for a spectator
 * @param source where it comes from, for people
 */
public record Credential(String token, String source) {
  /** Nobody: may look and not touch. */
  public static final Credential NONE = new Credential("", "none");

  /** Whether there is a secret at all. */
  public boolean present() {
    return !token.isEmpty();
  }

  @Override
  public String toString() {
    return "Credential[from " + source + "]";
  }
}

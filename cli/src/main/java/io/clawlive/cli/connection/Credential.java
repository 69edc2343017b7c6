package io.clawlive.cli.connection;

import io.clawlive.sdk.TokenSource;

/**
 * A credential and where it was found. Never printed.
 *
 * @param tokens gives the secret, which of a login changes with time
 * @param present whether there is a secret at all; without one the caller is a spectator
 * @param source where it comes from, for people
 */
public record Credential(TokenSource tokens, boolean present, String source) {
  /** Nobody: may look and not touch. */
  public static final Credential NONE = new Credential("", "none");

  /** A secret that stays the same. */
  public Credential(String token, String source) {
    this(TokenSource.fixed(token), !token.isBlank(), source);
  }

  @Override
  public String toString() {
    return "Credential[from " + source + "]";
  }
}

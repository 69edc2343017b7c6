package io.clawlive.sdk.internal;

import io.clawlive.sdk.TokenSource;

/**
 * A token that never changes. Its text does not show it.
 *
 * @param token empty for a spectator
 */
public record FixedToken(String token) implements TokenSource {
  @Override
  public String toString() {
    return token.isEmpty() ? "none" : "set";
  }
}

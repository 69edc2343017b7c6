package io.clawlive.sdk;

import io.clawlive.sdk.internal.FixedToken;

/**
 * Where a client's credential comes from. It is asked before every call and every reconnect, so a
 * login whose tokens change goes on working in an open client. It is asked from many threads at
 * once and may take its time: nothing but the call itself waits for it.
 *
 * <p>A source that has no token any more throws the {@link ClawLiveException} that its callers
 * shall see; anything else that it throws reaches them as an {@link UnauthenticatedException} with
 * reason {@code TOKEN_SOURCE_FAILED} and the cause.
 */
@FunctionalInterface
public interface TokenSource {
  /** The token to call with: an API key or an access token. Empty means as a spectator. */
  String token();

  /**
   * A token in place of one that the server has just refused with CREDENTIAL_EXPIRED: its time was
   * over, or the key that signed it was taken away. The call is made once more when this gives
   * another token; the same one, which is the default of a fixed token, means that there is none.
   *
   * @param refused the token that was refused
   */
  default String replacement(String refused) {
    return token();
  }

  /** A token that never changes; empty means as a spectator. */
  static TokenSource fixed(String token) {
    return new FixedToken(token.strip());
  }
}

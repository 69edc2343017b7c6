package io.clawlive.cli.home;

import io.clawlive.identity.v1.Tokens;
import java.time.Duration;
import java.time.Instant;

/**
 * What a login gave. Never printed.
 *
 * @param account name of the account signed in
 * @param accessToken goes with every call
 * @param expiresAt when that stops working, by this machine's clock
 * @param renewAt when to get the next one: 60 s before, or halfway where it lives shortly
 * @param refreshToken gives the next tokens, once
 * @param refreshExpiresAt when the login ends unless it is used before
 */
public record Login(
    String account,
    String accessToken,
    Instant expiresAt,
    Instant renewAt,
    String refreshToken,
    Instant refreshExpiresAt) {
  private static final Duration EARLY = Duration.ofSeconds(60);

  /**
   * Tokens that came just now. The server says how long they live, so its clock does not matter.
   */
  public static Login of(Tokens tokens, Instant now) {
    Duration life = Duration.ofSeconds(tokens.getExpiresIn());
    Duration early = EARLY.multipliedBy(2).compareTo(life) <= 0 ? EARLY : life.dividedBy(2);
    return new Login(
        tokens.getAccountName(),
        tokens.getAccessToken(),
        now.plus(life),
        now.plus(life).minus(early),
        tokens.getRefreshToken(),
        Instant.ofEpochSecond(tokens.getRefreshExpiresAt().getSeconds()));
  }

  @Override
  public String toString() {
    return "Login[" + account + "]";
  }
}

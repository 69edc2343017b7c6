package io.clawlive.sdk;

import io.clawlive.identity.v1.Tokens;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A login that stays signed in: gives its access token, and gets the next one shortly before that
 * stops working. For one process; two that share a login must agree on who refreshes, because a
 * refresh token works once.
 */
public final class RefreshingTokens implements TokenSource {
  private static final Duration EARLY = Duration.ofSeconds(60);

  private final UnaryOperator<Tokens> refresh;
  private final Consumer<Tokens> keep;
  private Tokens tokens;
  private long staleAt;

  private RefreshingTokens(Tokens tokens, UnaryOperator<Tokens> refresh, Consumer<Tokens> keep) {
    this.tokens = tokens;
    this.refresh = refresh;
    this.keep = keep;
    this.staleAt = staleAt(tokens);
  }

  /**
   * Stays signed in with these tokens.
   *
   * @param options how to reach the server; their credential is not used
   * @param keep is given each new pair of tokens before the first call with it, to be stored
   */
  public static RefreshingTokens of(ClawLiveOptions options, Tokens tokens, Consumer<Tokens> keep) {
    ClawLiveOptions anonymous = options.withToken("");
    return new RefreshingTokens(
        tokens,
        old -> {
          try (ClawLive client = ClawLive.connect(anonymous)) {
            return client.identity().refresh(old.getRefreshToken());
          }
        },
        keep);
  }

  /**
   * The access token, after a refresh where that is due.
   *
   * @throws CredentialEndedException when the login is over
   */
  @Override
  public synchronized String token() {
    return System.nanoTime() - staleAt >= 0 ? refreshed() : tokens.getAccessToken();
  }

  @Override
  public synchronized String replacement(String refused) {
    return refused.equals(tokens.getAccessToken()) ? refreshed() : tokens.getAccessToken();
  }

  private String refreshed() {
    tokens = refresh.apply(tokens);
    staleAt = staleAt(tokens);
    keep.accept(tokens);
    return tokens.getAccessToken();
  }

  /** A token that lives for less than two such spans is used for half its life. */
  private static long staleAt(Tokens tokens) {
    Duration life = Duration.ofSeconds(tokens.getExpiresIn());
    Duration early = EARLY.multipliedBy(2).compareTo(life) <= 0 ? EARLY : life.dividedBy(2);
    return System.nanoTime() + life.minus(early).toNanos();
  }

  /** Without any token. */
  @Override
  public String toString() {
    return "RefreshingTokens[account=" + tokens.getAccountName() + "]";
  }
}

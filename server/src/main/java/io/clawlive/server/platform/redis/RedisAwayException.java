package io.clawlive.server.platform.redis;

/** Redis does not answer, or was just seen not to. */
final class RedisAwayException extends Exception {
  private static final long serialVersionUID = 1L;

  RedisAwayException() {
    super("Redis does not answer", null, false, false);
  }
}

package io.clawlive.server.platform.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.platform.NotUsableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisAddressTest {
  @Test
  void whatAUrlLeavesOutIsAsUsual() {
    assertEquals(new RedisAddress(false, "", "cache", 6379, 0), RedisAddress.of("redis://cache"));
    assertEquals(
        new RedisAddress(true, "live", "::1", 7000, 3),
        RedisAddress.of("rediss://live@[::1]:7000/3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cache",
        "cache:6379",
        "http://cache:6379",
        "redis://",
        "redis://cache:0",
        "redis://cache:66000",
        "redis://cache:6379/a",
        "redis://cache/1/2",
        "redis://cache?timeout=1s",
        "redis://ca che"
      })
  void anythingElseIsToldInOneSentence(String url) {
    var refused = assertThrows(NotUsableException.class, () -> RedisAddress.of(url));
    assertEquals(
        "--redis-url is not of the form redis://HOST:PORT/DATABASE.", refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis://:hunter2@cache", "redis://live:hunter2@cache:6379/0"})
  void aPasswordInItIsRefusedAndNotRepeated(String url) {
    String message =
        assertThrows(NotUsableException.class, () -> RedisAddress.of(url)).getMessage();
    assertTrue(message.contains("CLAWLIVE_REDIS_PASSWORD"), message);
    assertFalse(message.contains("hunter2"), message);
  }
}

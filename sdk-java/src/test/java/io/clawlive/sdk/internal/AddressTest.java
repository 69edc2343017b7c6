package io.clawlive.sdk.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9191,127.0.0.1,9191",
    "claw.example,claw.example,9090",
    "[::1]:7000,::1,7000",
    "::1,::1,9090",
    " localhost:1 ,localhost,1"
  })
  void hostAndPortAreRead(String text, String host, int port) {
    assertEquals(new Address(host, port), Address.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":9090",
        "host:",
        "host:0",
        "host:65536",
        "host:x",
        "http://host:90",
        "[::1",
        "a b:1"
      })
  void anythingElseIsRefusedWithTheExpectedForm(String text) {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> Address.parse(text));
    assertTrue(wrong.getMessage().contains("host:port"));
  }

  @Test
  void onlyThisMachineIsLoopback() {
    assertTrue(Address.parse("localhost:1").isLoopback());
    assertTrue(Address.parse("127.1.2.3:1").isLoopback());
    assertTrue(Address.parse("[::1]:1").isLoopback());
    assertFalse(Address.parse("127.evil.example:1").isLoopback());
    assertFalse(Address.parse("10.0.0.1:1").isLoopback());
  }
}

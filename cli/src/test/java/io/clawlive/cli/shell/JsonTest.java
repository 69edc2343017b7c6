package io.clawlive.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void valuesOfEveryKindAreWritten() {
    assertEquals(
        "{\"a\":1,\"b\":[true,\"x\",0.5],\"t\":\"2026-01-02T03:04:05Z\",\"o\":{\"k\":\"v\"}}",
        Json.write(
            Json.object(
                "a", 1,
                "b", List.of(true, "x", 0.5),
                "t", Instant.parse("2026-01-02T03:04:05Z"),
                "left_out", null,
                "o", Json.object("k", "v"))));
  }

  @Test
  void whateverATextHoldsTheResultIsOneValidLine() {
    assertEquals(
        "\"\\\"\\\\\\n\\r\\t\\u0000\\u001b\\u007f é 🦞 \\ud83e\"",
        Json.write("\"\\\n\r\t\u0000\u001b\u007f é 🦞 \ud83e"));
  }

  @Test
  void nothingIsNull() {
    assertEquals("null", Json.write(null));
    assertEquals("[]", Json.write(List.of()));
  }
}

package io.clawlive.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @Test
  void anObjectIsReadWithAllThatItHolds() {
    Map<String, Object> object =
        JsonReader.object(
            " {\"a\": [1, -2.5, \"x\\n\\u00e9\\\"\", true, false, null], \"b\":{}, \"c\" : 1e3} ");
    assertEquals(Arrays.asList(1L, -2.5, "x\né\"", true, false, null), object.get("a"));
    assertEquals(Map.of(), object.get("b"));
    assertEquals(1000.0, object.get("c"));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Map<String, Object> object =
        Json.object("text", "tab\t \"quoted\" \u0001 é 😀", "list", List.of(1L, List.of("x")));
    assertEquals(object, JsonReader.object(Json.write(object)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1} x",
        "{'a':1}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":tru}",
        "{\"a\":--1}"
      })
  void anythingElseIsRefusedWithThePlace(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> JsonReader.object(text));
    assertTrue(refused.getMessage().matches("not JSON at character \\d+: expected .+"));
  }

  @Test
  void deepNestingIsRefusedAndDoesNotExhaustTheStack() {
    assertThrows(
        IllegalArgumentException.class, () -> JsonReader.object("{\"a\":" + "[".repeat(100_000)));
  }
}

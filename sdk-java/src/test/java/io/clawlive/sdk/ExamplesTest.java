package io.clawlive.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide shows exactly the code that the build compiled. */
class ExamplesTest {
  private static final Path SOURCE = Path.of("src/test/java/io/clawlive/sdk/Examples.java");
  private static final Path AGENT = Path.of("src/test/java/io/clawlive/sdk/ExampleAgent.java");
  private static final Path GUIDE = Path.of("../docs/sdk.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)\\n    // example: (\\w+)\\n(.*?)\\n    // end\\n");
  private static final Pattern BLOCK =
      Pattern.compile("(?s)<!-- example: (\\w+) -->\\n```java\\n(.*?)\\n```\\n");

  @Test
  void everyCodeBlockOfTheGuideIsACompiledExampleAndTheOtherWayRound() throws IOException {
    Map<String, String> compiled = new LinkedHashMap<>();
    Matcher example = EXAMPLE.matcher(Files.readString(SOURCE) + Files.readString(AGENT));
    while (example.find()) {
      compiled.put(example.group(1), example.group(2).stripIndent());
    }
    String guide = Files.readString(GUIDE);
    Map<String, String> shown = new LinkedHashMap<>();
    Matcher block = BLOCK.matcher(guide);
    while (block.find()) {
      shown.put(block.group(1), block.group(2));
    }
    assertTrue(compiled.size() >= 10);
    assertEquals(compiled, shown);
    assertEquals(shown.size(), guide.split("```java").length - 1, "a block without its name");
  }

  @Test
  void theFirstExampleHasAtMostTenLines() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(SOURCE));
    assertTrue(example.find());
    assertTrue(example.group(2).lines().count() <= 10);
  }

  @Test
  void anAgentThatAnswersMentionsAndTakesTasksHasAtMostTwentyLines() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(AGENT));
    assertTrue(example.find());
    assertTrue(example.group(2).lines().count() <= 20);
  }
}

package io.clawlive.server.sandbox.teams;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The key for the language model. Read at each use, so a new one needs no restart. */
@Singleton
final class LlmKey {
  static final String VARIABLE = "CLAWLIVE_LLM_API_KEY";
  private static final int MOST_BYTES = 4096;

  private final LlmConfiguration configuration;

  LlmKey(LlmConfiguration configuration) {
    this.configuration = configuration;
  }

  /** The key; empty where the model needs none. */
  Optional<String> read() {
    String given = System.getenv(VARIABLE);
    if (given != null && !given.isBlank()) {
      return Optional.of(given.strip());
    }
    String file = configuration.keyFile();
    return file == null ? Optional.empty() : Optional.of(inFile(Path.of(file)));
  }

  private static String inFile(Path file) {
    try (var in = Files.newInputStream(file)) {
      String key = new String(in.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII);
      if (key.strip().chars().allMatch(c -> c > ' ' && c < 127) && !key.isBlank()) {
        return key.strip();
      }
    } catch (IOException _) {
      // Told below, without what the system says about the path.
    }
    throw Refusal.of(
        ErrorReason.ERROR_REASON_LLM_UNAVAILABLE,
        "The key for the language model cannot be read from the file that clawlive.llm.key-file"
            + " names.",
        "cause",
        "key");
  }
}

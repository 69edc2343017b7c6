package io.clawlive.cli.teams;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The words of a message, as arguments or from standard input. */
final class TeamText {
  private static final int LONGEST = 4_000;
  private static final int MOST_BYTES = 4 * LONGEST;

  private TeamText() {}

  static String of(List<String> words, Shell shell) {
    String text = (words.isEmpty() ? input(shell) : String.join(" ", words)).strip();
    if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST) {
      throw new Failure(
          ExitCode.USAGE,
          "The message has %,d characters. Expected 1 to %,d."
              .formatted(text.codePointCount(0, text.length()), LONGEST));
    }
    return text;
  }

  private static String input(Shell shell) {
    try {
      byte[] read = shell.in().readNBytes(MOST_BYTES + 1);
      if (read.length > MOST_BYTES) {
        throw new Failure(
            ExitCode.USAGE,
            "Standard input holds more than %,d bytes. Expected a message of at most %,d characters."
                .formatted(MOST_BYTES, LONGEST));
      }
      return new String(read, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, "Standard input cannot be read.", e);
    }
  }
}

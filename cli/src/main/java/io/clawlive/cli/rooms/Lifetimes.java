package io.clawlive.cli.rooms;

import com.google.protobuf.Duration;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: 90s, 30m, 12h, 7d. */
final class Lifetimes {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,7})([smhd])");

  private Lifetimes() {}

  static Duration parse(String text) {
    Matcher time = TIME.matcher(text.strip());
    if (!time.matches()) {
      throw new Failure(
          ExitCode.USAGE, "'%s' is no time. Expected such as 90s, 30m, 12h or 7d.".formatted(text));
    }
    long unit =
        switch (time.group(2)) {
          case "s" -> 1;
          case "m" -> 60;
          case "h" -> 3_600;
          default -> 86_400;
        };
    return Duration.newBuilder().setSeconds(Long.parseLong(time.group(1)) * unit).build();
  }
}

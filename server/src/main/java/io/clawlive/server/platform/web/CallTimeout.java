package io.clawlive.server.platform.web;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code grpc-timeout}, as gRPC over HTTP/2 defines it. */
public final class CallTimeout {
  /** Its name. */
  public static final String HEADER = "grpc-timeout";

  private static final Pattern FORM = Pattern.compile("([0-9]{1,8})([HMSmun])");

  private CallTimeout() {}

  /** How long a caller waits, in nanoseconds; empty when the text does not say. */
  public static OptionalLong nanos(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return OptionalLong.empty();
    }
    TimeUnit unit =
        switch (form.group(2)) {
          case "H" -> TimeUnit.HOURS;
          case "M" -> TimeUnit.MINUTES;
          case "S" -> TimeUnit.SECONDS;
          case "m" -> TimeUnit.MILLISECONDS;
          case "u" -> TimeUnit.MICROSECONDS;
          default -> TimeUnit.NANOSECONDS;
        };
    return OptionalLong.of(unit.toNanos(Long.parseLong(form.group(1))));
  }
}

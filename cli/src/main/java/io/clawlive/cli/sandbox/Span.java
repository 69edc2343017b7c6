package io.clawlive.cli.sandbox;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as people write them: 90s, 30m, 12h, 7d. */
final class Span implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,7})([smhd])");
  private static final Duration MOST = Duration.ofDays(30);

  @Override
  public Duration convert(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      long count = Long.parseLong(form.group(1));
      Duration span =
          switch (form.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          };
      if (!span.isZero() && span.compareTo(MOST) <= 0) {
        return span;
      }
    }
    throw new TypeConversionException(
        "'%s' is no time. Expected such as 90s, 30m, 12h or 7d, at most 30d.".formatted(text));
  }

  /** A lease, which the server takes from 10 seconds on. */
  static final class Lease implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      Duration lease = new Span().convert(text);
      if (lease.toSeconds() < 10) {
        throw new TypeConversionException(
            "'%s' is too short. Expected 10s to 30d.".formatted(text));
      }
      return lease;
    }
  }

  /** Time between two looks. */
  static final class Interval implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      Duration interval = new Span().convert(text);
      if (interval.toSeconds() > 60) {
        throw new TypeConversionException("'%s' is too long. Expected 1s to 60s.".formatted(text));
      }
      return interval;
    }
  }

  /** As the contract has it. */
  static com.google.protobuf.Duration proto(Duration span) {
    return com.google.protobuf.Duration.newBuilder().setSeconds(span.toSeconds()).build();
  }
}

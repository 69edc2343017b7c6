package io.clawlive.cli.keys;

import com.google.protobuf.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long a key works: 30m, 12h, 90d. */
final class Lifetime implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})([mhd])");
  private static final Map<String, Long> SECONDS = Map.of("m", 60L, "h", 3_600L, "d", 86_400L);
  private static final long MOST = 3_650;

  @Override
  public Duration convert(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      long seconds = Long.parseLong(form.group(1)) * SECONDS.get(form.group(2));
      if (seconds <= MOST * SECONDS.get("d")) {
        return Duration.newBuilder().setSeconds(seconds).build();
      }
    }
    throw new TypeConversionException(
        "'%s' is not a lifetime. Expected minutes, hours or days such as 30m, 12h or 90d, at most %dd."
            .formatted(text, MOST));
  }
}

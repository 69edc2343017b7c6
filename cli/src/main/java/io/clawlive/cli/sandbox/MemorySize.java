package io.clawlive.cli.sandbox;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Memory as people write it, 512M or 1.5G, in MiB. */
final class MemorySize implements ITypeConverter<Integer> {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)([MGmg])");
  private static final Map<String, Long> MIB = Map.of("M", 1L, "G", 1_024L);
  private static final int LEAST = 16;
  private static final int MOST = 65_536;

  @Override
  public Integer convert(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      BigDecimal mib =
          new BigDecimal(form.group(1))
              .multiply(
                  BigDecimal.valueOf(MIB.get(form.group(2).toUpperCase(java.util.Locale.ROOT))));
      int whole = mib.intValue();
      if (mib.stripTrailingZeros().scale() <= 0 && whole >= LEAST && whole <= MOST) {
        return whole;
      }
    }
    throw new TypeConversionException(
        "'%s' is no size. Expected such as 512M or 2G, 16M to 64G.".formatted(text));
  }

  /** Mebibytes as people write them. */
  static String words(long mib) {
    return mib >= 1_024 && mib % 1_024 == 0 ? mib / 1_024 + "G" : mib + "M";
  }
}

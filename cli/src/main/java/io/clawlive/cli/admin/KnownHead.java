package io.clawlive.cli.admin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Number and hash of an entry that somebody wrote down, as {@code audit verify} prints them.
 *
 * @param number from 1
 * @param hash 64 hexadecimal digits
 */
record KnownHead(long number, String hash) {
  /** Reads 42:9f86… . */
  static final class Converter implements ITypeConverter<KnownHead> {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,17}):([0-9a-f]{64})");

    @Override
    public KnownHead convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new TypeConversionException(
            "'%s' is not an entry. Expected NUMBER:HASH as 'clawlive audit verify' prints it."
                .formatted(text));
      }
      return new KnownHead(Long.parseLong(form.group(1)), form.group(2));
    }
  }

  @Override
  public String toString() {
    return number + ":" + hash;
  }
}

package io.clawlive.server.platform.postgres.embedded;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How PostgreSQL brings a whole cluster to the disk, as it does after making one and before a
 * recovery. File by file costs a wait for each of a thousand files, seconds on a busy disk. One
 * call for the whole file system costs one wait; Linux has it, and since 5.8 it reports every
 * error.
 */
final class WholeDisk {
  private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*");

  private WholeDisk() {}

  static String method() {
    return method(System.getProperty("os.name"), System.getProperty("os.version"));
  }

  static String method(String system, String release) {
    Matcher number = RELEASE.matcher(release);
    if (!system.equals("Linux") || !number.matches()) {
      return "fsync";
    }
    int major = Integer.parseInt(number.group(1));
    boolean reportsErrors = major > 5 || (major == 5 && Integer.parseInt(number.group(2)) >= 8);
    return reportsErrors ? "syncfs" : "fsync";
  }
}

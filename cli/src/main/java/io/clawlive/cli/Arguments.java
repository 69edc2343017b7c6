package io.clawlive.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Arguments as they were typed. In a locale such as "C" the JVM replaces every letter outside ASCII
 * before the program sees it; Linux still has the bytes.
 */
final class Arguments {
  private Arguments() {}

  static String[] exact(String[] decoded) {
    if (StandardCharsets.UTF_8.name().equalsIgnoreCase(System.getProperty("sun.jnu.encoding"))) {
      return decoded;
    }
    try {
      return tail(Files.readAllBytes(Path.of("/proc/self/cmdline")), decoded);
    } catch (IOException e) {
      return decoded; // Not Linux; nothing better is to be had.
    }
  }

  /** The last words of a command line whose words all end with NUL. */
  static String[] tail(byte[] commandLine, String[] decoded) {
    String[] words = new String(commandLine, StandardCharsets.UTF_8).split("\0", -1);
    int end = words.length - 1;
    return end < decoded.length ? decoded : Arrays.copyOfRange(words, end - decoded.length, end);
  }
}

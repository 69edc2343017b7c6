package io.clawlive.server.sandbox.files;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a script that failed means to a caller. */
final class Faults {
  static final int EXISTS = 70;
  static final int FOLDER_EXISTS = 71;
  static final int NO_FILE = 72;
  static final int NO_FOLDER = 73;
  static final int BEYOND = 74;
  static final int OTHER_DIGEST = 75;
  static final int MOUNTED = 76;
  static final int NOWHERE = 77;
  static final int NO_PLAIN_PART = 78;
  private static final int NO_PROGRAM = 127;

  /** How the system says that a path leads nowhere; shells have words of their own for it. */
  private static final List<String> MISSING =
      List.of("no such file or directory", "no such file", "nonexistent directory", "directory nonexistent");

  private static final List<String> FULL =
      List.of("no space left on device", "disk quota exceeded", "file too large");

  /** How the system says why it refuses, and what stands in our sentence. */
  private static final Map<String, String> REFUSED = new LinkedHashMap<>();

  static {
    REFUSED.put("permission denied", "the sandbox's user may not");
    REFUSED.put("operation not permitted", "the sandbox's user may not");
    REFUSED.put("read-only file system", "it is in a place that cannot be written");
    REFUSED.put("not a directory", "a part of the path is no folder");
    REFUSED.put("file exists", "a part of the path is no folder");
    REFUSED.put("is a directory", "it is a folder");
    REFUSED.put("directory not empty", "the folder is not empty");
    REFUSED.put("file name too long", "the path or a part of it is too long");
    REFUSED.put("too many levels of symbolic links", "links lead in a circle");
    REFUSED.put("too many symbolic links", "links lead in a circle");
    REFUSED.put("symbolic link loop", "links lead in a circle");
    REFUSED.put("device or resource busy", "it is in use");
    REFUSED.put("resource busy", "it is in use");
    REFUSED.put("text file busy", "it is a program that runs");
    REFUSED.put("too many links", "its folder holds too many");
    REFUSED.put("resource temporarily unavailable", "the sandbox runs as many processes as it may");
    REFUSED.put("cannot fork", "the sandbox runs as many processes as it may");
    REFUSED.put("can't fork", "the sandbox runs as many processes as it may");
    REFUSED.put("cannot allocate memory", "the sandbox has no memory left");
    REFUSED.put("input/output error", "the disk under it failed");
  }

  private Faults() {}

  /**
   * What is answered.
   *
   * @param target what was to be made; the path itself, but of a move
   * @param what was wanted, such as "read"
   * @param code what the script ended with, other than 0
   * @param said what it wrote to standard error
   */
  static Refusal of(FilePath path, FilePath target, String what, int code, String said) {
    return switch (code) {
      case EXISTS, FOLDER_EXISTS ->
          named(
              ErrorReason.ERROR_REASON_FILE_EXISTS,
              code == EXISTS
                  ? "There is something at '" + target + "' already."
                  : "'" + target + "' is a folder, which is never replaced.",
              target);
      case NO_FILE -> refused(path, what, "it is no file");
      case NO_FOLDER -> refused(path, what, "it is no folder");
      case MOUNTED ->
          refused(path, what, "a volume, or a file of the system's, is there or below it");
      case NO_PLAIN_PART -> refused(path, what, "something else is at " + path + ".part");
      case NOWHERE ->
          named(
              ErrorReason.ERROR_REASON_FILE_NOT_FOUND,
              "There is no folder '" + target.folder() + "' in the sandbox.",
              target.folder());
      case OTHER_DIGEST ->
          named(
              ErrorReason.ERROR_REASON_CHECKSUM_MISMATCH,
              "What arrived for '" + path + "' has another SHA-256 than was sent; it is dropped.",
              path);
      case NO_PROGRAM ->
          refused(path, what, "the sandbox lacks sh, stat, find or another of the basic programs");
      default -> of(path, what, said);
    };
  }

  private static Refusal of(FilePath path, String what, String said) {
    for (String line : said.toLowerCase(Locale.ROOT).lines().toList().reversed()) {
      if (FULL.stream().anyMatch(line::endsWith)) {
        return full(path);
      }
      if (MISSING.stream().anyMatch(line::endsWith)) {
        return missing(path);
      }
      for (Map.Entry<String, String> known : REFUSED.entrySet()) {
        if (line.endsWith(known.getKey())) {
          return refused(path, what, known.getValue());
        }
      }
    }
    return refused(path, what, "the sandbox's programs failed at it");
  }

  static Refusal missing(FilePath path) {
    return named(
        ErrorReason.ERROR_REASON_FILE_NOT_FOUND,
        "There is no '" + path + "' in the sandbox.",
        path);
  }

  static Refusal full(FilePath path) {
    return named(
        ErrorReason.ERROR_REASON_STORAGE_OF_SANDBOX_FULL,
        "There is no room left for '" + path + "'.",
        path);
  }

  static Refusal refused(FilePath path, String what, String why) {
    return named(
        ErrorReason.ERROR_REASON_FILE_REFUSED,
        "'%s' cannot be %s: %s.".formatted(path, what, why),
        path);
  }

  /** The sandbox's programs do not say what such programs say. */
  static Refusal nonsense(FilePath path, String what) {
    return refused(path, what, "the sandbox's programs answer something else than they should");
  }

  private static Refusal named(ErrorReason reason, String message, FilePath path) {
    return Refusal.of(reason, message, "path", path.text());
  }
}

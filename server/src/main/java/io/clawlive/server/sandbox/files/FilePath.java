package io.clawlive.server.sandbox.files;

import io.clawlive.server.platform.grpc.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where something is in a sandbox.
 *
 * @param text absolute, without ".", ".." and empty parts; "/" for the root
 */
record FilePath(String text) {
  private static final int MOST_BYTES = 4096;
  private static final int MOST_PART_BYTES = 255;

  /**
   * The path that a caller names.
   *
   * @param field what it is called in the request
   */
  static FilePath of(String text, String field) {
    if (!text.startsWith("/")) {
      throw wrong(field, "'" + text + "' is not absolute.");
    }
    if (text.indexOf('\0') >= 0) {
      throw wrong(field, "a path holds no zero byte.");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw wrong(field, "longer than %,d bytes.".formatted(MOST_BYTES));
    }
    List<String> parts = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      if (part.equals("..")) {
        throw wrong(field, "'" + text + "' holds \"..\".");
      }
      if (part.getBytes(StandardCharsets.UTF_8).length > MOST_PART_BYTES) {
        throw wrong(field, "a part of it is longer than %d bytes.".formatted(MOST_PART_BYTES));
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return new FilePath("/" + String.join("/", parts));
  }

  /** The same, but not the root, which can neither be moved nor written. */
  static FilePath belowRoot(String text, String field) {
    FilePath path = of(text, field);
    if (path.isRoot()) {
      throw wrong(field, "'" + text + "' is the root itself.");
    }
    return path;
  }

  private static Refusal wrong(String field, String why) {
    return Refusal.invalidField(field + ": " + why, field);
  }

  boolean isRoot() {
    return text.equals("/");
  }

  /** What is below it. */
  String child(String name) {
    return isRoot() ? text + name : text + "/" + name;
  }

  /** Whether this is somewhere below another. */
  boolean isBelow(FilePath other) {
    return text.startsWith(other.child(""));
  }

  /** The folder it is in. */
  FilePath folder() {
    int slash = text.lastIndexOf('/');
    return new FilePath(slash <= 0 ? "/" : text.substring(0, slash));
  }

  /**
   * As an argument of a script, which undoes it with {@code printf %b}: plain letters alone, so that
   * no character set on the way can change it.
   */
  String argument() {
    StringBuilder argument = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || "/._-".indexOf(c) >= 0) {
        argument.append((char) c);
      } else {
        argument.append("\\0").append("%03o".formatted(c));
      }
    }
    return argument.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}

package io.clawlive.server.platform.web.json;

import com.google.rpc.BadRequest;
import io.clawlive.server.platform.grpc.Refusal;

/** Refuses what a caller sent, naming the place and what is expected there. */
public final class Wrong {
  /** As much of what was sent as a sentence repeats. */
  private static final int QUOTED_CHARACTERS = 64;

  private Wrong() {}

  /**
   * A refusal of one place.
   *
   * @param path the place, such as {@code events[2].payload.level}; empty for the whole
   * @param expectation what is wrong or expected there, without a full stop
   */
  public static Refusal at(String path, String expectation) {
    var violation = BadRequest.FieldViolation.newBuilder().setDescription(expectation);
    if (!path.isEmpty()) {
      violation.setField(path);
    }
    return Refusal.invalid(
        (path.isEmpty() ? "" : path + ": ") + expectation + ".",
        BadRequest.newBuilder().addFieldViolations(violation).build());
  }

  /** A refusal of a value of the wrong kind. */
  public static Refusal kind(String path, String expected, Json found) {
    return at(path, "expected " + expected + ", found " + found.kind());
  }

  /** The place of a member of the place at this path. */
  static String member(String path, String name) {
    String shown = quoted(name);
    return path.isEmpty() ? shown : path + "." + shown;
  }

  /** What was sent, cut to what a sentence can hold. */
  public static String quoted(String text) {
    return text.codePointCount(0, text.length()) <= QUOTED_CHARACTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, QUOTED_CHARACTERS)) + "…";
  }
}

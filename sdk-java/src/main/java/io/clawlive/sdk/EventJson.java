package io.clawlive.sdk;

import io.clawlive.sdk.internal.JsonEvents;

/**
 * One event as one line of JSON: {@code {"session_id", "sequence", "type", "payload",
 * "occurred_at", "recorded_at"}}. The type is the contract's field name, the payload holds every
 * field under its name in the contract, enum values are lower-case words without their prefix
 * ({@code "info"}, {@code "commit"}), times are RFC 3339 in UTC.
 */
public final class EventJson {
  private EventJson() {}

  /** The line, without its end. It holds no raw control character. */
  public static String write(StreamEvent event) {
    StringBuilder out = new StringBuilder(256);
    write(event, out);
    return out.toString();
  }

  /** Appends the line to {@code out}, for writers of many. */
  public static void write(StreamEvent event, StringBuilder out) {
    JsonEvents.write(event, JsonEvents.SESSION_ID, out);
  }

  /** As {@link #write(StreamEvent)}, for an event of a room: the line begins with room_id. */
  public static String writeInRoom(StreamEvent event) {
    StringBuilder out = new StringBuilder(512);
    JsonEvents.write(event, JsonEvents.ROOM_ID, out);
    return out.toString();
  }

  /** As {@link #write(StreamEvent)}, for an event of a sandbox: the line begins with sandbox_id. */
  public static String writeInSandbox(StreamEvent event) {
    StringBuilder out = new StringBuilder(256);
    JsonEvents.write(event, JsonEvents.SANDBOX_ID, out);
    return out.toString();
  }

  /**
   * Reads a line back. Producer and actor are not in it and come out empty.
   *
   * @throws IllegalArgumentException when it is not such a line; the message names the place
   */
  public static StreamEvent read(String line) {
    return JsonEvents.read(line);
  }
}

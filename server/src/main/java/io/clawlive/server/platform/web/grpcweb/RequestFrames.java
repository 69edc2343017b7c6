package io.clawlive.server.platform.web.grpcweb;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Reads the messages out of a request body. */
final class RequestFrames {
  private static final int HEADER = 5;

  private RequestFrames() {}

  /**
   * The messages of a body.
   *
   * @throws Refusal when the body is not made of whole, uncompressed frames
   */
  static List<byte[]> messages(byte[] body, Encoding encoding) {
    var frames = ByteBuffer.wrap(encoding == Encoding.TEXT ? decoded(body) : body);
    var messages = new ArrayList<byte[]>(1);
    while (frames.hasRemaining()) {
      if (frames.remaining() < HEADER) {
        throw malformed(
            "The body ends with %d bytes of a frame's head, which has %d."
                .formatted(frames.remaining(), HEADER));
      }
      int flags = frames.get();
      int length = frames.getInt();
      if (flags != 0) {
        throw malformed(
            (flags & 1) == 1
                ? "The message is compressed; only uncompressed ones are taken."
                : "The frame has the flags 0x%02x; a request has frames of 0x00."
                    .formatted(flags & 0xff));
      }
      if (length < 0 || length > frames.remaining()) {
        throw malformed(
            "The frame says it has %s bytes; the body has %,d more."
                .formatted(Integer.toUnsignedString(length), frames.remaining()));
      }
      byte[] message = new byte[length];
      frames.get(message);
      messages.add(message);
    }
    return messages;
  }

  /**
   * Decodes base64 that may have been written in pieces, each with its own padding: padding ends a
   * piece.
   */
  private static byte[] decoded(byte[] text) {
    if (text.length % 4 != 0) {
      throw malformed(
          "The text has %,d characters; base64 comes in groups of four.".formatted(text.length));
    }
    byte[] bytes = new byte[text.length / 4 * 3];
    int length = 0;
    int from = 0;
    while (from < text.length) {
      int to = endOfPiece(text, from);
      byte[] piece;
      try {
        piece = Base64.getDecoder().decode(Arrays.copyOfRange(text, from, to));
      } catch (IllegalArgumentException e) {
        throw malformed("The text is not base64.");
      }
      System.arraycopy(piece, 0, bytes, length, piece.length);
      length += piece.length;
      from = to;
    }
    return Arrays.copyOf(bytes, length);
  }

  /** Where the group of four that has padding ends, or else the text. */
  private static int endOfPiece(byte[] text, int from) {
    for (int to = from + 4; to < text.length; to += 4) {
      if (text[to - 1] == '=') {
        return to;
      }
    }
    return text.length;
  }

  private static Refusal malformed(String message) {
    return Refusal.of(ErrorReason.ERROR_REASON_FRAME_MALFORMED, message);
  }
}

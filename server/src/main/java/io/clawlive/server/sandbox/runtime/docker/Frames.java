package io.clawlive.server.sandbox.runtime.docker;

import io.clawlive.server.sandbox.runtime.OutputSink.Channel;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/** Output as the engine sends it: without a terminal cut into frames, with one as it is. */
final class Frames {
  private static final int CHUNK = 32 << 10;
  private static final int HEAD = 8;
  private static final int STDERR = 2;

  private Frames() {}

  /** Reads to the end, and returns there. */
  static void read(InputStream in, boolean terminal, BiConsumer<Channel, byte[]> output)
      throws IOException {
    if (terminal) {
      byte[] buffer = new byte[CHUNK];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        output.accept(Channel.STDOUT, java.util.Arrays.copyOf(buffer, n));
      }
      return;
    }
    for (byte[] head = in.readNBytes(HEAD); head.length > 0; head = in.readNBytes(HEAD)) {
      if (head.length < HEAD) {
        throw new EOFException("The engine broke off.");
      }
      Channel channel = head[0] == STDERR ? Channel.STDERR : Channel.STDOUT;
      int left = ByteBuffer.wrap(head).getInt(4);
      while (left > 0) {
        byte[] bytes = in.readNBytes(Math.min(left, CHUNK));
        if (bytes.length == 0) {
          throw new EOFException("The engine broke off.");
        }
        left -= bytes.length;
        output.accept(channel, bytes);
      }
    }
  }
}

package io.clawlive.server.platform.web.grpcweb;

import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.base64.Base64;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes answers and the end of a call into a piece of a body. */
final class ResponseFrames {
  private static final int HEADER = 5;
  private static final int TRAILERS = 0x80;

  private ResponseFrames() {}

  /** The frames of these messages. */
  static ByteBuf messages(ByteBufAllocator buffers, List<byte[]> messages) {
    int size = 0;
    for (byte[] message : messages) {
      size += HEADER + message.length;
    }
    ByteBuf frames = buffers.buffer(size);
    for (byte[] message : messages) {
      frames.writeByte(0).writeInt(message.length).writeBytes(message);
    }
    return frames;
  }

  /** Adds the frame that ends a call. */
  static void end(ByteBuf frames, Status status, Metadata trailers) {
    var lines = new StringBuilder();
    Trailers.tell(
        status,
        trailers,
        (name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
    byte[] block = lines.toString().getBytes(StandardCharsets.US_ASCII);
    frames.writeByte(TRAILERS).writeInt(block.length).writeBytes(block);
  }

  /** What is sent of frames; takes them over. */
  static ByteBuf encoded(ByteBuf frames, Encoding encoding) {
    if (encoding == Encoding.BINARY) {
      return frames;
    }
    try {
      // Each piece is padded, so that what was sent can be decoded before the next one comes.
      return Base64.encode(frames, false);
    } finally {
      frames.release();
    }
  }
}

package io.clawlive.bench.peer;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The bare service: messages are bytes, and nobody looks into them. */
public final class BareMethods {
  static final String SERVICE = "clawlive.bench.Bare";

  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] message) {
          return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  /** What comes in goes out to every watcher. */
  public static final MethodDescriptor<byte[], byte[]> PUBLISH =
      method("Publish", MethodDescriptor.MethodType.CLIENT_STREAMING);

  /** Every message as it came, one by one. */
  public static final MethodDescriptor<byte[], byte[]> WATCH_EACH =
      method("WatchEach", MethodDescriptor.MethodType.SERVER_STREAMING);

  /** The messages of 10 ms put together, which for encoded messages joins their lists. */
  public static final MethodDescriptor<byte[], byte[]> WATCH_GATHERED =
      method("WatchGathered", MethodDescriptor.MethodType.SERVER_STREAMING);

  private BareMethods() {}

  private static MethodDescriptor<byte[], byte[]> method(
      String name, MethodDescriptor.MethodType type) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(BYTES)
        .setResponseMarshaller(BYTES)
        .build();
  }
}

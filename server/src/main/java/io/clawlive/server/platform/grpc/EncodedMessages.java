package io.clawlive.server.platform.grpc;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Messages that stay encoded: an RPC answers with bytes, so that one encoding serves every reader,
 * and a door carries them as they are.
 */
public final class EncodedMessages {
  private EncodedMessages() {}

  /** The method with the same name, schema and requests, whose answers are encoded messages. */
  public static <Q> MethodDescriptor<Q, byte[]> answeredBy(MethodDescriptor<Q, ?> method) {
    return method.toBuilder(method.getRequestMarshaller(), Bytes.INSTANCE).build();
  }

  /** A method by its full name, for whoever carries messages without looking into them. */
  public static MethodDescriptor<byte[], byte[]> carried(
      MethodDescriptor.MethodType type, String fullName) {
    return MethodDescriptor.newBuilder(Bytes.INSTANCE, Bytes.INSTANCE)
        .setType(type)
        .setFullMethodName(fullName)
        .build();
  }

  /** The service with the same name and schema, but these methods. */
  public static ServiceDescriptor service(
      ServiceDescriptor service, MethodDescriptor<?, ?>... methods) {
    var builder =
        ServiceDescriptor.newBuilder(service.getName())
            .setSchemaDescriptor(service.getSchemaDescriptor());
    for (MethodDescriptor<?, ?> method : methods) {
      builder.addMethod(method);
    }
    return builder.build();
  }

  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] message) {
      return new Encoded(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Encoded extends ByteArrayInputStream
      implements Drainable, KnownLength {
    Encoded(byte[] message) {
      super(message);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int length = available();
      target.write(buf, pos, length);
      pos = count;
      return length;
    }
  }
}

package io.clawlive.bench.load;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/** One connection of a crowd. Its watchers share a buffer, because they share its thread. */
final class CrowdConnection {
  private final Tally tally = new Tally();
  private byte[] buffer = new byte[64 << 10];

  /** The same method; an answer is put into the buffer, and its length is what is handed on. */
  MethodDescriptor<byte[], Integer> method(MethodDescriptor<?, ?> method) {
    return MethodDescriptor.<byte[], Integer>newBuilder()
        .setType(method.getType())
        .setFullMethodName(method.getFullMethodName())
        .setRequestMarshaller(new Request())
        .setResponseMarshaller(new Answer())
        .build();
  }

  ClientCall.Listener<Integer> member(CountDownLatch settled, CountDownLatch ended) {
    Tally.Member member = tally.member(settled);
    return new ClientCall.Listener<>() {
      @Override
      public void onMessage(Integer length) {
        member.answer(buffer, length);
      }

      @Override
      public void onClose(Status status, Metadata trailers) {
        if (status.isOk()) {
          ended.countDown();
        } else {
          tally.lost("its call ended with " + status);
        }
      }
    };
  }

  Tally tally() {
    return tally;
  }

  private static final class Request implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException("requests are only sent");
    }
  }

  private final class Answer implements MethodDescriptor.Marshaller<Integer> {
    @Override
    public InputStream stream(Integer length) {
      throw new UnsupportedOperationException("answers are only received");
    }

    @Override
    public Integer parse(InputStream stream) {
      try {
        int length = stream.available();
        if (length > buffer.length) {
          buffer = new byte[length];
        }
        return stream.readNBytes(buffer, 0, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

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
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * One connection of a crowd and the watchers on it. Everything it receives comes on one thread, the
 * connection's, so the watchers share a buffer and a recorder.
 */
final class CrowdConnection {
  static final long MAX_MICROS = 120_000_000;

  private final SingleWriterRecorder latencies = new SingleWriterRecorder(MAX_MICROS, 3);
  private final AtomicLong delivered = new AtomicLong();
  private byte[] buffer = new byte[64 << 10];
  private volatile String fault = "";
  private volatile boolean ending;

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
    return new Member(settled, ended);
  }

  long delivered() {
    return delivered.get();
  }

  void takeInto(Histogram all) {
    all.add(latencies.getIntervalHistogram());
  }

  String fault() {
    return fault;
  }

  void expectEnd() {
    ending = true;
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

  private final class Member extends ClientCall.Listener<Integer> implements WatchedEvents.Sink {
    private final CountDownLatch settled;
    private final CountDownLatch ended;
    private long last = -1;
    private long now;
    private long events;

    Member(CountDownLatch settled, CountDownLatch ended) {
      this.settled = settled;
      this.ended = ended;
    }

    @Override
    public void onMessage(Integer length) {
      now = System.nanoTime();
      events = 0;
      try {
        WatchedEvents.read(buffer, length, this);
      } catch (IOException e) {
        fault = "an answer is not readable: " + e.getMessage();
      }
      // Only this thread writes it, so no atomic addition is needed.
      delivered.lazySet(delivered.getPlain() + events);
    }

    @Override
    public void event(long sequence, long nanoTime) {
      if (last >= 0 && sequence != last + 1) {
        fault = "event " + sequence + " came after " + last;
      }
      last = sequence;
      events++;
      if (nanoTime != 0) {
        latencies.recordValue(Math.clamp((now - nanoTime) / 1_000, 0, MAX_MICROS));
      }
    }

    @Override
    public void caughtUp() {
      settled.countDown();
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (status.isOk()) {
        ended.countDown();
      } else if (!ending) {
        fault = "its call ended with " + status;
      }
    }
  }
}

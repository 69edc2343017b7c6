package io.clawlive.server.platform.web.rest;

import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.stream.BodySizeLimits;
import io.micronaut.http.body.stream.BufferConsumer;
import io.micronaut.http.netty.body.NettyByteBodyFactory;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The body of an answer that goes on. Whoever has bytes writes them and waits while the reader has
 * not taken what was written before, so that a slow reader costs one write of memory and no more.
 *
 * <p>Everything that touches the connection runs on its event loop, in the order of the calls.
 */
final class StreamedBody {
  /** Written and not yet taken by the socket's own buffer. */
  private static final int MAX_UNREAD_BYTES = 64 << 10;

  private final EventLoop loop;
  private final NettyByteBodyFactory factory;
  private final BufferConsumer reader;
  private final CloseableByteBody body;
  private final Consumer<StreamedBody> whenAsked;
  private final Runnable whenGone;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private long unread;
  private volatile boolean gone;

  /**
   * A body for the answer to a request.
   *
   * @param whenAsked given the body once it may be written to; called on the event loop
   * @param whenGone run once when the reader goes away before the end, even before it asked
   */
  StreamedBody(NettyHttpRequest<?> request, Consumer<StreamedBody> whenAsked, Runnable whenGone) {
    var channel = request.getChannelHandlerContext().channel();
    this.loop = channel.eventLoop();
    this.factory = new NettyByteBodyFactory(channel);
    this.whenAsked = whenAsked;
    this.whenGone = whenGone;
    var streaming = factory.createStreamingBody(BodySizeLimits.UNLIMITED, new Demand());
    this.reader = streaming.sharedBuffer();
    this.body = streaming.rootBody();
  }

  /** What the response is given. */
  CloseableByteBody body() {
    return body;
  }

  /** True once the reader went away; nothing that is written reaches anybody then. */
  boolean isGone() {
    return gone;
  }

  /** Writes, as soon as the reader has room. */
  void write(byte[] bytes) throws InterruptedException {
    if (bytes.length == 0) {
      return;
    }
    lock.lockInterruptibly();
    try {
      while (unread > MAX_UNREAD_BYTES && !gone) {
        change.await();
      }
      unread += bytes.length;
    } finally {
      lock.unlock();
    }
    onLoop(() -> reader.add(factory.readBufferFactory().adapt(Unpooled.wrappedBuffer(bytes))));
  }

  /** Ends the answer well. */
  void complete() {
    onLoop(reader::complete);
  }

  /** Cuts the answer off, so that its reader sees that it is not whole. */
  void fail(String why) {
    onLoop(() -> reader.error(new CutOffException(why)));
  }

  /** Ends up as one line in the log of the HTTP server. */
  private static final class CutOffException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CutOffException(String why) {
      super(why, null, false, false);
    }
  }

  private void onLoop(Runnable step) {
    loop.execute(() -> {
      if (!gone) {
        step.run();
      }
    });
  }

  private final class Demand implements BufferConsumer.Upstream {
    @Override
    public void start() {
      whenAsked.accept(StreamedBody.this);
    }

    @Override
    public void onBytesConsumed(long bytes) {
      lock.lock();
      try {
        unread -= bytes;
        change.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void allowDiscard() {
      boolean first;
      lock.lock();
      try {
        first = !gone;
        gone = true;
        change.signalAll();
      } finally {
        lock.unlock();
      }
      if (first) {
        whenGone.run();
      }
    }
  }
}

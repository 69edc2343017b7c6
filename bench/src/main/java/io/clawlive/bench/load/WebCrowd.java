package io.clawlive.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many watchers as browsers are: each on a connection of its own, over HTTP/1.1 and gRPC-Web. Two
 * threads receive for all of them, so that the machine is left to the server.
 */
public final class WebCrowd implements Audience {
  private static final int THREADS = 2;
  private static final int JOINING = 100;
  private static final int FRAME_HEAD = 5;
  private static final int TRAILERS = 0x80;

  private final URI door;
  private final List<EventLoopGroup> threads = new ArrayList<>();
  private final List<Tally> byThread = new ArrayList<>();
  private final List<byte[]> buffers = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final Tallies tallies = new Tallies(byThread);

  /** Watchers of a server's web door, such as {@code http://127.0.0.1:8080}. */
  public WebCrowd(URI door) {
    this.door = door;
    for (int i = 0; i < THREADS; i++) {
      threads.add(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()));
      byThread.add(new Tally());
      buffers.add(new byte[1 << 20]);
    }
  }

  /**
   * Adds watchers and waits until each was told that it has everything.
   *
   * @param method full name of a server stream whose answers are encoded WatchResponses
   * @param request the encoded request of each
   */
  public void join(String method, byte[] request, int count) throws InterruptedException {
    var settled = new CountDownLatch(count);
    long patience = Tallies.patience();
    for (int i = 0; i < count; i++) {
      while (i + settled.getCount() - count > JOINING && System.nanoTime() < patience) {
        LockSupport.parkNanos(1_000_000);
      }
      int thread = i % THREADS;
      Channel channel = connect(thread, settled);
      channels.add(channel);
      channel.writeAndFlush(request(method, request));
    }
    tallies.awaitSettled(settled, count);
  }

  private Channel connect(int thread, CountDownLatch settled) throws InterruptedException {
    var viewer = new Viewer(thread, settled);
    return new Bootstrap()
        .group(threads.get(thread))
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpClientCodec(), viewer);
              }
            })
        .connect(door.getHost(), door.getPort())
        .sync()
        .channel();
  }

  private DefaultFullHttpRequest request(String method, byte[] message) {
    ByteBuf body = Unpooled.buffer(FRAME_HEAD + message.length);
    body.writeByte(0).writeInt(message.length).writeBytes(message);
    var request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/" + method, body);
    request
        .headers()
        .set(HttpHeaderNames.HOST, door.getAuthority())
        .set(HttpHeaderNames.CONTENT_TYPE, "application/grpc-web+proto")
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
        .set("x-grpc-web", "1");
    return request;
  }

  @Override
  public int size() {
    return channels.size();
  }

  @Override
  public long delivered() {
    return tallies.delivered();
  }

  @Override
  public Deliveries take() {
    return tallies.take();
  }

  @Override
  public void requireWhole() {
    tallies.requireWhole();
  }

  @Override
  public void close() throws InterruptedException {
    tallies.expectEnd();
    channels.forEach(Channel::close);
    for (EventLoopGroup group : threads) {
      group.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
    }
  }

  /** One watcher: takes the frames of gRPC-Web out of its response. */
  private final class Viewer extends SimpleChannelInboundHandler<HttpObject> {
    private final int thread;
    private final Tally.Member member;
    private ByteBuf pending = Unpooled.EMPTY_BUFFER;

    Viewer(int thread, CountDownLatch settled) {
      this.thread = thread;
      this.member = byThread.get(thread).member(settled);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
      if (part instanceof HttpResponse response && response.status().code() != 200) {
        byThread.get(thread).lost("it was answered with " + response.status());
      }
      if (part instanceof HttpContent content) {
        frames(content.content());
        if (part instanceof LastHttpContent) {
          byThread.get(thread).lost("its response ended");
        }
      }
    }

    private void frames(ByteBuf arrived) {
      ByteBuf all =
          pending.isReadable() ? Unpooled.wrappedBuffer(pending, arrived.retain()) : arrived;
      while (all.readableBytes() >= FRAME_HEAD) {
        int length = all.getInt(all.readerIndex() + 1);
        if (all.readableBytes() < FRAME_HEAD + length) {
          break;
        }
        int flags = all.readByte();
        all.skipBytes(Integer.BYTES);
        if ((flags & TRAILERS) == 0) {
          byte[] buffer = buffers.get(thread);
          all.readBytes(buffer, 0, length);
          member.answer(buffer, length);
        } else {
          all.skipBytes(length);
        }
      }
      ByteBuf rest = all.isReadable() ? Unpooled.copiedBuffer(all) : Unpooled.EMPTY_BUFFER;
      if (all != arrived) {
        all.release();
      }
      pending = rest;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      byThread.get(thread).lost("its connection ended");
    }
  }
}

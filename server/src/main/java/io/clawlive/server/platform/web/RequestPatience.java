package io.clawlive.server.platform.web;

import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose request does not get on: sent a byte now and then, it would never be idle
 * and would stay for ever. It stands before the HTTP codec, where bytes are, and has a part behind
 * it, where the end of a request is seen.
 */
final class RequestPatience extends ChannelInboundHandlerAdapter {
  private static final byte[] TIMEOUT =
      "HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final Duration patience;
  private @Nullable Future<?> end;

  private RequestPatience(Duration patience) {
    this.patience = patience;
  }

  /** Takes its places in the pipeline of an HTTP/1.1 connection. */
  static void guard(Channel channel, Duration patience) {
    ChannelPipeline pipeline = channel.pipeline();
    String codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
    if (pipeline.get(codec) != null) {
      var guard = new RequestPatience(patience);
      pipeline.addBefore(codec, "request-patience", guard);
      pipeline.addAfter(codec, "request-patience-end", guard.new End());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (end == null) {
      end =
          context
              .executor()
              .schedule(() -> timeout(context), patience.toMillis(), TimeUnit.MILLISECONDS);
    }
    context.fireChannelRead(bytes);
  }

  private static void timeout(ChannelHandlerContext context) {
    context.writeAndFlush(Unpooled.wrappedBuffer(TIMEOUT)).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    arrived();
    context.fireChannelInactive();
  }

  private void arrived() {
    if (end != null) {
      end.cancel(false);
      end = null;
    }
  }

  /** Sees that a request is whole. */
  private final class End extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof LastHttpContent) {
        arrived();
      }
      context.fireChannelRead(message);
    }
  }
}

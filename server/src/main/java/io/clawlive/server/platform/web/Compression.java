package io.clawlive.server.platform.web;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.server.netty.HttpCompressionStrategy;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import jakarta.inject.Singleton;

/**
 * Compresses whole answers of text. Streams stay as they are: each piece of one is to arrive when
 * it is sent, and a thousand watchers would need a thousand compressors.
 */
@Primary
@Singleton
final class Compression implements HttpCompressionStrategy {
  private static final int FROM_BYTES = 1024;

  @Override
  public boolean shouldCompress(HttpResponse response) {
    String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    return HttpUtil.getContentLength(response, -1L) >= FROM_BYTES
        && (type.startsWith("text/") && !type.startsWith("text/event-stream")
            || type.startsWith("application/json")
            || type.startsWith("application/javascript")
            || type.startsWith("image/svg+xml"));
  }

  @Override
  public int getMaxZstdEncodeSize() {
    return 0;
  }
}

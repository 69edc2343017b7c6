package io.clawlive.server.platform.web;

import io.micronaut.http.HttpRequest;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one request. Whoever answers it adds what only it knows; the access log tells.
 */
public final class Exchange {
  private static final String ATTRIBUTE = Exchange.class.getName();

  private final long begun = System.nanoTime();
  private final AtomicLong sent = new AtomicLong();
  private volatile @Nullable String endpoint;
  private volatile @Nullable String code;
  private volatile int status;
  private volatile InetAddress caller;

  private Exchange(InetAddress connection) {
    this.caller = connection;
  }

  /** That of a request. */
  public static Exchange of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, Exchange.class)
        .orElseGet(() -> {
          var exchange = new Exchange(request.getRemoteAddress().getAddress());
          request.setAttribute(ATTRIBUTE, exchange);
          return exchange;
        });
  }

  /** Who made the request, through whatever proxies that are trusted. */
  public InetAddress caller() {
    return caller;
  }

  void caller(InetAddress address) {
    caller = address;
  }

  /** Names what was called, such as {@code clawlive.agents.v1.AgentService/GetAgent}. */
  public void endpoint(String name) {
    endpoint = name;
  }

  /** Tells how the call ended, as gRPC names it, where the status of HTTP does not. */
  public void code(String name) {
    code = name;
  }

  /** Counts bytes of a body that is sent in pieces. */
  public void sent(long bytes) {
    sent.addAndGet(bytes);
  }

  void status(int http) {
    status = http;
  }

  int status() {
    return status;
  }

  @Nullable String endpoint() {
    return endpoint;
  }

  @Nullable String code() {
    return code;
  }

  long bytes() {
    return sent.get();
  }

  long millis() {
    return (System.nanoTime() - begun) / 1_000_000;
  }
}

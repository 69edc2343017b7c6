package io.clawlive.server.platform.web;

import io.clawlive.server.platform.PublicAddress;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.URI;

/** The HTTP port. It opens when {@link #open} is called and closes with the application. */
@Singleton
public final class WebDoor {
  private final Provider<NettyEmbeddedServer> server;
  private final PublicAddress address;

  WebDoor(Provider<NettyEmbeddedServer> server, PublicAddress address) {
    this.server = server;
    this.address = address;
  }

  /**
   * Opens the port.
   *
   * @return the address of the door, such as {@code http://127.0.0.1:8080}
   */
  public URI open() {
    NettyEmbeddedServer http = server.get().start();
    String host = http.getHost();
    String named = host.contains(":") ? "[" + host + "]" : host;
    URI door = URI.create(http.getScheme() + "://" + named + ":" + http.getPort());
    address.opened(door);
    return door;
  }
}

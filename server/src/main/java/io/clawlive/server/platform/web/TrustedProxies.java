package io.clawlive.server.platform.web;

import io.micronaut.http.HttpRequest;
import io.netty.handler.ipfilter.IpFilterRule;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Who made a request that came through proxies. A proxy that is trusted says in {@code
 * X-Forwarded-For} whom it speaks for; what anybody else says there is not believed.
 */
@Singleton
public final class TrustedProxies {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final List<IpFilterRule> networks;

  TrustedProxies(WebConfiguration configuration) {
    List<String> named = configuration.trustedProxies();
    this.networks =
        named == null ? List.of() : named.stream().map(TrustedProxies::network).toList();
  }

  /** Whether a text is an address, or a network as {@code 10.0.0.0/8}. */
  public static boolean isNetwork(String text) {
    try {
      network(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static IpFilterRule network(String text) {
    int slash = text.indexOf('/');
    InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int all = address.getAddress().length * Byte.SIZE;
    int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > all) {
      throw new IllegalArgumentException(text + " has no " + bits + " bits");
    }
    return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
  }

  /** The address that made a request: the nearest one that is no trusted proxy's. */
  InetAddress caller(HttpRequest<?> request) {
    InetAddress nearest = request.getRemoteAddress().getAddress();
    var hops = new ArrayList<String>();
    request
        .getHeaders()
        .getAll(FORWARDED_FOR)
        .forEach(line -> Collections.addAll(hops, line.split(",", -1)));
    for (String hop : hops.reversed()) {
      if (!trusted(nearest)) {
        break;
      }
      try {
        nearest = InetAddress.ofLiteral(hop.strip());
      } catch (IllegalArgumentException notAnAddress) {
        break;
      }
    }
    return nearest;
  }

  private boolean trusted(InetAddress address) {
    var end = new InetSocketAddress(address, 0);
    return networks.stream().anyMatch(network -> network.matches(end));
  }
}

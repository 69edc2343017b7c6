package io.clawlive.sdk.internal;

/**
 * Where a server listens.
 *
 * @param host name or number, an IPv6 number without brackets
 * @param port 1 to 65535
 */
record Address(String host, int port) {
  private static final int DEFAULT_PORT = 9090;

  /** Reads {@code host}, {@code host:port} or {@code [ipv6]:port}. */
  static Address parse(String text) {
    String rest = text.strip();
    String host = rest;
    String port = "";
    if (rest.startsWith("[")) {
      int end = rest.indexOf(']');
      host = end < 0 ? "" : rest.substring(1, end);
      port = end < 0 ? "" : rest.substring(end + 1);
    } else if (rest.indexOf(':') >= 0 && rest.indexOf(':') == rest.lastIndexOf(':')) {
      host = rest.substring(0, rest.indexOf(':'));
      port = rest.substring(rest.indexOf(':'));
    }
    if (host.isEmpty() || host.contains("/") || host.contains(" ")) {
      throw wrong(text);
    }
    return new Address(host, port.isEmpty() ? DEFAULT_PORT : port(port, text));
  }

  /** Whether it can only be this machine. */
  boolean isLoopback() {
    return host.equalsIgnoreCase("localhost")
        || host.equals("::1")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }

  private static int port(String text, String whole) {
    if (!text.matches(":[0-9]{1,5}")) {
      throw wrong(whole);
    }
    int port = Integer.parseInt(text.substring(1));
    if (port < 1 || port > 65_535) {
      throw wrong(whole);
    }
    return port;
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "server address is '" + text + "'; expected host:port, such as 127.0.0.1:9090");
  }
}

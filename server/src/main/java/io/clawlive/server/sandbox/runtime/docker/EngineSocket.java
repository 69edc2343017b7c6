package io.clawlive.server.sandbox.runtime.docker;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One connection to the engine that becomes a stream in both directions. */
final class EngineSocket implements AutoCloseable {
  private static final int LONGEST_HEAD = 16 << 10;

  private final SocketChannel channel;
  private final InputStream input;
  private final OutputStream output;
  private int status;

  private EngineSocket(SocketChannel channel) {
    this.channel = channel;
    this.input = Channels.newInputStream(channel);
    this.output = Channels.newOutputStream(channel);
  }

  /**
   * Asks for a stream.
   *
   * @throws Refused when the engine answers with anything but a stream
   */
  static EngineSocket open(URI host, String path, String json) throws IOException {
    EngineSocket socket = new EngineSocket(SocketChannel.open(address(host)));
    try {
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      socket.output.write(
          """
          POST %s HTTP/1.1\r
          Host: engine\r
          Connection: Upgrade\r
          Upgrade: tcp\r
          Content-Type: application/json\r
          Content-Length: %d\r
          \r
          """
              .formatted(path, body.length)
              .getBytes(StandardCharsets.US_ASCII));
      socket.output.write(body);
      socket.readHead();
      if (socket.status != 101 && socket.status != 200) {
        throw new Refused(socket.status, socket.said());
      }
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static SocketAddress address(URI host) {
    return switch (host.getScheme()) {
      case "unix" -> UnixDomainSocketAddress.of(host.getPath());
      case "tcp" -> new InetSocketAddress(host.getHost(), host.getPort());
      default ->
          throw new IllegalArgumentException("an engine is at unix:// or tcp://, not " + host);
    };
  }

  private void readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    // The stream begins right behind the head, so not one byte more may be taken.
    for (int ends = 0; ends < 4; ) {
      int b = input.read();
      if (b < 0 || head.size() >= LONGEST_HEAD) {
        throw new EOFException("The engine did not answer.");
      }
      head.write(b);
      ends = b == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : b == '\r' ? 1 : 0;
    }
    String[] first = head.toString(StandardCharsets.ISO_8859_1).split(" ", 3);
    status = first.length > 1 ? Integer.parseInt(first[1]) : 0;
  }

  private String said() throws IOException {
    channel.shutdownOutput();
    return new String(input.readNBytes(4096), StandardCharsets.UTF_8);
  }

  InputStream input() {
    return input;
  }

  OutputStream output() {
    return output;
  }

  /** Nothing follows from our side; the other may go on. */
  void endOutput() throws IOException {
    if (channel.isOpen()) {
      channel.shutdownOutput();
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no use any more, whatever is wrong with it.
    }
  }

  /** The engine's refusal. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    int status() {
      return status;
    }
  }
}

package io.clawlive.server.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection to the web door on which a test says whatever it likes, byte by byte. */
public final class RawHttp implements AutoCloseable {
  private final Socket socket;
  private final URI door;
  private final InputStream in;

  private RawHttp(Socket socket, URI door) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.door = door;
  }

  /** Connects. */
  public static RawHttp to(URI door) {
    return to(door, 0);
  }

  /** Connects, with a receive buffer of this many bytes where it is not 0. */
  public static RawHttp to(URI door, int receiveBuffer) {
    try {
      var socket = new Socket();
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(new InetSocketAddress(door.getHost(), door.getPort()));
      socket.setSoTimeout(20_000);
      return new RawHttp(socket, door);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends these bytes. */
  public RawHttp send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Sends these letters. */
  public RawHttp send(String letters) throws IOException {
    return send(letters.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends a whole POST. */
  public RawHttp post(String path, String contentType, byte[] body, String... headers)
      throws IOException {
    return send("POST %s HTTP/1.1\r\nhost: %s\r\ncontent-type: %s\r\ncontent-length: %d\r\n%s\r\n"
            .formatted(
                path,
                door.getAuthority(),
                contentType,
                body.length,
                String.join("", lines(headers))))
        .send(body);
  }

  private static String[] lines(String... headers) {
    String[] lines = headers.clone();
    for (int i = 0; i < lines.length; i++) {
      lines[i] += "\r\n";
    }
    return lines;
  }

  /** The status line and the headers of the answer, in lower case. */
  public String head() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return head.toString();
      }
      head.append((char) next);
    }
    return head.toString().toLowerCase(Locale.ROOT);
  }

  /** The first line of the answer; empty when the server closes without one. */
  public String status() throws IOException {
    return head().lines().findFirst().orElse("");
  }

  /** Everything until the server closes. */
  public String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** What has come, as bytes. */
  public InputStream in() {
    return in;
  }

  /** Ends the connection without a word, as a machine does that loses its power. */
  public void abort() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

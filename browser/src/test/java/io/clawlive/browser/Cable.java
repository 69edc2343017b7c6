package io.clawlive.browser;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A line to the server that can be cut: every connection breaks, and new ones do not come about.
 */
final class Cable implements AutoCloseable {
  private final ServerSocket end;
  private final int server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  Cable(String web) throws IOException {
    server = URI.create(web).getPort();
    end = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Where browsers call. */
  String web() {
    return "http://127.0.0.1:" + end.getLocalPort();
  }

  void cut() {
    cut = true;
    sockets.forEach(Cable::drop);
  }

  void mend() {
    cut = false;
  }

  private void accept() {
    while (!end.isClosed()) {
      try {
        Socket near = end.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), server);
        sockets.add(near);
        sockets.add(far);
        if (cut) {
          drop(near);
          drop(far);
        } else {
          Thread.ofVirtual().start(() -> pass(near, far));
          Thread.ofVirtual().start(() -> pass(far, near));
        }
      } catch (IOException closed) {
        // The next one, or the end.
      }
    }
  }

  private void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException broken) {
      // One side is gone, so the other goes.
    }
    drop(from);
    drop(to);
    sockets.remove(from);
    sockets.remove(to);
  }

  private static void drop(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed, then.
    }
  }

  @Override
  public void close() throws IOException {
    end.close();
    cut();
  }
}

package io.clawlive.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server says when it cannot start. */
final class StartTest {
  @Test
  void aKeysetThatOthersCanReadIsToldInOneSentence(@TempDir Path home) throws IOException {
    Path keys = Files.writeString(home.resolve("secret.keys"), "{}");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
    var options = new ServeCommand();
    options.data = home.resolve("data");
    var process = new ServerProcess(options, new Home(home));
    assertEquals(
        "The keyset file %s is open to other users of this machine (rw-r--r--); run: chmod 600 %s"
            .formatted(keys, keys),
        assertThrows(StartException.class, process::run).getMessage());
  }

  @Test
  void aTakenPortIsToldWithTheOptionThatChoosesAnother(@TempDir Path home) throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      var byGrpc = options(home);
      byGrpc.grpcPort = port;
      assertEquals(
          "the port %d on 127.0.0.1 is taken; stop the other program or choose one with --grpc-port."
              .formatted(port),
          told(byGrpc, home));
      var byWeb = options(home);
      byWeb.httpPort = port;
      assertEquals(
          "the port %d on 127.0.0.1 is taken; stop the other program or choose one with --http-port."
              .formatted(port),
          told(byWeb, home));
    }
  }

  @Test
  void whatCannotBeFollowedIsToldBeforeAnythingStarts(@TempDir Path home) {
    var halfTls = options(home);
    halfTls.tlsKey = home.resolve("key.pem");
    assertEquals(
        "--tls-cert and --tls-key belong together; give both or none.", told(halfTls, home));

    var noCertificate = options(home);
    noCertificate.tlsCert = home.resolve("cert.pem");
    noCertificate.tlsKey = home.resolve("key.pem");
    assertEquals(
        "--tls-cert " + home.resolve("cert.pem") + " is not a file that can be read.",
        told(noCertificate, home));

    for (String origin : List.of("dash.example.com", "https://dash.example.com/", "*", "ftp://x")) {
      var noOrigin = options(home);
      noOrigin.webOrigins = List.of(origin);
      assertEquals(
          "--web-origin "
              + origin
              + " is not an origin; one is https://HOST or https://HOST:PORT, without a path.",
          told(noOrigin, home));
    }

    var noLog = options(home);
    noLog.accessLog = home.resolve("no/such/folder.log").toString();
    assertEquals("--access-log " + noLog.accessLog + " cannot be written.", told(noLog, home));
    assertFalse(Files.exists(home.resolve("data")));
  }

  private static ServeCommand options(Path home) {
    var options = new ServeCommand();
    options.data = home.resolve("data");
    return options;
  }

  private static String told(ServeCommand options, Path home) {
    var process = new ServerProcess(options, new Home(home));
    return String.valueOf(assertThrows(StartException.class, process::run).getMessage());
  }
}

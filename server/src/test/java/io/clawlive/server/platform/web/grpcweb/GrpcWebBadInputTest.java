package io.clawlive.server.platform.web.grpcweb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.agents.v1.GetAgentRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.RawHttp;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.WebChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent to the door, it says what is wrong and goes on. */
final class GrpcWebBadInputTest {
  private static final String GET_AGENT = "/clawlive.agents.v1.AgentService/GetAgent";
  private static final String BINARY = "application/grpc-web+proto";
  private static final String TEXT = "application/grpc-web-text+proto";

  @AutoClose
  private static final TestServer server = TestServer.start("clawlive.web.request-timeout=1s");

  @AutoClose private static final WebChannel channel = WebChannel.binary(server.web());
  private static final byte[] request =
      GetAgentRequest.newBuilder().setAgent(server.worker("there").handle()).build().toByteArray();

  @AfterEach
  void theDoorGoesOn() {
    assertEquals(
        "there",
        new Client(channel, null)
            .agents()
            .getAgent(GetAgentRequest.newBuilder().setAgent("there").build())
            .getAgent()
            .getHandle());
  }

  @Test
  void aFrameThatEndsTooSoonIsMalformed() throws IOException {
    refused(new byte[] {0, 0, 0}, "grpc-status: 3", "3 bytes of a frame's head");
    refused(frame(0, 100, request), "grpc-status: 3", "100 bytes");
    refused(frame(0, -1, request), "grpc-status: 3", "4294967295 bytes");
    refused(frame(0, Integer.MAX_VALUE, request), "grpc-status: 3", "2147483647 bytes");
  }

  @Test
  void aCompressedMessageIsRefusedClearly() throws IOException {
    refused(frame(1, request.length, request), "grpc-status: 3", "compressed");
  }

  @Test
  void aFrameOfAnotherKindIsMalformed() throws IOException {
    refused(frame(0x80, request.length, request), "grpc-status: 3", "flags 0x80");
    refused(frame(0x42, request.length, request), "grpc-status: 3", "flags 0x42");
  }

  @Test
  void anythingButOneMessageIsRefused() throws IOException {
    refused(new byte[0], "grpc-status: 3", "exactly one request message");
    byte[] one = frame(0, request.length, request);
    byte[] two = ByteBuffer.allocate(2 * one.length).put(one).put(one).array();
    refused(two, "grpc-status: 3", "exactly one request message");
  }

  @Test
  void bytesThatAreNoMessageAreRefused() throws IOException {
    refused(frame(0, 4, new byte[] {-1, -1, -1, -1}), "grpc-status: 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAAAAA", "AAA", "!!!!", "AA=A", "====", "AAAA\nAAAA"})
  void truncatedOrWrongBase64IsRefused(String text) throws IOException {
    String head = head(GET_AGENT, TEXT, text.getBytes(StandardCharsets.US_ASCII));
    assertTrue(head.startsWith("http/1.1 200"), head);
    assertTrue(head.contains("grpc-status: 3"), head);
  }

  @Test
  void base64InPaddedPiecesIsRead() throws IOException {
    byte[] body = frame(0, request.length, request);
    var text = new StringBuilder();
    for (byte b : body) {
      text.append(Base64.getEncoder().encodeToString(new byte[] {b}));
    }
    String head = head(GET_AGENT, TEXT, text.toString().getBytes(StandardCharsets.US_ASCII));
    assertTrue(head.startsWith("http/1.1 200"), head);
    assertFalse(head.contains("grpc-status"), head);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/grpc",
        "application/json",
        "text/plain",
        "application/grpc-web+json",
        "x"
      })
  void anotherContentTypeIsUnsupported(String type) throws IOException {
    String head = head(GET_AGENT, type, request);
    assertTrue(head.startsWith("http/1.1 415"), head);
  }

  @Test
  void anRpcThatDoesNotExistIsUnimplemented() throws IOException {
    String head =
        head("/clawlive.agents.v1.AgentService/Nothing", BINARY, frame(0, 0, new byte[0]));
    assertTrue(head.contains("grpc-status: 12"), head);
    head = head("/no.Service/Method", BINARY, frame(0, 0, new byte[0]));
    assertTrue(head.contains("grpc-status: 12"), head);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc-timeout: soon", "grpc-timeout: 123456789S", "x-trace-bin: %%%"})
  void aHeaderThatIsNotUnderstoodIsRefused(String header) throws IOException {
    String head = head(GET_AGENT, BINARY, frame(0, request.length, request), header);
    assertTrue(head.contains("grpc-status: 3"), head);
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedAndNotRead() throws IOException {
    try (RawHttp line = RawHttp.to(server.web())) {
      line.send(
          "POST %s HTTP/1.1\r\nhost: x\r\ncontent-type: %s\r\ncontent-length: 5000000000\r\n\r\n"
              .formatted(GET_AGENT, BINARY));
      String head = line.head();
      assertTrue(head.contains("grpc-status: 8") || head.startsWith("http/1.1 413"), head);
    }
  }

  @Test
  void aBodyThatGrowsTooLargeIsRefused() throws IOException {
    try (RawHttp line = RawHttp.to(server.web())) {
      line.send(
          "POST %s HTTP/1.1\r\nhost: x\r\ncontent-type: %s\r\ntransfer-encoding: chunked\r\n\r\n"
              .formatted(GET_AGENT, BINARY));
      String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
      String head = "";
      try {
        for (int i = 0; i < 80; i++) {
          line.send(chunk);
        }
        line.send("0\r\n\r\n");
      } catch (IOException closed) {
        // The door need not listen to the end.
      }
      try {
        head = line.head();
      } catch (IOException reset) {
        return;
      }
      assertTrue(
          head.contains("grpc-status: 8") || head.startsWith("http/1.1 413") || head.isEmpty(),
          head);
    }
  }

  @Test
  void hugeHeadersAreRefused() throws IOException {
    try (RawHttp line = RawHttp.to(server.web())) {
      line.send("GET / HTTP/1.1\r\nhost: x\r\nx-long: " + "x".repeat(20 << 10) + "\r\n\r\n");
      String head = line.head();
      assertTrue(head.startsWith("http/1.1 431"), head);
      assertTrue(head.contains("x-content-type-options: nosniff"), head);
    }
    try (RawHttp line = RawHttp.to(server.web())) {
      line.send("GET /" + "x".repeat(20 << 10) + " HTTP/1.1\r\nhost: x\r\n\r\n");
      String status = line.status();
      assertTrue(status.startsWith("http/1.0 414"), status);
    }
  }

  @Test
  void aRequestThatDoesNotGetOnIsEnded() throws Exception {
    for (String begin :
        new String[] {
          "P",
          "GET / HTTP/1.1\r\nhost: x\r\nx-slow: ",
          "POST %s HTTP/1.1\r\nhost: x\r\ncontent-type: %s\r\ncontent-length: 100\r\n\r\nabc"
              .formatted(GET_AGENT, BINARY)
        }) {
      try (RawHttp line = RawHttp.to(server.web())) {
        long begun = System.nanoTime();
        line.send(begin);
        String head = line.head();
        assertTrue(head.startsWith("http/1.1 408") || head.contains("grpc-status: 3"), head);
        assertTrue(System.nanoTime() - begun < 5_000_000_000L);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/../application.yml",
        "/assets/..%5c..%5capplication.yml",
        "/%00",
        "/%",
        "//etc/passwd",
        "/application.yml",
        "/assets/%2e%2e/%2e%2e/logback.xml"
      })
  void nothingBesideThePagesIsReached(String path) throws IOException {
    try (RawHttp line = RawHttp.to(server.web())) {
      line.send("GET " + path + " HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
      String answer = line.rest();
      assertTrue(
          answer.startsWith("HTTP/1.1 404") || answer.startsWith("HTTP/1.1 400"),
          answer.lines().findFirst().orElse("nothing"));
      assertFalse(answer.contains("root:") || answer.contains("datasources"), answer);
    }
  }

  private static void refused(byte[] body, String... parts) throws IOException {
    String head = head(GET_AGENT, BINARY, body);
    assertTrue(head.startsWith("http/1.1 200"), head);
    for (String part : parts) {
      assertTrue(head.contains(part), () -> part + " in " + head);
    }
    assertTrue(head.contains("grpc-status-details-bin: "), head);
  }

  private static String head(String path, String type, byte[] body, String... headers)
      throws IOException {
    try (RawHttp line = RawHttp.to(server.web())) {
      return line.post(path, type, body, headers).head();
    }
  }

  private static byte[] frame(int flags, int length, byte[] content) {
    return ByteBuffer.allocate(5 + content.length)
        .put((byte) flags)
        .putInt(length)
        .put(content)
        .array();
  }
}

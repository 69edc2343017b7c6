package io.clawlive.server.platform.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.testing.TestServer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The life of a session as the documents tell it, by a script that knows nothing but curl. */
final class DocumentScriptTest {
  @Test
  void theScriptOfTheDocumentsRunsWithOnlyTheAddressChanged() throws Exception {
    try (TestServer server = TestServer.start();
        InputStream script = DocumentScriptTest.class.getResourceAsStream("/rest.sh")) {
      var builder = new ProcessBuilder("bash", "-s").redirectErrorStream(true);
      builder.environment().put("BASE_URL", server.web().toString());
      builder
          .environment()
          .put("CLAWLIVE_API_KEY", server.person("owner").tokens().getAccessToken());
      Process process = builder.start();
      try (var in = process.getOutputStream()) {
        Objects.requireNonNull(script).transferTo(in);
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), said);
      assertEquals(0, process.exitValue(), said);
      assertTrue(said.endsWith("all is well\n"), said);
    }
  }
}

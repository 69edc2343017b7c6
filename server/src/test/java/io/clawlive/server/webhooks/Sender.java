package io.clawlive.server.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.web.json.Json;
import io.clawlive.server.platform.web.json.JsonText;
import io.clawlive.server.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A program that signs what it sends, as the page on webhooks tells it to. */
record Sender(HttpClient http, TestServer server, String secret) {

  /** An answer as it came. */
  record Answer(int status, String body) {
    /** Takes it for a delivery that was taken; the events that are new. */
    int inserted() {
      assertEquals(200, status, body);
      return Integer.parseInt(body.replaceFirst("\\{\"status\":\"ok\",\"inserted\":(\\d+)}", "$1"));
    }

    /** Takes it for a refusal with this reason; its JSON. */
    String refused(int expectedStatus, ErrorReason reason) {
      assertEquals(expectedStatus, status, body);
      assertEquals(reason.name(), "ERROR_REASON_" + error("reason"), body);
      return body;
    }

    private String error(String member) {
      if (JsonText.parse(body.getBytes(StandardCharsets.UTF_8)) instanceof Json.Members answer
          && answer.members().get("error") instanceof Json.Members error
          && error.members().get(member) instanceof Json.Text text) {
        return text.text();
      }
      throw new AssertionError(body);
    }
  }

  Answer send(String body, String... headers) {
    return send(body.getBytes(StandardCharsets.UTF_8), headers);
  }

  Answer send(byte[] body, String... headers) {
    return post(body, sign(body), headers);
  }

  /** Sends a body under any signature. */
  Answer post(byte[] body, String signature, String... headers) {
    var request =
        HttpRequest.newBuilder(server.web().resolve("/v1/webhooks/ingest"))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    if (!signature.isEmpty()) {
      request.header("x-clawlive-signature", signature);
    }
    List<String> pairs = List.of(headers);
    for (int i = 0; i < pairs.size(); i += 2) {
      request.header(pairs.get(i), pairs.get(i + 1));
    }
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  String sign(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String toString() {
    return "Sender";
  }
}

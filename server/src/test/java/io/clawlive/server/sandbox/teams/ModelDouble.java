package io.clawlive.server.sandbox.teams;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clawlive.server.platform.web.json.Json;
import io.clawlive.server.platform.web.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server of chat completions whose model says what a test has it say. */
final class ModelDouble implements AutoCloseable {
  private final HttpServer http;
  private volatile Answer answer = new Answer(500, "");
  private volatile long wait;
  private volatile int asked;
  private volatile String authorization = "";
  private volatile Map<String, Json> question = Map.of();

  /** A status and a body. */
  private record Answer(int status, String body) {}

  ModelDouble() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/v1/chat/completions", this::answer);
    http.start();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/v1";
  }

  /** What the model says from now on. */
  void says(String content) {
    answers(
        200,
        """
        {"id": "c1", "object": "chat.completion", "choices": [{"index": 0, "finish_reason": "stop",
          "message": {"role": "assistant", "content": %s}}], "usage": {"total_tokens": 7}}
        """
            .formatted(quoted(content)));
  }

  /** What the server answers from now on, whatever the model would say. */
  void answers(int status, String body) {
    answer = new Answer(status, body);
    wait = 0;
  }

  /** The server takes its time from now on. */
  void waits(long millis) {
    wait = millis;
  }

  int asked() {
    return asked;
  }

  String authorization() {
    return authorization;
  }

  /** What stands in a message of the last question. */
  String content(int message) {
    if (question.get("messages") instanceof Json.Items(List<Json> messages)
        && messages.get(message) instanceof Json.Members(var members)
        && members.get("content") instanceof Json.Text(String text)) {
      return text;
    }
    throw new AssertionError(question);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked++;
      authorization = String.valueOf(exchange.getRequestHeaders().getFirst("authorization"));
      if (JsonText.parse(exchange.getRequestBody().readAllBytes())
          instanceof Json.Members(var members)) {
        question = members;
      }
      Thread.sleep(wait);
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String quoted(String text) {
    Function<String, String> escape = from -> from.replace("\\", "\\\\").replace("\"", "\\\"");
    return '"' + escape.apply(text).replace("\n", "\\n") + '"';
  }

  @Override
  public void close() {
    http.stop(0);
  }
}

package io.clawlive.server.platform.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.server.platform.web.json.Json;
import io.clawlive.server.platform.web.json.JsonText;
import io.clawlive.server.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A caller of REST, with its credential. */
record RestClient(HttpClient http, URI base, @Nullable String key) {
  static RestClient of(HttpClient http, TestServer server, @Nullable String key) {
    return new RestClient(http, server.web(), key);
  }

  /** An answer as it came. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    String body() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The value at a path such as {@code events.0.payload.line}, as JSON writes it, bare. */
    String at(String path) {
      Json value = JsonText.parse(response.body());
      for (String step : path.split("\\.", -1)) {
        value =
            switch (value) {
              case Json.Members members -> members.members().get(step);
              case Json.Items items -> items.items().get(Integer.parseInt(step));
              case Json.Text _, Json.Number _, Json.Flag _, Json.Nothing _ ->
                  throw new AssertionError(path + " leads through a single value: " + body());
            };
        if (value == null) {
          return "";
        }
      }
      return switch (value) {
        case Json.Text(String text) -> text;
        case Json.Number number -> number.value().toPlainString();
        case Json.Flag(boolean flag) -> Boolean.toString(flag);
        case Json.Nothing _ -> "null";
        case Json.Members members -> members.members().keySet().toString();
        case Json.Items items -> "[" + items.items().size() + "]";
      };
    }

    /** Fails unless it is this status; the body then says why. */
    Answer is(int status) {
      assertEquals(status, status(), this::body);
      return this;
    }
  }

  Answer get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  Answer post(String path, String json, String... headers) {
    return send("POST", path, json, headers);
  }

  Answer send(String method, String path, String json, String... headers) {
    return send(
        request(path, headers)
            .setHeader("content-type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  HttpRequest.Builder request(String path, String... headers) {
    var request = HttpRequest.newBuilder(URI.create(base + path));
    if (key != null) {
      request.setHeader("authorization", "Bearer " + key);
    }
    List<String> pairs = List.of(headers);
    for (int i = 0; i < pairs.size(); i += 2) {
      request.setHeader(pairs.get(i), pairs.get(i + 1));
    }
    return request;
  }
}

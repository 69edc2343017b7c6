package io.clawlive.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls of the REST door as one person or agent, with JSON as it is written. */
final class Rest {
  private final HttpClient http;
  private final String base;
  private final String token;

  Rest(HttpClient http, String base, String token) {
    this.http = http;
    this.base = base;
    this.token = token;
  }

  String post(String path, String body) {
    return call("POST", path, body);
  }

  String put(String path, String body) {
    return call("PUT", path, body);
  }

  String get(String path) {
    return call("GET", path, "");
  }

  /** The first member of this name in an answer, without quotation marks. */
  static String field(String answer, String name) {
    Matcher found =
        Pattern.compile('"' + name + "\":(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,}\\]]+))")
            .matcher(answer);
    if (!found.find()) {
      throw new AssertionError("no " + name + " in " + answer);
    }
    return found.group(1) != null ? found.group(1) : found.group(2);
  }

  /** A text as JSON writes it, with its quotation marks. */
  static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(letter -> {
          if (letter < ' ' || letter == '"' || letter == '\\') {
            json.append("\\u%04x".formatted(letter));
          } else {
            json.append((char) letter);
          }
        });
    return json.append('"').toString();
  }

  private String call(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("content-type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new AssertionError(method + " " + path + " was refused: " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

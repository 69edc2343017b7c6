package io.clawlive.cli.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.text.TerminalText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Listens on this machine for the one request in which a browser brings back what a provider
 * answered. Requests for anything else, or with the state of another login, change nothing.
 */
final class LoopbackListener implements AutoCloseable {
  /**
   * What the provider answered.
   *
   * @param state parameter of the address
   * @param code parameter of the address
   */
  record Answer(String state, String code) {}

  private final HttpServer http;
  private final URI address;
  private final CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();
  // Until it is known which login this is, nothing that comes can be its answer.
  private volatile Map<String, String> asked = Map.of("state", "");

  private LoopbackListener(URI address, HttpServer http) {
    this.address = address;
    this.http = http;
  }

  /** The address, if a listener here can stand behind it: plain HTTP to this machine. */
  static Optional<URI> usable(String redirectUri) {
    try {
      URI uri = new URI(redirectUri);
      boolean here =
          "http".equals(uri.getScheme())
              && uri.getHost() != null
              && uri.getHost().matches("127(\\.\\d{1,3}){3}|localhost|\\[::1]")
              && uri.getPort() > 0;
      return here ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Begins to listen. */
  static LoopbackListener at(URI address) {
    try {
      // A name is not asked for on the network: localhost is this machine.
      String host = address.getHost().equals("localhost") ? "127.0.0.1" : address.getHost();
      HttpServer http = HttpServer.create(new InetSocketAddress(host, address.getPort()), 4);
      LoopbackListener listener = new LoopbackListener(address, http);
      http.createContext("/", listener::take);
      http.start();
      return listener;
    } catch (IOException e) {
      throw new Failure(
          ExitCode.FAILED,
          "Port %d of this machine, where the browser shall come back to, cannot be used (%s). End what listens there and try again."
              .formatted(address.getPort(), e.getMessage()),
          e);
    }
  }

  /** The parameters of the page that was opened; what comes back must carry the same state. */
  void expect(Map<String, String> parameters) {
    asked = parameters;
  }

  /** Waits for the browser. */
  Answer await(Duration patience) {
    try {
      Map<String, String> parameters = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (parameters.containsKey("error")) {
        throw refused(parameters);
      }
      return new Answer(parameters.getOrDefault("state", ""), parameters.get("code"));
    } catch (TimeoutException late) {
      throw new Failure(
          ExitCode.FAILED,
          "Nobody came back from the provider within %d minutes. Start the login again."
              .formatted(patience.toMinutes()),
          late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The waiting thread was interrupted.");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Failure refused(Map<String, String> parameters) {
    String error = TerminalText.safe(parameters.get("error"), false);
    return error.equals("access_denied")
        ? new Failure(
            ExitCode.NOT_ALLOWED,
            "You declined at the provider, so nobody was signed in. Start the login again if that"
                + " was a mistake.")
        : new Failure(
            ExitCode.FAILED,
            "The provider refused: %s %s"
                .formatted(
                    error,
                    TerminalText.safe(parameters.getOrDefault("error_description", ""), false))
                .strip());
  }

  private void take(HttpExchange exchange) throws IOException {
    Map<String, String> parameters = parameters(exchange.getRequestURI());
    boolean ours =
        path(exchange.getRequestURI()).equals(path(address))
            && (parameters.containsKey("code") || parameters.containsKey("error"))
            && Objects.equals(
                asked.getOrDefault("state", parameters.get("state")), parameters.get("state"));
    try (exchange) {
      say(
          exchange,
          ours ? 200 : 404,
          ours
              ? "The command line has what it needs. You can close this page."
              : "This page is not part of the login that is waiting.");
    }
    if (ours) {
      answer.complete(parameters);
    }
  }

  private static void say(HttpExchange exchange, int status, String sentence) throws IOException {
    byte[] page =
        "<!doctype html><meta charset=utf-8><title>Claw Live</title><p>%s"
            .formatted(sentence)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    // The address holds the code, which nobody else shall learn.
    exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
    exchange.sendResponseHeaders(status, page.length);
    exchange.getResponseBody().write(page);
  }

  /** The parameters of an address. */
  static Map<String, String> parameters(URI uri) {
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    return Arrays.stream(query.split("&"))
        .map(part -> part.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1]), (a, b) -> a));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // A lone percent sign stands for itself.
    }
  }

  private static String path(URI uri) {
    return uri.getPath().isEmpty() ? "/" : uri.getPath();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}

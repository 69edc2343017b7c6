package io.clawlive.server.sandbox.teams;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.web.json.Json;
import io.clawlive.server.platform.web.json.JsonText;
import io.clawlive.server.sandbox.teams.TeamFile.Place;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The language model that is asked where a message goes, behind any interface that speaks OpenAI's
 * chat completions. It sees the places and the message and nothing else; what it says counts only
 * where it names a place of the team, so a message that gives it orders moves itself at most to
 * another agent of the same team.
 */
@Singleton
final class LanguageModel {
  private static final int MOST_BYTES = 256 << 10;

  private final LlmConfiguration configuration;
  private final LlmKey key;
  private final HttpClient http;

  LanguageModel(LlmConfiguration configuration, LlmKey key) {
    this.configuration = configuration;
    this.key = key;
    this.http =
        HttpClient.newBuilder()
            // Servers of local models stumble over the question whether they speak HTTP/2.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(configuration.timeout())
            .build();
  }

  /** What a model said. */
  sealed interface Verdict {}

  /** The message fits this place. */
  record Chosen(Place place, double confidence) implements Verdict {}

  /** The message fits no place, or what the model named is none. */
  record Nobody() implements Verdict {}

  /** Whether there is one to ask. */
  boolean isConfigured() {
    return configuration.url() != null && configuration.model() != null;
  }

  /**
   * Asks where a message goes.
   *
   * @throws Refusal LLM_NOT_CONFIGURED when there is no model, LLM_UNAVAILABLE when there is no
   *     answer that can be used
   */
  Verdict ask(TeamFile team, List<Place> places, String message) {
    URI url = configuration.url();
    String model = configuration.model();
    if (url == null || model == null) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_LLM_NOT_CONFIGURED,
          "The team '%s' routes by a language model and the server has none.".formatted(team.id()),
          "team_id",
          team.id());
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(completions(url))
            .timeout(configuration.timeout())
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofByteArray(ModelQuestion.of(model, team, places, message)));
    key.read().ifPresent(secret -> request.header("authorization", "Bearer " + secret));
    return verdict(answer(request.build()), places);
  }

  private static URI completions(URI url) {
    String base = url.toString();
    return URI.create(base.endsWith("/") ? base + "chat/completions" : base + "/chat/completions");
  }

  private byte[] answer(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      HttpResponse<byte[]> response =
          sent.get(configuration.timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw unavailable(
            "status", "The language model answered with status " + response.statusCode() + ".");
      }
      return response.body();
    } catch (TimeoutException e) {
      throw late();
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw late();
    } finally {
      sent.cancel(true);
    }
  }

  private Refusal late() {
    return unavailable(
        "timeout",
        "The language model gave no answer within %,d ms."
            .formatted(configuration.timeout().toMillis()));
  }

  private Refusal failed(Throwable cause) {
    return switch (cause) {
      case HttpTimeoutException _ -> late();
      case IOException e when String.valueOf(e.getMessage()).contains("body exceeds") ->
          unavailable(
              "too_large",
              "The language model's answer is larger than %,d bytes.".formatted(MOST_BYTES));
      default -> unavailable("unreachable", "The language model cannot be reached.");
    };
  }

  private static Verdict verdict(byte[] body, List<Place> places) {
    Map<String, Json> said;
    try {
      said =
          members(JsonText.parse(content(JsonText.parse(body)).getBytes(StandardCharsets.UTF_8)));
    } catch (Refusal e) {
      throw notUnderstood();
    }
    if (!said.keySet().equals(Set.of("agent", "confidence"))
        || !(said.get("confidence") instanceof Json.Number(BigDecimal confidence))
        || confidence.signum() < 0
        || confidence.compareTo(BigDecimal.ONE) > 0) {
      throw notUnderstood();
    }
    return switch (said.get("agent")) {
      case Json.Nothing _ -> new Nobody();
      case Json.Text(String name) ->
          places.stream()
              .filter(place -> place.key().equals(name))
              .findFirst()
              .<Verdict>map(place -> new Chosen(place, confidence.doubleValue()))
              .orElseGet(Nobody::new);
      default -> throw notUnderstood();
    };
  }

  private static String content(Json body) {
    if (members(body).get("choices") instanceof Json.Items(List<Json> choices)
        && !choices.isEmpty()
        && members(choices.getFirst()).get("message") instanceof Json.Members(var message)
        && message.get("content") instanceof Json.Text(String content)) {
      return content;
    }
    throw notUnderstood();
  }

  private static Map<String, Json> members(Json json) {
    if (json instanceof Json.Members(Map<String, Json> members)) {
      return members;
    }
    throw notUnderstood();
  }

  private static Refusal notUnderstood() {
    return unavailable(
        "not_understood",
        "The language model's answer is not {\"agent\": key or null, \"confidence\": 0 to 1}.");
  }

  private static Refusal unavailable(String cause, String message) {
    return Refusal.of(ErrorReason.ERROR_REASON_LLM_UNAVAILABLE, message, "cause", cause);
  }

  @PreDestroy
  void close() {
    http.shutdownNow();
  }
}

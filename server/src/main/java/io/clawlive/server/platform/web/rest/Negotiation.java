package io.clawlive.server.platform.web.rest;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import java.util.List;
import java.util.Optional;

/** Which media types a request brings and wants. */
final class Negotiation {
  private static final MediaType JSON = MediaType.of(Transcoder.JSON);
  private static final MediaType EVENTS = MediaType.of(Transcoder.EVENT_STREAM);

  private static final String UTF_8 = "utf-8";

  private Negotiation() {}

  /** What the caller can read. */
  enum Wanted {
    /** JSON. */
    JSON,
    /** Server-sent events. */
    EVENTS,
    /** Neither. */
    OTHER
  }

  /** What the caller would rather have; JSON where it does not say. */
  static Wanted wanted(HttpRequest<?> request) {
    List<MediaType> accepted = List.copyOf(request.accept());
    for (MediaType type : accepted) {
      if (type.getQualityAsNumber().signum() > 0) {
        if (type.matches(JSON)) {
          return Wanted.JSON;
        } else if (type.matches(EVENTS)) {
          return Wanted.EVENTS;
        }
      }
    }
    return accepted.isEmpty() ? Wanted.JSON : Wanted.OTHER;
  }

  /** Refuses a body that is not said to be JSON in UTF-8. What is not said is taken to be that. */
  static void requireJson(HttpRequest<?> request) {
    Optional<MediaType> type = request.getContentType();
    boolean json =
        type.isEmpty()
            || type.get().getName().equals(Transcoder.JSON)
            || type.get().getType().equals("application")
                && type.get().getSubtype().endsWith("+json");
    String charset = type.map(MediaType::getParametersMap).map(p -> p.get("charset")).orElse(UTF_8);
    if (!json || !charset.equalsIgnoreCase(UTF_8)) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_CONTENT_TYPE_UNSUPPORTED,
          "The body is said to be "
              + type.map(MediaType::toString).orElse("")
              + "; expected application/json in UTF-8.",
          "expected",
          Transcoder.JSON);
    }
  }
}

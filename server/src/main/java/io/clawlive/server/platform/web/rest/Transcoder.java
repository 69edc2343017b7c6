package io.clawlive.server.platform.web.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.ErrorAnswers;
import io.clawlive.server.platform.grpc.InnerDoor;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.web.WebError;
import io.clawlive.server.platform.web.json.Json;
import io.clawlive.server.platform.web.json.JsonText;
import io.clawlive.server.platform.web.json.MessageWriter;
import io.grpc.StatusRuntimeException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Makes a call of the contract out of an HTTP request, and an HTTP response out of its answer. It
 * waits for what it needs, so every request has a (virtual) thread of its own.
 */
@Singleton
final class Transcoder {
  /** The media type of everything but streams. */
  static final String JSON = "application/json";

  /** The media type of server-sent events. */
  static final String EVENT_STREAM = "text/event-stream";

  private final Routes routes;
  private final InnerDoor door;
  private final ErrorAnswers errors;
  private final ExecutorService threads;

  Transcoder(
      Routes routes,
      InnerDoor door,
      ErrorAnswers errors,
      @Named(TaskExecutors.IO) ExecutorService threads) {
    this.routes = routes;
    this.door = door;
    this.errors = errors;
    this.threads = threads;
  }

  /** Answers a request, whatever it is. */
  HttpResponse<?> answer(HttpRequest<?> request, byte @Nullable [] body) {
    String path = request.getUri().getRawPath();
    try {
      RouteTable.Found found = routes.table().find(request.getMethodName(), RequestPath.of(path));
      return switch (found) {
        case RouteTable.Found.Match match -> call(request, match, body);
        case RouteTable.Found.OtherMethods other -> otherMethods(request, other);
        case RouteTable.Found.Nowhere() ->
            WebError.fill(
                HttpResponse.status(HttpStatus.NOT_FOUND),
                ErrorReason.ERROR_REASON_METHOD_UNKNOWN,
                "There is nothing at " + path + "; /openapi.json lists what there is.");
      };
    } catch (StatusRuntimeException e) {
      return ErrorBody.of(e).response();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused(
          Refusal.of(ErrorReason.ERROR_REASON_SERVER_STOPPING, "The server is stopping."), path);
    } catch (RuntimeException e) {
      return refused(e, path);
    }
  }

  private HttpResponse<?> refused(RuntimeException failure, String path) {
    return ErrorBody.of(errors.of(failure, path)).response();
  }

  private static HttpResponse<?> otherMethods(
      HttpRequest<?> request, RouteTable.Found.OtherMethods other) {
    String allowed = String.join(", ", other.methods());
    return WebError.fill(
            HttpResponse.status(HttpStatus.METHOD_NOT_ALLOWED),
            ErrorReason.ERROR_REASON_HTTP_METHOD_UNSUPPORTED,
            "%s is not taken at %s; expected %s."
                .formatted(request.getMethodName(), request.getPath(), allowed))
        .header(HttpHeaders.ALLOW, allowed);
  }

  private HttpResponse<?> call(
      HttpRequest<?> request, RouteTable.Found.Match match, byte @Nullable [] body)
      throws InterruptedException {
    Negotiation.Wanted wanted = Negotiation.wanted(request);
    Map<String, List<String>> query = QueryText.parse(request.getUri().getRawQuery());
    Route found = match.route();
    String meant = Following.meant(found, query, wanted == Negotiation.Wanted.EVENTS);
    boolean followed = !meant.equals(found.rpcName());
    Route route = followed ? routes.route(meant) : found;
    boolean events = followed || wanted == Negotiation.Wanted.EVENTS;
    if (wanted == Negotiation.Wanted.OTHER || events && !route.rpc().isServerStreaming()) {
      return notAcceptable(route);
    }
    Following.forget(route, query);
    DynamicMessage message =
        new RequestMessage(route)
            .body(json(request, body))
            .path(match.fields())
            .query(query)
            .idempotencyKey(request.getHeaders().get(IdempotencyKey.HEADER))
            .build();
    String lastEventId = events ? request.getHeaders().get(Following.LAST_EVENT_ID) : null;
    Answers answers =
        Answers.of(
            door,
            route,
            CallHeaders.options(request),
            CallHeaders.metadata(request),
            Following.resumed(message, lastEventId));
    return route.rpc().isServerStreaming()
        ? new StreamResponse(request, answers, threads).begin(form(route, events), lastEventId)
        : one(route, answers);
  }

  private static @Nullable Json json(HttpRequest<?> request, byte @Nullable [] body) {
    if (body == null || body.length == 0) {
      return null;
    }
    Negotiation.requireJson(request);
    return JsonText.parse(body);
  }

  private static StreamForm form(Route route, boolean events) {
    return events ? new ServerSentEvents() : new MergedJson(route.rpc().getOutputType());
  }

  private static HttpResponse<?> one(Route route, Answers answers) throws InterruptedException {
    try (answers) {
      return withHeaders(HttpResponse.ok()).contentType(JSON).body(json(route, answers.only()));
    }
  }

  private static byte[] json(Route route, DynamicMessage answer) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JsonText.generator(bytes)) {
      FieldDescriptor part = route.answer();
      if (part == null) {
        MessageWriter.write(answer, out);
      } else {
        MessageWriter.writeValue(part, answer.getField(part), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static HttpResponse<?> notAcceptable(Route route) {
    String expected = route.rpc().isServerStreaming() ? JSON + " or " + EVENT_STREAM : JSON;
    return WebError.fill(
        HttpResponse.status(HttpStatus.NOT_ACCEPTABLE),
        ErrorReason.ERROR_REASON_CONTENT_TYPE_UNSUPPORTED,
        "%s answers with %s; the accept header takes neither.".formatted(route, expected));
  }

  /** What stands over every answer: it is of this moment and this caller. */
  static <T> MutableHttpResponse<T> withHeaders(MutableHttpResponse<T> response) {
    response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
    return response;
  }
}

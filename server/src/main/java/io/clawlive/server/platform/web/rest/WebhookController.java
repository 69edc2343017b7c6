package io.clawlive.server.platform.web.rest;

import com.google.protobuf.UnsafeByteOperations;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.InnerDoor;
import io.clawlive.server.platform.web.WebCaller;
import io.clawlive.server.platform.web.WebError;
import io.clawlive.webhooks.v1.IngestRequest;
import io.clawlive.webhooks.v1.IngestResponse;
import io.clawlive.webhooks.v1.WebhookServiceGrpc;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes webhook deliveries: the body's bytes as they came, because those are what is signed. */
@Controller
@ExecuteOn(TaskExecutors.IO)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class WebhookController {
  private static final int MAX_BYTES = 1 << 20;
  private static final String SIGNATURE = "x-clawlive-signature";
  private static final String TIMESTAMP = "x-clawlive-timestamp";
  private static final String DELIVERY = "x-clawlive-delivery";

  private final InnerDoor door;

  WebhookController(InnerDoor door) {
    this.door = door;
  }

  @Post("/v1/webhooks/ingest")
  HttpResponse<?> ingest(HttpRequest<?> request, @Body byte @Nullable [] body) {
    byte[] bytes = body == null ? new byte[0] : body;
    if (bytes.length > MAX_BYTES) {
      return WebError.fill(
          HttpResponse.status(HttpStatus.REQUEST_ENTITY_TOO_LARGE),
          ErrorReason.ERROR_REASON_MESSAGE_TOO_LARGE,
          "The body has %,d bytes; at most %,d are taken.".formatted(bytes.length, MAX_BYTES));
    }
    var delivery =
        IngestRequest.newBuilder()
            .setBody(UnsafeByteOperations.unsafeWrap(bytes))
            .setSignature(header(request, SIGNATURE))
            .setTimestamp(header(request, TIMESTAMP))
            .setDeliveryId(header(request, DELIVERY))
            .build();
    try {
      return answer(
          ClientCalls.blockingUnaryCall(
              door, WebhookServiceGrpc.getIngestMethod(), WebCaller.options(request), delivery));
    } catch (StatusRuntimeException e) {
      return ErrorBody.of(e).response();
    }
  }

  private static HttpResponse<?> answer(IngestResponse taken) {
    String json =
        "{\"status\":\"%s\",\"inserted\":%d}".formatted(taken.getStatus(), taken.getInserted());
    return Transcoder.withHeaders(HttpResponse.ok())
        .contentType(Transcoder.JSON)
        .body(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String header(HttpRequest<?> request, String name) {
    String value = request.getHeaders().get(name);
    return value == null ? "" : value.strip();
  }
}

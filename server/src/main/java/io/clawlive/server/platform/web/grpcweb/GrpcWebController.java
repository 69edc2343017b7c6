package io.clawlive.server.platform.web.grpcweb;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.EncodedMessages;
import io.clawlive.server.platform.grpc.InnerDoor;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.web.Exchange;
import io.clawlive.server.platform.web.WebCaller;
import io.clawlive.server.platform.web.WebConfiguration;
import io.clawlive.server.platform.web.WebError;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes calls of gRPC-Web: {@code POST /package.Service/Method}. */
@Controller
final class GrpcWebController {
  private final InnerDoor door;
  private final WebConfiguration configuration;

  GrpcWebController(InnerDoor door, WebConfiguration configuration) {
    this.door = door;
    this.configuration = configuration;
  }

  @Post("/{service:[A-Za-z][A-Za-z0-9_]*[.][A-Za-z0-9_.]+}/{method:[A-Za-z0-9_]+}")
  @Consumes(MediaType.ALL)
  @Produces(MediaType.ALL)
  CompletionStage<HttpResponse<ByteBody>> call(
      HttpRequest<?> request, @PathVariable String service, @PathVariable String method) {
    var bytes = (ServerHttpRequest<?>) request;
    Optional<Encoding> encoding =
        request.getHeaders().findFirst("content-type").flatMap(Encoding::of);
    if (encoding.isEmpty()) {
      return CompletableFuture.completedFuture(unsupported(bytes));
    }
    String name = service + '/' + method;
    Exchange.of(request).endpoint(name);
    try (CloseableByteBody body = bytes.byteBody().split(ByteBody.SplitBackpressureMode.FASTEST)) {
      return body.buffer()
          .orTimeout(configuration.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
          .thenCompose(whole -> {
            try (whole) {
              return begin(bytes, name, encoding.get(), whole.toByteArray());
            }
          })
          .exceptionally(failure -> failed(bytes, name, encoding.get(), failure));
    }
  }

  private CompletableFuture<HttpResponse<ByteBody>> begin(
      ServerHttpRequest<?> request, String name, Encoding encoding, byte[] body) {
    MethodType type = door.method(name).map(MethodDescriptor::getType).orElse(MethodType.UNARY);
    if (!type.clientSendsOneMessage()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_METHOD_UNKNOWN,
          "The RPC "
              + name
              + " takes a stream of messages, which gRPC-Web cannot send; call it at"
              + " the gRPC door.",
          "method",
          name);
    }
    var messages = RequestFrames.messages(body, encoding);
    Metadata headers = RequestHeaders.metadata(request);
    CallOptions options = WebCaller.options(request);
    OptionalLong timeout = RequestHeaders.timeoutNanos(request);
    if (timeout.isPresent()) {
      options = options.withDeadlineAfter(timeout.getAsLong(), TimeUnit.NANOSECONDS);
    }
    var call =
        new GrpcWebCall(
            door.newCall(EncodedMessages.carried(type, name), options),
            request,
            encoding,
            type,
            () -> unreadable(name));
    return call.begin(headers, messages);
  }

  private StatusRuntimeException unreadable(String name) {
    return door.answer(
        Refusal.of(
            ErrorReason.ERROR_REASON_INVALID_FIELD,
            "The bytes of the request are no message that " + name + " takes."),
        name);
  }

  private HttpResponse<ByteBody> failed(
      ServerHttpRequest<?> request, String name, Encoding encoding, Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    RuntimeException told =
        switch (cause) {
          case ContentLengthExceededException e ->
              Refusal.of(
                  ErrorReason.ERROR_REASON_MESSAGE_TOO_LARGE,
                  "The body is larger than 4 MiB, which is what the door takes.");
          case TimeoutException e ->
              Refusal.of(
                  ErrorReason.ERROR_REASON_FRAME_MALFORMED,
                  "The body did not arrive in time, in %,d seconds."
                      .formatted(configuration.requestTimeout().toSeconds()));
          case IOException e ->
              Refusal.of(
                  ErrorReason.ERROR_REASON_FRAME_MALFORMED,
                  "The connection ended before the body did.");
          case RuntimeException e -> e;
          default -> new IllegalStateException(cause);
        };
    StatusRuntimeException answer = door.answer(told, name);
    Metadata trailers = answer.getTrailers();
    Exchange.of(request).code(answer.getStatus().getCode().name());
    return GrpcWebCall.trailersOnly(
        request, encoding, answer.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  private static HttpResponse<ByteBody> unsupported(ServerHttpRequest<?> request) {
    return HttpResponse.<ByteBody>status(io.micronaut.http.HttpStatus.UNSUPPORTED_MEDIA_TYPE)
        .contentType(WebError.JSON)
        .body(
            request
                .byteBodyFactory()
                .adapt(
                    WebError.json(
                        415,
                        ErrorReason.ERROR_REASON_CONTENT_TYPE_UNSUPPORTED,
                        "RPCs are called here with gRPC-Web: application/grpc-web+proto or"
                            + " application/grpc-web-text+proto.")));
  }
}

package io.clawlive.server.platform.web;

import io.clawlive.errors.v1.ErrorReason;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import jakarta.inject.Singleton;

/**
 * Says in our words what the HTTP server found wrong with a request: no such page, a method that is
 * not taken, a body that is too large.
 */
@Singleton
final class DoorErrors implements ErrorResponseProcessor<byte[]> {
  @Override
  public MutableHttpResponse<byte[]> processResponse(
      ErrorContext context, MutableHttpResponse<?> answer) {
    HttpRequest<?> request = context.getRequest();
    // What cannot even be read is answered without passing the filters.
    SecurityHeaders.addTo(answer);
    if (request instanceof NettyHttpRequest<?> read) {
      Throwable unread = read.getNativeRequest().decoderResult().cause();
      if (unread instanceof TooLongHttpLineException) {
        return WebError.fill(
            answer.status(HttpStatus.REQUEST_URI_TOO_LONG),
            ErrorReason.ERROR_REASON_MESSAGE_TOO_LARGE,
            "The request line is longer than 8 KiB, which is what the door takes.");
      }
      if (unread instanceof TooLongHttpHeaderException) {
        return WebError.fill(
            answer.status(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
            ErrorReason.ERROR_REASON_MESSAGE_TOO_LARGE,
            "The headers are larger than 16 KiB, which is what the door takes.");
      }
    }
    HttpStatus status = answer.status();
    return switch (status) {
      case NOT_FOUND ->
          WebError.fill(
              answer,
              ErrorReason.ERROR_REASON_METHOD_UNKNOWN,
              "There is nothing at " + request.getPath() + ".");
      case METHOD_NOT_ALLOWED ->
          WebError.fill(
              answer,
              ErrorReason.ERROR_REASON_HTTP_METHOD_UNSUPPORTED,
              request.getMethodName() + " is not taken at " + request.getPath() + ".");
      case REQUEST_ENTITY_TOO_LARGE ->
          WebError.fill(
              answer,
              ErrorReason.ERROR_REASON_MESSAGE_TOO_LARGE,
              "The body is larger than 4 MiB, which is what the door takes.");
      default ->
          status.getCode() >= 500
              ? WebError.fill(
                  answer,
                  ErrorReason.ERROR_REASON_INTERNAL,
                  "The server failed on this request; its log tells why.")
              : WebError.fill(
                  answer,
                  ErrorReason.ERROR_REASON_INVALID_FIELD,
                  "The request cannot be read: " + status.getReason() + ".");
    };
  }
}

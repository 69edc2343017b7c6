package io.clawlive.server.platform.web.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.errors.v1.ErrorReasonProto;
import io.clawlive.server.platform.web.json.JsonText;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refused call as JSON: {@code {"error": {"code": 404, "status": "NOT_FOUND", "reason":
 * "SESSION_NOT_FOUND", "message": "…", "metadata": {…}, "fields": […]}}}.
 */
public record ErrorBody(Status status) {
  /** Reasons that HTTP has a status of its own for. */
  private static final Map<String, Integer> STATUSES =
      Map.of(
          "MESSAGE_TOO_LARGE", 413,
          "CONTENT_TYPE_UNSUPPORTED", 415,
          "HTTP_METHOD_UNSUPPORTED", 405,
          "STORAGE_FULL", 507);

  /** What a refused call was answered. */
  public static ErrorBody of(StatusRuntimeException failure) {
    Status status = StatusProto.fromThrowable(failure);
    if (status == null) {
      throw new IllegalStateException(failure);
    }
    return new ErrorBody(status);
  }

  /** The whole answer. */
  public MutableHttpResponse<byte[]> response() {
    MutableHttpResponse<byte[]> response =
        HttpResponse.status(code(), Code.forNumber(status.getCode()).name());
    RetryInfo retry = detail(RetryInfo.class);
    if (retry != null) {
      long seconds = retry.getRetryDelay().getSeconds();
      boolean more = retry.getRetryDelay().getNanos() > 0;
      response.header(
          HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds + (more ? 1 : 0))));
    }
    if (code() == 401) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return response.contentType(Transcoder.JSON).body(json());
  }

  /** The JSON alone. */
  byte[] json() {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JsonText.generator(bytes)) {
      out.writeStartObject();
      out.writeObjectFieldStart("error");
      out.writeNumberField("code", code());
      out.writeStringField("status", Code.forNumber(status.getCode()).name());
      ErrorInfo info = detail(ErrorInfo.class);
      if (info != null) {
        out.writeStringField("reason", info.getReason());
      }
      out.writeStringField("message", status.getMessage());
      if (info != null) {
        writeMetadata(info, out);
      }
      writeFields(out);
      out.writeEndObject();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void writeFields(JsonGenerator out) throws IOException {
    BadRequest fields = detail(BadRequest.class);
    if (fields != null) {
      out.writeArrayFieldStart("fields");
      for (FieldViolation violation : fields.getFieldViolationsList()) {
        out.writeStartObject();
        out.writeStringField("field", violation.getField());
        out.writeStringField("message", violation.getDescription());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
  }

  private static void writeMetadata(ErrorInfo info, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("metadata");
    for (Map.Entry<String, String> entry : info.getMetadataMap().entrySet()) {
      out.writeStringField(entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
  }

  /** The status of HTTP, by {@code google.rpc.Code} where the reason has none of its own. */
  int code() {
    ErrorInfo info = detail(ErrorInfo.class);
    Integer own = info == null ? null : STATUSES.get(info.getReason());
    return own != null ? own : code(Code.forNumber(status.getCode()));
  }

  /** The status of HTTP that answers with a reason have. */
  static int code(ErrorReason reason) {
    Integer own = STATUSES.get(reason.name().substring("ERROR_REASON_".length()));
    return own != null
        ? own
        : code(
            reason.getValueDescriptor().getOptions().getExtension(ErrorReasonProto.rule).getCode());
  }

  private static int code(Code code) {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case UNKNOWN, INTERNAL, DATA_LOSS, UNRECOGNIZED -> 500;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
    };
  }

  private <T extends Message> @Nullable T detail(Class<T> type) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return detail.unpack(type);
        } catch (InvalidProtocolBufferException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return null;
  }
}

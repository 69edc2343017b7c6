package io.clawlive.server.platform.web;

import com.google.gson.JsonObject;
import com.google.rpc.Code;
import io.clawlive.errors.v1.ErrorReason;
import io.micronaut.http.MutableHttpResponse;
import java.nio.charset.StandardCharsets;

/** Answers of the door itself to requests that never become a call of the contract. */
public final class WebError {
  /** The media type of errors. */
  public static final String JSON = "application/json";

  private WebError() {}

  /**
   * Fills an answer with an error.
   *
   * @param message one sentence for people that names the offending and the expected value
   */
  public static MutableHttpResponse<byte[]> fill(
      MutableHttpResponse<?> answer, ErrorReason reason, String message) {
    return answer.body(json(answer.status().getCode(), reason, message)).contentType(JSON);
  }

  /** The body of an error. */
  public static byte[] json(int httpStatus, ErrorReason reason, String message) {
    var error = new JsonObject();
    error.addProperty("code", httpStatus);
    error.addProperty("status", code(httpStatus).name());
    error.addProperty("reason", reason.name().substring("ERROR_REASON_".length()));
    error.addProperty("message", message);
    var body = new JsonObject();
    body.add("error", error);
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The code of gRPC that says the same as a status of HTTP. */
  private static Code code(int status) {
    return switch (status) {
      case 401 -> Code.UNAUTHENTICATED;
      case 403 -> Code.PERMISSION_DENIED;
      case 404 -> Code.NOT_FOUND;
      case 405, 501 -> Code.UNIMPLEMENTED;
      case 413, 429, 431 -> Code.RESOURCE_EXHAUSTED;
      case 503 -> Code.UNAVAILABLE;
      default -> status >= 500 ? Code.INTERNAL : Code.INVALID_ARGUMENT;
    };
  }
}

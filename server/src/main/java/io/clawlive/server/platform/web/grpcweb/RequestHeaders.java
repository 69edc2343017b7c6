package io.clawlive.server.platform.web.grpcweb;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.web.CallTimeout;
import io.clawlive.server.platform.web.WebCaller;
import io.grpc.Metadata;
import io.micronaut.http.HttpRequest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what the headers of a request say of its call. */
final class RequestHeaders {
  private static final Pattern NAME = Pattern.compile("[0-9a-z_.-]+");

  /** What browsers and HTTP say to each other, and what is read elsewhere. */
  private static final Set<String> NOT_METADATA =
      Set.of(
          "accept",
          "accept-charset",
          "accept-encoding",
          "accept-language",
          "authorization",
          "cache-control",
          "connection",
          "content-length",
          "content-type",
          "cookie",
          "dnt",
          "expect",
          "forwarded",
          "host",
          "keep-alive",
          "origin",
          "pragma",
          "priority",
          "referer",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          "via",
          "x-grpc-web",
          "x-user-agent");

  private RequestHeaders() {}

  /**
   * The metadata of the call: the credential, and the caller's own.
   *
   * @throws Refusal when a binary value is not base64, or a cookie may not be used
   */
  static Metadata metadata(HttpRequest<?> request) {
    var metadata = new Metadata();
    request
        .getHeaders()
        .forEach((header, values) -> {
          String name = header.toLowerCase(Locale.ROOT);
          if (isMetadata(name)) {
            values.forEach(value -> put(metadata, name, value));
          }
        });
    WebCaller.authorize(request, metadata);
    return metadata;
  }

  private static boolean isMetadata(String name) {
    return !NOT_METADATA.contains(name)
        && !name.startsWith("grpc-")
        && !name.startsWith("sec-")
        && !name.startsWith("x-forwarded-")
        && NAME.matcher(name).matches();
  }

  private static void put(Metadata metadata, String name, String value) {
    if (!name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
      metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
      return;
    }
    var key = Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
    for (String part : value.split(",", -1)) {
      try {
        metadata.put(key, Base64.getDecoder().decode(part.strip()));
      } catch (IllegalArgumentException e) {
        throw Refusal.of(
            ErrorReason.ERROR_REASON_INVALID_FIELD,
            "The header " + name + " is not base64, as names with -bin at their end are.");
      }
    }
  }

  /**
   * How long the caller waits for the answer, in nanoseconds.
   *
   * @throws Refusal when the header is there and not understood
   */
  static OptionalLong timeoutNanos(HttpRequest<?> request) {
    List<String> values = request.getHeaders().getAll(CallTimeout.HEADER);
    if (values.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong nanos = CallTimeout.nanos(values.getFirst());
    if (values.size() > 1 || nanos.isEmpty()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_INVALID_FIELD,
          "The header grpc-timeout is not of the form 500m: up to eight digits and one of HMSmun.");
    }
    return nanos;
  }
}

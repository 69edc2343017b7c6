package io.clawlive.server.platform.web.grpcweb;

import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.function.BiConsumer;

/** Writes metadata and the end of a call as names and values of HTTP. */
final class Trailers {
  /** Said in another way here, or not at all. */
  private static final Set<String> OF_THE_PROTOCOL =
      Set.of(
          "content-type", "grpc-status", "grpc-message", "grpc-encoding", "grpc-accept-encoding");

  private static final String HEX = "0123456789ABCDEF";

  private Trailers() {}

  /** Tells a status and the metadata beside it. */
  static void tell(Status status, Metadata trailers, BiConsumer<String, String> line) {
    line.accept("grpc-status", Integer.toString(status.getCode().value()));
    String message = status.getDescription();
    if (message != null) {
      line.accept("grpc-message", percentEncoded(message));
    }
    tell(trailers, line);
  }

  /** Tells metadata, except what the protocol itself says. */
  static void tell(Metadata metadata, BiConsumer<String, String> line) {
    byte[][] pairs = InternalMetadata.serialize(metadata);
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      String name = new String(pairs[i], StandardCharsets.US_ASCII);
      if (OF_THE_PROTOCOL.contains(name)) {
        continue;
      }
      line.accept(
          name,
          name.endsWith(Metadata.BINARY_HEADER_SUFFIX)
              ? Base64.getEncoder().withoutPadding().encodeToString(pairs[i + 1])
              : new String(pairs[i + 1], StandardCharsets.US_ASCII));
    }
  }

  /** The form of messages that survives in a header: what is not plain ASCII becomes %XX. */
  private static String percentEncoded(String message) {
    var encoded = new StringBuilder(message.length() + 16);
    for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
      if (b >= ' ' && b < '~' && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
      }
    }
    return encoded.toString();
  }
}

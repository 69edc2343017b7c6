package io.clawlive.server.platform.web.grpcweb;

import java.util.Locale;
import java.util.Optional;

/** How the frames of a call are written into its bodies. */
enum Encoding {
  /** As they are. */
  BINARY("application/grpc-web+proto"),
  /** In base64, for clients that can read an answer in pieces only as text. */
  TEXT("application/grpc-web-text+proto");

  private final String mediaType;

  Encoding(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  /** The encoding that a content type names, if it is one of gRPC-Web with protobuf messages. */
  static Optional<Encoding> of(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return switch (type.strip().toLowerCase(Locale.ROOT)) {
      case "application/grpc-web", "application/grpc-web+proto" -> Optional.of(BINARY);
      case "application/grpc-web-text", "application/grpc-web-text+proto" -> Optional.of(TEXT);
      default -> Optional.empty();
    };
  }
}
